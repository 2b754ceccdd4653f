"""Where the keyring and the register differ: who waits for a way in, and who has one too many."""

import itertools
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from cq.access import published, register
from cq.access.keyring import Keyring
from cq.access.register import Member
from cq.content.model import Content
from cq.diagnostic import Diagnostic, Span, error
from cq.french.dates import iso_words


class Excess(NamedTuple):
    """Somebody who can open more than the register gives. `member` is None for one who left it."""

    id: str
    name: str
    member: Member | None
    spaces: tuple[str, ...]  # those to be closed
    reason: str  # in French: what has happened


class Due(NamedTuple):
    """What is to be done."""

    waiting: tuple[Member, ...]  # in the register, without a way in
    gained: dict[str, tuple[str, ...]]  # spaces to be opened, by member
    excess: tuple[Excess, ...]
    put_out: tuple[Member, ...]  # waiting, but put out once: only by name
    ends: dict[str, str]  # the last day of each mandate, by member


def due(keyring: Keyring, content: Content, today: str) -> Due:
    """Everything that differs on `today`. Raises NoRegister."""
    members = register.members(content)
    by_id = {one.id: one for one in members}
    everything = set(register.spaces(content))
    opened: dict[str, set[str]] = {}
    names = {}
    for one in keyring.credentials:
        opened.setdefault(one.member, set()).update(one.spaces)
        names[one.member] = one.name
    without = [one for one in members if one.id not in opened and one.active(today)]
    excess, gained = [], {}
    for id_, spaces in sorted(opened.items()):
        member = by_id.get(id_)
        over, reason = _over(member, spaces, everything, today)
        if reason:
            name = member.name if member else names[id_]
            excess.append(Excess(id_, name, member, tuple(sorted(over)), reason))
        if member and not member.ended(today) and (more := set(member.spaces) - spaces):
            gained[id_] = tuple(sorted(more))
    return Due(
        tuple(one for one in without if one.id not in keyring.revoked),
        gained,
        tuple(excess),
        tuple(one for one in without if one.id in keyring.revoked),
        {one.id: one.until for one in members},
    )


def _over(
    member: Member | None, spaces: set[str], everything: set[str], today: str
) -> tuple[set[str], str]:
    """The spaces to be closed, and why; "" where all is well.

    That of a quartier that is no more has nothing to read, and no register to say who may: it is
    closed for those who leave, so that nothing of theirs is left, and for nobody else.
    """
    gone = left(member, today)
    if member is None or gone:
        return spaces, gone
    over = (spaces & everything) - set(member.spaces)
    if over:
        return over, f"n’est plus inscrit pour {', '.join(sorted(over))}"
    return over, ""


def left(member: Member | None, today: str) -> str:
    """Why somebody who has a way in may have none any more, in French; "" while they may."""
    if member is None:
        return "n’est plus au registre"
    return f"a fini son mandat le {iso_words(member.until)}" if member.ended(today) else ""


def findings(
    keyring: Keyring, content: Content, today: str, access: bytes | None, path: PurePosixPath
) -> tuple[Diagnostic, ...]:
    """What keeps a build from publishing; `path` is where `access` comes from.

    A clone without the register cannot say who has left: whoever publishes from it was not given
    to know.
    """
    found = list(_stale(keyring, access, path))
    try:
        excess = due(keyring, content, today).excess
    except register.NoRegister:
        return tuple(found)
    return tuple(itertools.chain(found, map(_open, excess)))


def _open(one: Excess) -> Diagnostic:
    return error(
        "open-access",
        f"{one.name} {one.reason}, mais son accès est encore ouvert",
        register.entry(one.member),
        f"ce qui sera publié dans {', '.join(one.spaces)} lui resterait lisible",
        "fermez-le : cq access expire",
    )


def _stale(keyring: Keyring, access: bytes | None, path: PurePosixPath) -> Iterator[Diagnostic]:
    if access is None:
        yield published.absent(path, "refaites-le : cq access add")
    elif not published.agrees(keyring, access):
        yield error(
            "stale-acces",
            "ce fichier d’accès ne correspond pas au trousseau",
            Span(path),
            "des membres n’entreraient pas, ou d’autres entreraient encore",
            "si ce trousseau est le bon et le plus récent : cq access add le refait",
        )
