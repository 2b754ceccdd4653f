"""Which column of a list is what: as it was said, else by its name, which is told.

A number is made of what is kept of a person, and a list is kept for months: of each line stays what
the draw and its letters need, and whatever somebody names besides (RGPD, articles 5 and 25).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from cq.draw.tables import Sheet
from cq.french.folding import nearest, slug
from cq.jury.folders import Refused

ID = "id"
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
    "adresse", "adresse_1", "adresse1", "adresse_2", "adresse2", "adresse_postale", "complement",
    "complement_adresse", "complement_d_adresse", "batiment", "escalier", "etage", "appartement",
    "porte", "residence", "lieu_dit", "numero_de_voie", "numero_voie", "num_voie", "type_de_voie",
    "voie", "rue", "libelle_de_voie", "libelle_voie", "nom_de_voie", "nom_voie", "address",
    "primary_address1", "primary_address2",
    "code_postal", "cp", "zip", "postcode", "primary_zip", "ville", "commune", "city",
    "primary_city",
)  # fmt: skip
# What a letter says beside them.
_WRITTEN = ("civilite", "nom_d_usage", "nom_usuel")
# Beside a way these number a house, and elsewhere a person.
_HOUSE = ("numero", "num", "bis")
_WAYS = frozenset(
    ("voie", "rue", "libelle_de_voie", "libelle_voie", "nom_de_voie", "nom_voie")
)  # fmt: skip
ONLY_PLACES = frozenset(  # a town is nobody's home, nor is a floor
    ("code_postal", "cp", "zip", "postcode", "primary_zip", "ville", "commune", "city",
     "primary_city", "complement", "complement_adresse", "complement_d_adresse", "batiment",
     "escalier", "etage", "appartement", "porte")
)  # fmt: skip


class Wanted(NamedTuple):
    """Which column is what, by keys (`key_of`); empty for « guess », except `features`."""

    id: str = ""
    names: tuple[str, ...] = ()
    birth: str = ""
    address: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    perimeter: str = ""
    renamed: Mapping[str, str] = {}  # another name for the same: « nom_de_naissance » is « nom »
    without: tuple[str, ...] = ()  # columns that are not wanted, though they look useful
    kept: tuple[str, ...] | None = ()  # columns that are, though nothing needs them; None for all
    prefixed: bool = False  # each number after its list's label: two lists may number from 1


class Named(NamedTuple):
    """A list's file, and what each of its columns is called among all lists; "" for one that is
    left out.
    """

    file: str
    keys: tuple[str, ...]


def key_of(name: str) -> str:
    """A column's name without capitals, accents or blanks: « Date de naissance » is
    `date_de_naissance`, as « date-de-naissance » is.
    """
    return slug(name).replace("-", "_")


def named(file: str, table: Sheet, wanted: Wanted) -> tuple[str, ...]:
    """What each column is called among all lists; "" for one that is left out."""
    keys = tuple(wanted.renamed.get(key, key) for key in map(key_of, table.columns))
    double = next((key for key in keys if keys.count(key) > 1), "")
    if double or "" in keys:
        wrong = f"deux colonnes s’appelleraient « {double} »" if double else "un nom illisible"
        raise Refused(f"{file}:{table.line} : parmi les colonnes, {wrong}")
    return tuple("" if key in wanted.without else key for key in keys)


def guard(tables: Iterable[Sheet], wanted: Wanted) -> None:
    """Raise Refused for a column that is left out or renamed and that no list has: somebody means
    one, and believes that it is done.
    """
    known = dict.fromkeys(key_of(name) for table in tables for name in table.columns)
    for name in (*wanted.renamed, *wanted.without):
        if name not in wanted.renamed.values():
            _known(name, tuple(known))


def evened(files: Sequence[Named], wanted: Wanted) -> tuple[list[Named], list[str]]:
    """The number and the birth of each list under one name; and what was taken for what."""
    made, said = list(files), []
    taken = {key_of(one) for one in (*wanted.features, *wanted.names, *wanted.address)}
    for asked, among in ((wanted.id, _IDS), (wanted.birth, _BIRTHS)):
        known = {key for one in files for key in one.keys}
        name = key_of(asked) or next((key for key in among if key in known), "")
        for at, one in enumerate(made):
            own = next((key for key in _likely(among, one.keys) if key not in taken), "")
            if own and name in known and name not in one.keys:
                keys = tuple(name if key == own else key for key in one.keys)
                made[at] = one._replace(keys=keys)
                said.append(
                    f"{one.file} : « {own} » y est lu comme « {name} » (d’après son nom ; sinon : "
                    f"--renommer AUTRE={name})"
                )
    return made, said


def roles(files: Sequence[Named], wanted: Wanted) -> tuple[tuple[str, ...], Wanted, list[str]]:
    """The columns that are kept of all lists, `id` first; what each is for, and what was guessed.

    Raises Refused.
    """
    known = tuple(dict.fromkeys(key for one in files for key in one.keys if key))
    said: list[str] = []

    def guess(asked: Sequence[str], among: Sequence[str], what: str) -> tuple[str, ...]:
        if asked:
            return tuple(_known(name, known) for name in asked)
        found = tuple(key for key in known if key in among)
        if found:
            said.append(f"{what} : {', '.join(f'« {key} »' for key in found)} (d’après son nom)")
        return found

    def first(asked: str, among: Sequence[str], what: str) -> str:
        likely = _likely(among, known)[:1]
        return next(iter(guess([asked] if asked else [], likely, what)), "")

    number = first(wanted.id, _IDS, "numéro de chacun")
    if not number:
        raise Refused(
            "aucune colonne ne numérote les personnes ; celles qu’il y a : "
            f"{', '.join(known)}\nnommez-la : --id COLONNE"
        )
    homes = [
        key
        for key in known
        if key in _ADDRESSES or (key in _HOUSE and key != number and not _WAYS.isdisjoint(known))
    ]
    made = wanted._replace(
        id=number,
        address=guess(wanted.address, () if ONLY_PLACES.issuperset(homes) else homes, "adresse"),
        birth=first(wanted.birth, _BIRTHS, "date de naissance"),
        names=guess(wanted.names, _NAMES, "nom"),
        features=tuple(dict.fromkeys(_known(name, known) for name in wanted.features)),
        perimeter=_known(wanted.perimeter, known) if wanted.perimeter else "",
    )
    for name, instead in ((number, ""), (made.birth, " ; pour l’âge : --tranches 16,30,45,60")):
        if name and name in made.features:
            raise Refused(f"« {name} » a une valeur pour chacun : pas un critère{instead}")
    kept, left = _kept(made, known)
    said += [*left_out(left), *_apart(files, made)]
    to = {number: ID}  # its column may be a name's as well
    made = made._replace(
        names=tuple(to.get(name, name) for name in made.names),
        address=tuple(to.get(name, name) for name in made.address),
        birth=to.get(made.birth, made.birth),
        perimeter=to.get(made.perimeter, made.perimeter),
    )
    return (ID, *kept), made, said


def _likely(among: Sequence[str], keys: Sequence[str]) -> list[str]:
    """Those of `among` that are there, the likeliest first."""
    ways = not _WAYS.isdisjoint(keys)
    return [one for one in among if one in keys and not (ways and one in _HOUSE)]


def left_out(names: Sequence[str]) -> list[str]:
    """Which columns are not kept, to say; nothing where all are."""
    if not names:
        return []
    which = ", ".join(names)
    return [f"laissées de côté, rien n’en a besoin : {which} ; pour en garder : --avec COLONNES"]


def _kept(made: Wanted, known: Sequence[str]) -> tuple[list[str], list[str]]:
    """The columns that stay beside the number, and those that do not. Raises Refused."""
    useful = {*_NAMES, *_BIRTHS, *_ADDRESSES, *_WRITTEN, made.birth, made.perimeter}
    useful.update(made.names, made.address, made.features)
    useful.update(known if made.kept is None else (_known(one, known) for one in made.kept))
    others = [key for key in known if key != made.id]
    kept = [key for key in others if key in useful]
    if ID in kept:
        raise Refused(
            f"une colonne s’appelle « {ID} », et le numéro est dans « {made.id} »\n"
            f"laissez-la de côté : --sans {ID}"
        )
    return kept, [key for key in others if key not in useful]


def _apart(files: Sequence[Named], made: Wanted) -> list[str]:
    """What one list has and another has not. Raises Refused where nothing can be said of people
    without it.
    """
    said = []
    for one in files:
        for name in (made.id, *made.features, *filter(None, [made.perimeter])):
            if name not in one.keys:
                near = nearest(name, filter(None, one.keys))
                raise Refused(
                    f"{one.file}:1 : pas de colonne « {name} »\n"
                    f"si elle porte un autre nom : --renommer {near[0] if near else 'AUTRE'}={name}"
                )
        if made.birth and made.birth not in one.keys:
            said.append(f"{one.file} : pas de date de naissance")
    if len({tuple(key for key in made.address if key in one.keys) for one in files}) > 1:
        said.append(
            "les listes n’écrivent pas l’adresse dans les mêmes colonnes : un foyer n’est reconnu "
            "qu’au sein d’une liste ; pour une même colonne : --renommer AUTRE=COLONNE"
        )
    return said


def _known(name: str, known: Sequence[str]) -> str:
    key = key_of(name)
    if key in known:
        return key
    near = nearest(key, known)
    meant = f" ; vouliez-vous dire « {near[0]} » ?" if near else f" ; il y a : {', '.join(known)}"
    raise Refused(f"aucune colonne « {name} »{meant}")
