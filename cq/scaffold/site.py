"""`cq init`: a site that works at once, with marks where only its own people know what to write.

The texts lie in `starter/`, as they will lie in the site; what differs from one site to another
stands in them as `${name}`. Git is the caller's business.
"""

import datetime
import os
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from string import Template
from typing import NamedTuple

from cq.content.kinds import BY_NAME
from cq.content.layout import CONTENT, PRIVATE_FOLDER
from cq.french.folding import slug
from cq.french.numbers import ordinal
from cq.scaffold import NotMade, item
from cq.scaffold.item import New
from cq.scaffold.template import scalar
from cq.terminal import printable

_STARTER = Path(__file__).parent / "starter"
_IGNORED = ("/build/", "*trousseau.cqk*")  # a keyring lies elsewhere, unless somebody moves it
_MEETING = 21  # days from today
# The three cities that have arrondissements: how many, the first Insee code and postcode less one.
CITIES = {"Paris": (20, 75100, 75000), "Lyon": (9, 69380, 69000), "Marseille": (16, 13200, 13000)}
_EXAMPLE = "exemple"  # the fictitious quartier, where nobody named a real one
_QUARTIERS = PurePosixPath(CONTENT, "quartiers")


class Plan(NamedTuple):
    """What the new site is about."""

    number: int
    city: str = "Paris"
    name: str = ""
    separate: bool = False  # each prive/ in a repository of its own
    quartiers: tuple[str, ...] = ()  # their names, as their own people write them


def known_city(word: str) -> str:
    """The city as it is written. Raises NotMade."""
    for city in CITIES:
        if slug(city) == slug(word):
            return city
    raise NotMade(f"--ville : « {printable(word)} » n’a pas d’arrondissements que cq connaisse ; "
                  f"au choix : {', '.join(CITIES)}")  # fmt: skip


def default_name(number: int) -> str:
    return f"Conseils de quartier du {ordinal(number)}"


def folders(names: Sequence[str]) -> dict[str, New]:
    """The files of each quartier by the name of its folder. Raises NotMade for what is no name, and
    for two of one folder.
    """
    found: dict[str, New] = {}
    for name in names:
        wish = item.Wish(title=" ".join(name.split()))
        try:
            # Of no site yet: nothing there can be in the way.
            made = item.new(Path(os.devnull), BY_NAME["quartier"], wish, datetime.date.min)
        except NotMade:
            made = None
        if made is None or not wish.title:
            raise NotMade(f"--quartier : « {printable(name)} » ne donne pas de nom de dossier")
        folder = made.path.parent.name
        if folder in found:
            raise NotMade(f"--quartier : deux quartiers s’appelleraient « {folder} »")
        found[folder] = made
    return found


def separate(plan: Plan) -> tuple[str, ...]:
    """The private folders that may each be a repository of their own."""
    named = folders(plan.quartiers) or (_EXAMPLE,)
    places = (PurePosixPath(CONTENT), *(_QUARTIERS / one for one in named))
    return tuple(str(one / PRIVATE_FOLDER) for one in places)


def guard(folder: Path, plan: Plan) -> None:
    """Raise NotMade where a site cannot be made."""
    most = CITIES[plan.city][0]
    if not 1 <= plan.number <= most:
        raise NotMade(f"--arrondissement : {plan.city} en a {most}")
    if plan.name and not plan.name.strip():
        raise NotMade("--nom : il est vide")
    folders(plan.quartiers)
    if os.path.lexists(folder) and not folder.is_dir():
        raise NotMade(f"{folder} est un fichier")
    if folder.is_dir() and any(folder.iterdir()):
        raise NotMade(f"le dossier {folder} n’est pas vide ; rien n’a été écrit")


def make(folder: Path, plan: Plan, today: datetime.date) -> list[PurePosixPath]:
    """Write the site into `folder`, new or empty; the files written. Raises NotMade."""
    guard(folder, plan)
    written = []
    for path, text in files(plan, today):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as out:
            out.write(text)
        written.append(path)
    return written


def files(plan: Plan, today: datetime.date) -> Iterator[tuple[PurePosixPath, str]]:
    """Every file of the new site and its text."""
    meeting = today + datetime.timedelta(days=_MEETING)
    _, insee, postcode = CITIES[plan.city]
    name = " ".join((plan.name or default_name(plan.number)).split())
    named = folders(plan.quartiers)
    spaces = ", ".join(f"q-{one}" for one in named or (_EXAMPLE,))
    values = {
        "nom": name,
        "nom_yaml": scalar(name),
        "id": f"conseils-{slug(plan.city)}-{plan.number}",
        "numero": str(plan.number),
        "lieu": f"{plan.city} {ordinal(plan.number)}",
        "insee": str(insee + plan.number),
        "postal": str(postcode + plan.number).zfill(5),
        "editeur": f"Mairie du {ordinal(plan.number)} arrondissement de {plan.city} (à compléter)",
        "jour": today.isoformat(),
        "reunion": meeting.isoformat(),
        "espaces": f"espaces_separes: [conseillers, {spaces}]\n" if plan.separate else "",
        "separes": _SEPARATE_WORDS if plan.separate else "",
        "quartiers": _NAMED_WORDS if named else _EXAMPLE_WORDS,
    }
    for file in sorted(path for path in _STARTER.rglob("*") if path.is_file()):
        path = PurePosixPath(file.relative_to(_STARTER).as_posix())
        if named and path.is_relative_to(_QUARTIERS):
            continue
        dated = path.name.replace("JOUR", values["jour"]).replace("REUNION", values["reunion"])
        text = Template(file.read_text(encoding="utf-8")).substitute(values)
        yield path.with_name(dated), text.rstrip("\n") + "\n"
    for folder, made in named.items():
        for place, text in ((made.path, made.text), *made.beside):
            yield place, text
        title = scalar(f"Espace du quartier {plan.quartiers[list(named).index(folder)]}")
        yield made.path.parent / PRIVATE_FOLDER / "index.md", f"---\ntitre: {title}\n---\n{_SPACE}"
    ignored = (*_IGNORED, *(f"/{CONTENT}{one}" for one in _HIDDEN if plan.separate))
    yield PurePosixPath(".gitignore"), "\n".join(ignored) + "\n"


_HIDDEN = ("/prive/", "/quartiers/*/prive/", "/groupes/*/prive/")
_SPACE = (
    "\nIci se prépare ce que le quartier publiera plus tard. "
    "Rien de ce dossier ne paraît sur le site public.\n"
)
_EXAMPLE_WORDS = (
    "Le quartier d’exemple est fictif. Créez les vôtres, puis retirez le dossier "
    "`content/quartiers/exemple/` :"
)
_NAMED_WORDS = (
    "Chaque quartier attend quelques mots d’accueil, dans son `index.md`. Pour un de plus :"
)
_SEPARATE_WORDS = """
## Les espaces privés ont chacun leur dépôt

Chaque dossier `prive/` est un dépôt git à lui, que celui-ci ne suit pas : seules les personnes qui
y ont droit en ont une copie. `content/site.yml` les nomme (`espaces_separes`), et `cq validate` dit
lesquels ne sont pas dans votre copie. Pour un quartier de plus : `git init` dans son `prive/`, et
une ligne dans `espaces_separes`.
"""
