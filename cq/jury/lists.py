"""The lists of a town hall, read together: which column is what, one row a person.

Decides who is in for nobody (`cq.jury.cases` does): what is refused here is what no list may be, a
row without a number or a number that stands twice.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from cq.draw import tables
from cq.draw.tables import Sheet
from cq.french.folding import nearest, slug
from cq.french.numbers import counted
from cq.jury.folders import Refused

ID = "id"
MOST_BYTES = 256_000_000  # of one list
_IDS = (
    ID, "identifiant", "ine", "numero_d_electeur", "numero_electeur", "numero_national_d_electeur",
    "identifiant_national_electeur", "nationbuilder_id", "numero", "num",
)  # fmt: skip
_NAMES = (
    "nom", "nom_de_naissance", "nom_de_famille", "last_name", "surname", "name", "prenom",
    "prenoms", "first_name",
)  # fmt: skip
_BIRTHS = (
    "naissance", "date_de_naissance", "date_naissance", "ne_le", "nee_le", "ne_e_le",
    "date_of_birth", "birth_date", "dob",
)  # fmt: skip
_ADDRESSES = (
    "adresse", "adresse_1", "adresse_2", "adresse_postale", "complement", "complement_adresse",
    "complement_d_adresse", "numero_de_voie", "numero_voie", "num_voie", "type_de_voie", "voie",
    "libelle_de_voie", "libelle_voie", "address", "primary_address1", "primary_address2",
    "code_postal", "cp", "zip", "postcode", "primary_zip", "ville", "commune", "city",
    "primary_city",
)  # fmt: skip
_ONLY_PLACES = frozenset(
    ("code_postal", "cp", "zip", "postcode", "primary_zip", "ville", "commune", "city",
     "primary_city", "complement", "complement_adresse", "complement_d_adresse")
)  # fmt: skip
_PREFIX = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# What UTF-8 that was read as Windows-1252 makes of « é », and the sign for a letter that is gone.
_SECOND = re.escape(bytes(range(0x80, 0xC0)).decode("cp1252", "ignore").replace("\xa0", ""))
_LOST = re.compile(f"\ufffd|Ã[{_SECOND}]")
_ADVICE = (
    "un numéro est celui d’une seule personne ; si chaque liste numérote à sa façon : --prefixer",
    "si c’est la même personne, n’en laissez qu’une ligne dans vos listes",
)


class Given(NamedTuple):
    """One list as it was given. `label` is what it is called in counts, `name` its file."""

    label: str
    name: str
    data: bytes


class Wanted(NamedTuple):
    """Which column is what, by keys (`key_of`); empty for « guess », except `features`."""

    id: str = ""
    names: tuple[str, ...] = ()
    birth: str = ""
    address: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    perimeter: str = ""
    renamed: Mapping[str, str] = {}  # another name for the same: « nom_de_naissance » is « nom »
    without: tuple[str, ...] = ()  # columns that the draw has no need of
    prefixed: bool = False  # each number after its list's label: two lists may number from 1


class Row(NamedTuple):
    """A person as a list has them: `cells` in the order of `Lists.columns`, cleaned."""

    file: int
    line: int
    cells: tuple[str, ...]


class File(NamedTuple):
    """A list that was read: its label, the file's name, its people and the SHA-256 of its bytes."""

    label: str
    file: str
    rows: int
    digest: str


class Lists(NamedTuple):
    """All lists as one. `columns` begin with the number; `roles` has no guess left."""

    files: tuple[File, ...]
    columns: tuple[str, ...]
    rows: list[Row]
    roles: Wanted
    said: tuple[str, ...]

    def where(self, row: Row) -> str:
        """« lp.csv:12 »."""
        return f"{self.files[row.file].file}:{row.line}"

    def at(self, names: Iterable[str]) -> tuple[int, ...]:
        """Where these columns stand in a row's cells."""
        return tuple(map(self.columns.index, names))


