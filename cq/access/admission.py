"""Letting in: who is meant, new ways in for them, and what each is told once."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from cq.access import due, issue, kept, letter, register, sheet
from cq.access.issue import Issued
from cq.access.keyring import Keyring
from cq.access.register import Member
from cq.content.model import Content
from cq.french.dates import iso_words


class NotAdmitted(Exception):
    """Somebody who cannot be let in; the words are for the user."""


class Entrants(NamedTuple):
    """Who is to be let in, and what changes for those who are in already."""

    members: tuple[Member, ...]
    gained: dict[str, tuple[str, ...]]
    said: tuple[str, ...]  # in French: who is left out, and why


def entrants(
    keyring: Keyring, content: Content, today: str, typed: Sequence[str], *, again: bool = False
) -> Entrants:
    """The members that are named, or all who wait. With `again`, those who have a way in.

    Raises NoRegister, Unnamed or NotAdmitted.
    """
    if not typed:
        found = due.due(keyring, content, today)
        said = [
            f"{one.name} ({one.id}) : accès fermé le {iso_words(keyring.revoked[one.id])} ; "
            "pour le rouvrir, nommez cette personne"
            for one in found.put_out
        ]
        return Entrants(found.waiting, found.gained, tuple(said))
    members = {one.id: one for one in register.members(content)}
    people = [(one.id, one.name) for one in members.values()]
    ids = dict.fromkeys(register.known(one, people) for one in typed)
    inside = {one.member for one in keyring.credentials}
    for id_ in ids:
        _admissible(members[id_], today, inside=id_ in inside, again=again)
    return Entrants(tuple(members[id_] for id_ in ids), {}, ())


def _admissible(member: Member, today: str, *, inside: bool, again: bool) -> None:
    if member.ended(today):
        raise NotAdmitted(f"le mandat de {member.name} a pris fin le {iso_words(member.until)}")
    if not member.active(today):
        raise NotAdmitted(
            f"le mandat de {member.name} ne commence que le {iso_words(member.since)}"
        )
    if inside and not again:
        raise NotAdmitted(
            f"{member.name} a déjà un accès ; pour remplacer une phrase oubliée : "
            f"cq access letter {member.id} --output DOSSIER"
        )


def admitted(  # noqa: PLR0913 - all that makes the new ways in
    keyring: Keyring,
    content: Content,
    plan: Entrants,
    today: str,
    *,
    invitation: bool,
    chosen: str = "",
    renew: bool = False,
    step: Callable[[int, int], None] = lambda _done, _total: None,
) -> tuple[Keyring, list[Issued]]:
    """The keyring with them, with a key for each space of the site, and the register's dates.

    With `renew`, the spaces that they could open get new keys first: whoever has found a letter
    may have kept an acces.json of that time as well.
    """
    after = issue.with_keys(keyring, register.spaces(content))
    if renew:
        after = issue.rotated(after, issue.opened_by(keyring, {one.id for one in plan.members}))
    after = issue.widened(after, plan.gained)
    after = issue.dated(after, {one.id: one.until for one in register.members(content)})
    return issue.issued(
        after, plan.members, today, invitation=invitation, chosen=chosen, step=step
    )  # fmt: skip


def letter_files(members: Iterable[Member], folder: Path) -> list[Path]:
    return [folder / letter.file_name(one) for one in members]


def post(told: Iterable[Issued], content: Content, folder: Path, today: str) -> list[Path]:
    """Write each one's letter, or none. Raises Misplaced or OSError."""
    with kept.unless_it_fails() as written:
        for one in told:
            path = folder / letter.file_name(one.member)
            kept.create(path, letter.letter(one, content, today))
            written.append(path)
    return written


def told_once(told: Iterable[Issued], content: Content) -> str:
    """The phrases, as text."""
    return sheet.phrases(told, letter.entrance(content))
