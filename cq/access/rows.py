"""Who opens what, until when, as rows: never a secret."""

from collections.abc import Mapping

from cq.access.due import Due
from cq.access.keyring import Keyring
from cq.access.register import Member
from cq.french.dates import iso_words

KEYS = ("id", "nom", "role", "espaces", "acces", "depuis", "jusqua", "etat")
Row = Mapping[str, str]


def rows(keyring: Keyring, members: tuple[Member, ...], due: Due, today: str) -> list[Row]:
    """Everybody in the register, then those who left it and can still enter."""
    held: dict[str, list[str]] = {}
    opened: dict[str, tuple[str, ...]] = {}
    for way in keyring.credentials:
        held.setdefault(way.member, []).append(way.kind)
        opened[way.member] = way.spaces
    made = {way.member: way.made for way in keyring.credentials}
    excess = {one.id: one for one in due.excess}
    found = []
    for one in members:
        over = excess.get(one.id)
        if over:
            state = f"à fermer : {over.reason}"
        elif one.id in due.gained:
            state = f"à ouvrir : {', '.join(due.gained[one.id])}"
        elif one.id in held:
            state = "à jour"
        elif one.id in keyring.revoked:
            state = f"accès fermé le {iso_words(keyring.revoked[one.id])}"
        elif one.ended(today):
            state = "mandat terminé"
        else:
            state = "à faire entrer" if one.active(today) else "mandat à venir"
        found.append(_row(one.id, one.name, one.role, opened, held, made, one.until, state))
    expires = {way.member: way.expires for way in keyring.credentials}
    left = sorted(held.keys() - {one.id for one in members})
    for id_ in left:
        over = excess[id_]
        state = f"à fermer : {over.reason}"
        found.append(_row(id_, over.name, "", opened, held, made, expires[id_], state))
    return found


def _row(  # noqa: PLR0913, PLR0917 - the cells of a row
    id_: str,
    name: str,
    role: str,
    opened: Mapping[str, tuple[str, ...]],
    held: Mapping[str, list[str]],
    made: Mapping[str, str],
    until: str,
    state: str,
) -> Row:
    cells = (
        id_, name, role, " ".join(opened.get(id_, ())), " et ".join(held.get(id_, ())),
        made.get(id_, ""), until, state,
    )  # fmt: skip
    return dict(zip(KEYS, cells, strict=True))