class Faulty(Refused):
    """Lists that cannot be used; `faults` are all of them, « lp.csv:12 : … », `advice` what to do,
    each said once.
    """

    def __init__(self, faults: Sequence[str], advice: Iterable[str] = ()) -> None:
        super().__init__("\n".join([*shortened(faults), *dict.fromkeys(advice)]))
        self.faults = tuple(faults)


def shortened(lines: Sequence[str], most: int = 10) -> list[str]:
    """The first lines, and how many more there are."""
    rest = len(lines) - most
    return [*lines[:most], *([f"et {rest} de plus"] if rest > 0 else [])]


def read(given: Sequence[Given], wanted: Wanted) -> Lists:
    """All lists as one. Raises `Faulty`, with every fault of every list, or `Refused`."""
    found: list[tuple[Given, Sheet, tuple[str, ...]]] = []
    faults: list[str] = []
    advice: list[str] = []
    said: list[str] = []
    for one in given:
        table, wrong, hints = opened(one.name, one.data)
        if table:
            found.append((one, table, _keys(one, table, wanted)))
            said += wrong
        else:
            faults += wrong
            advice += hints
    if faults:
        raise Faulty(faults, advice)
    columns, roles, guessed = _roles([(one, keys) for one, _, keys in found], wanted)
    rows = list(_rows(found, (roles.id, *columns[1:]), faults, prefixed=roles.prefixed))
    twice = list(doubles([one.name for one, _, _ in found], rows))
    if faults or twice:
        raise Faulty(faults + twice, _ADVICE if twice else ())
    if not rows:
        raise Refused("personne dans ces listes : il n’y a rien à geler")
    files = tuple(
        File(one.label, one.name, len(table.rows), hashlib.sha256(one.data).hexdigest())
        for one, table, _ in found
    )
    return Lists(files, columns, rows, roles._replace(id=ID), (*said, *guessed))


def opened(name: str, data: bytes) -> tuple[Sheet | None, list[str], list[str]]:
    """A table that somebody gave, what should be known of it, as lines, and what to do of it.

    Where there is no table, the lines are what is wrong. Nothing of what it holds is in them.
    """
    sheet, found = (outcome := tables.read(data, PurePosixPath(name))).value, outcome.found
    if sheet:
        return sheet, [f"{name} : {one.message}" for one in found] + list(_lost(name, sheet)), []
    wrong = [one for one in found if one.code != "table-recoded"]  # no fault in itself
    hints = [hint for one in wrong for hint in one.hints]
    return None, [f"{name}:{one.span.line} : {one.message}" for one in wrong], hints


def _lost(name: str, sheet: Sheet) -> Iterator[str]:
    """Letters that a program before us has lost: nobody else can bring them back."""
    found = [row.line for row in sheet.rows if any(map(_LOST.search, row.cells))]
    if found:
        rows = counted(len(found), "ligne a perdu des lettres", "lignes ont perdu des lettres")
        yield (
            f"attention : {name} : {rows} (« � », « Ã© »), la première en {name}:{found[0]} ; "
            "le tableau serait à exporter de nouveau du logiciel d’où il vient"
        )


def key_of(name: str) -> str:
    """A column's name without capitals, accents or blanks: « Date de naissance » is
    `date_de_naissance`, as « date-de-naissance » is.
    """
    return slug(name).replace("-", "_")


def _keys(one: Given, table: Sheet, wanted: Wanted) -> tuple[str, ...]:
    """What each column is called among all lists; "" for one that is left out."""
    keys = tuple(wanted.renamed.get(key, key) for key in map(key_of, table.columns))
    double = next((key for key in keys if keys.count(key) > 1), "")
    if double or "" in keys:
        wrong = f"deux colonnes s’appelleraient « {double} »" if double else "un nom illisible"
        raise Refused(f"{one.name}:{table.line} : parmi les colonnes, {wrong}")
    return tuple("" if key in wanted.without else key for key in keys)


