"""What may be done to a keyring: let in, put out, renew keys. Each gives another keyring.

Whoever could open a space and may not any more has its key, and kept it perhaps: so that each
putting out renews the keys of the spaces that were open to them. Nobody else notices.
"""

import functools
import secrets
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from cq.access.keyring import LONGEST, Credential, Keyring
from cq.access.register import Member
from cq.content.layout import CONSEILLERS
from cq.seal import phrase
from cq.seal.cipher import KEY, b64
from cq.seal.keys import TOKEN, Root, SpaceKey


@dataclass(frozen=True)
class Issued:
    """What one person is told, once; neither is kept."""

    member: Member
    phrase: str = field(repr=False)  # as it is to be typed; "" where they chose it themselves
    token: str = field(default="", repr=False)  # of an invitation; "" for none


def issued(  # noqa: PLR0913 - all that makes the new ways in
    keyring: Keyring,
    members: Sequence[Member],
    today: str,
    *,
    invitation: bool = False,
    chosen: str = "",
    step: Callable[[int, int], None] = lambda _done, _total: None,
) -> tuple[Keyring, list[Issued]]:
    """New ways in for `members`, in the place of those that they had.

    A phrase of eight words each, or the one that the only member has `chosen`; with `invitation` a
    link besides. Stretching the phrases takes a third of a second each.
    """
    phrases = [chosen or phrase.made(secrets.choice) for _ in members]
    tokens = [secrets.token_bytes(TOKEN) if invitation else b"" for _ in members]
    stretch = functools.partial(
        Root.of_phrase, keyring.site, keyring.salt, iterations=keyring.iterations
    )
    roots = []
    # OpenSSL works without Python's lock: threads use all the cores.
    with ThreadPoolExecutor() as pool:
        for done, root in enumerate(pool.map(stretch, map(phrase.norm, phrases)), 1):
            roots.append(root)
            step(done, len(members))
    made: list[Credential] = []
    for member, root, token in zip(members, roots, tokens, strict=True):
        made.append(_credential(member, "phrase", root, today))
        if token:
            invited = Root.of_token(keyring.site, token)
            made.append(_credential(member, "invitation", invited, today))
    ids = {member.id for member in members}
    kept = [one for one in keyring.credentials if one.member not in ids]
    after = with_keys(keyring, [space for one in members for space in one.spaces])
    after = replace(
        after,
        credentials=_sorted([*kept, *made]),
        revoked={one: day for one, day in keyring.revoked.items() if one not in ids},
    )
    told = zip(members, phrases, tokens, strict=True)
    return after, [
        Issued(member, "" if chosen else words, b64(token)) for member, words, token in told
    ]


def revoked(keyring: Keyring, ids: Collection[str], today: str) -> tuple[Keyring, list[str]]:
    """Without any way in for the members `ids`, and with new keys; the spaces that were renewed.

    They are remembered, so that nobody lets them in again by letting in everybody.
    """
    opened = opened_by(keyring, ids)
    after = replace(
        keyring,
        credentials=tuple(one for one in keyring.credentials if one.member not in ids),
        revoked={**keyring.revoked, **dict.fromkeys(ids, today)},
    )
    return rotated(after, opened), opened


def uninvited(keyring: Keyring, ids: Collection[str]) -> tuple[Keyring, list[str]]:
    """Without the invitations of the members `ids`, and with new keys; the spaces that were
    renewed. Their phrases open them as before.
    """
    after = replace(
        keyring,
        credentials=tuple(
            one for one in keyring.credentials if one.member not in ids or one.kind != "invitation"
        ),
    )
    opened = opened_by(keyring, ids)
    return rotated(after, opened), opened


def opened_by(keyring: Keyring, ids: Collection[str]) -> list[str]:
    """The spaces that the members `ids` can open."""
    mine = (one for one in keyring.credentials if one.member in ids)
    return sorted({space for one in mine for space in one.spaces})


def narrowed(
    keyring: Keyring, lost: Mapping[str, Collection[str]]
) -> tuple[Keyring, list[str]]:  # fmt: skip
    """Without the spaces that each member (by id) has `lost`, and with new keys for these."""
    credentials = []
    for one in keyring.credentials:
        left = tuple(space for space in one.spaces if space not in lost.get(one.member, ()))
        if left:
            credentials.append(replace(one, spaces=left))
    opened = sorted(
        {space for one in keyring.credentials for space in one.spaces}
        & {space for spaces in lost.values() for space in spaces}
    )
    return rotated(replace(keyring, credentials=tuple(credentials)), opened), opened


def widened(keyring: Keyring, gained: Mapping[str, Iterable[str]]) -> Keyring:
    """With the spaces that each member (by id) has `gained`: their phrases stay the same."""
    after = with_keys(keyring, [space for spaces in gained.values() for space in spaces])
    return replace(
        after,
        credentials=tuple(
            replace(one, spaces=_in_order({*one.spaces, *gained.get(one.member, ())}))
            for one in after.credentials
        ),
    )


def dated(keyring: Keyring, ends: Mapping[str, str]) -> Keyring:
    """With the last day (ISO, "" for none) of each member's mandate, as the register has it."""
    return replace(
        keyring,
        credentials=tuple(
            replace(one, expires=ends.get(one.member, one.expires)) for one in keyring.credentials
        ),
    )


def rotated(keyring: Keyring, spaces: Iterable[str]) -> Keyring:
    """With a new key for each of `spaces`, in a new epoch. The former ones are kept."""
    renewed = {}
    for space in spaces:
        held = keyring.spaces[space]
        renewed[space] = (*held, _key(keyring, space, held[-1].epoch + 1))
    return keyring.with_spaces(renewed)


def with_keys(keyring: Keyring, spaces: Iterable[str]) -> Keyring:
    """With a first key for each of `spaces` that has none."""
    new = sorted(set(spaces) - keyring.spaces.keys())
    return keyring.with_spaces({space: (_key(keyring, space, 1),) for space in new})


def _key(keyring: Keyring, space: str, epoch: int) -> SpaceKey:
    return SpaceKey(keyring.site, space, epoch, secrets.token_bytes(KEY))


def _credential(member: Member, kind: str, root: Root, today: str) -> Credential:
    spaces = _in_order(set(member.spaces))
    return Credential(
        member.id, member.name[:LONGEST], kind, root.secret, spaces, member.until, today
    )


def _in_order(spaces: Collection[str]) -> tuple[str, ...]:
    """The arrondissement's own first, then groups and quartiers by name."""
    return tuple(sorted(spaces, key=lambda space: (space != CONSEILLERS, space)))


def _sorted(credentials: list[Credential]) -> tuple[Credential, ...]:
    return tuple(sorted(credentials, key=lambda one: (one.member, one.kind != "phrase")))
