"""Who opens what, until when, as rows: never a secret."""

from collections.abc import Mapping, Sequence

from cq.access.due import Due
from cq.access.keyring import Credential, Keyring
from cq.access.register import Member
from cq.french.dates import iso_words

_DUE = ("à fermer", "à ouvrir", "à faire entrer")  # and not « à jour »
KEYS = ("id", "nom", "role", "espaces", "acces", "depuis", "jusqua", "etat")
Row = Mapping[str, str]


def rows(keyring: Keyring, members: tuple[Member, ...], due: Due, today: str) -> list[Row]:
    """Everybody in the register, then those who left it and can still enter."""
    held: dict[str, list[Credential]] = {}
    for way in keyring.credentials:
        held.setdefault(way.member, []).append(way)
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
        found.append(_row(one.id, one.name, one.role, held.get(one.id, []), one.until, state))
    for id_ in sorted(held.keys() - {one.id for one in members}):
        over, ways = excess[id_], held[id_]
        state = f"à fermer : {over.reason}"
        found.append(_row(id_, over.name, "", ways, ways[-1].expires, state))
    return found


def is_due(row: Mapping[str, object]) -> bool:
    """Whether something is to be done about this person."""
    return str(row["etat"]).startswith(_DUE)


def _row(  # noqa: PLR0913, PLR0917 - the cells of a row
    id_: str, name: str, role: str, ways: Sequence[Credential], until: str, state: str
) -> Row:  # fmt: skip
    spaces, made = (ways[-1].spaces, ways[-1].made) if ways else ((), "")
    by = " et ".join(way.kind for way in ways)
    cells = (id_, name, role, " ".join(spaces), by, made, until, state)
    return dict(zip(KEYS, cells, strict=True))