def _roles(
    given: Sequence[tuple[Given, tuple[str, ...]]], wanted: Wanted
) -> tuple[tuple[str, ...], Wanted, list[str]]:
    """The columns of all lists, what each is for, and what was guessed."""
    known = tuple(dict.fromkeys(key for _, keys in given for key in keys if key))
    said = []

    def guess(named: Sequence[str], among: Sequence[str], what: str, *, one: bool) -> list[str]:
        if named:
            return [_named(name, known) for name in named]
        found = [key for key in among if key in known]
        found = found[:1] if one else [key for key in known if key in found]
        if found:
            said.append(f"{what} : {', '.join(f'« {key} »' for key in found)} (d’après son nom)")
        return found

    number = guess([wanted.id] if wanted.id else [], _IDS, "numéro de chacun", one=True)
    if not number:
        raise Refused(
            "aucune colonne ne numérote les personnes ; celles qu’il y a : "
            f"{', '.join(known)}\nnommez-la : --id COLONNE"
        )
    address = guess(wanted.address, _ADDRESSES, "adresse", one=False)
    if not wanted.address and set(address) <= _ONLY_PLACES:
        address = []  # a town is nobody's home
    birth = guess([wanted.birth] if wanted.birth else [], _BIRTHS, "date de naissance", one=True)
    roles = wanted._replace(
        id=number[0],
        names=tuple(guess(wanted.names, _NAMES, "nom", one=False)),
        birth=birth[0] if birth else "",
        address=tuple(address),
        features=tuple(_named(name, known) for name in wanted.features),
        perimeter=_named(wanted.perimeter, known) if wanted.perimeter else "",
    )
    for one, keys in given:
        for name in (roles.id, *roles.features, *filter(None, [roles.perimeter])):
            if name not in keys:
                raise Refused(
                    f"{one.name}:1 : pas de colonne « {name} »\n"
                    f"si elle porte un autre nom : --renommer AUTRE={name}"
                )
    if ID in known and roles.id != ID:
        raise Refused(
            f"une colonne s’appelle « {ID} », et le numéro est dans « {roles.id} »\n"
            f"laissez-la de côté : --sans {ID}"
        )
    columns = (ID, *(key for key in known if key != roles.id))
    return columns, roles, said


def _named(name: str, known: Sequence[str]) -> str:
    key = key_of(name)
    if key in known:
        return key
    near = nearest(key, known)
    meant = f" ; vouliez-vous dire « {near[0]} » ?" if near else f" ; il y a : {', '.join(known)}"
    raise Refused(f"aucune colonne « {name} »{meant}")


def _rows(
    opened: Sequence[tuple[Given, Sheet, tuple[str, ...]]],
    columns: Sequence[str],
    faults: list[str],
    *,
    prefixed: bool,
) -> Iterator[Row]:
    """Every row of every list, cleaned; what cannot be is added to `faults`."""
    for number, (one, table, keys) in enumerate(opened):
        places = [keys.index(name) if name in keys else -1 for name in columns]
        start = f"{_prefix(one)}-" if prefixed else ""
        for line, cells in table.rows:
            made = [cells[at] if at >= 0 else "" for at in places]
            if not made[0]:
                faults.append(f"{one.name}:{line} : pas de numéro")
                continue
            made[0] = start + made[0]
            yield Row(number, line, tuple(made))


def _prefix(one: Given) -> str:
    prefix = key_of(one.label).replace("_", "-")
    if not _PREFIX.fullmatch(prefix):
        raise Refused(f"la liste « {one.label} » n’a pas de nom court : LP={one.name}")
    return prefix


def doubles(names: Sequence[str], rows: Sequence[Row]) -> Iterator[str]:
    """Numbers that stand twice, unless whatever else the two rows say is the same as well."""
    first: dict[str, Row] = {}
    for row in rows:
        before = first.setdefault(row.cells[0], row)
        if before is not row and before.cells != row.cells:
            yield (
                f"{names[row.file]}:{row.line} : le même numéro qu’en "
                f"{names[before.file]}:{before.line}, pour une autre ligne"
            )
