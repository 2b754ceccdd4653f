"""`cq init`: a site that works at once, with marks where only its own people know what to write.

The texts lie in `starter/`, as they will lie in the site; what differs from one site to another
stands in them as `${name}`. Git is the caller's business.
"""

import datetime
import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from string import Template
from typing import NamedTuple

from cq.content.layout import CONTENT, PRIVATE_FOLDER
from cq.french.folding import slug
from cq.french.numbers import ordinal
from cq.scaffold import NotMade
from cq.scaffold.template import scalar
from cq.terminal import printable

_STARTER = Path(__file__).parent / "starter"
_IGNORED = ("/build/",)
_MEETING = 21  # days from today
# The three cities that have arrondissements: how many, the first Insee code and postcode less one.
CITIES = {"Paris": (20, 75100, 75000), "Lyon": (9, 69380, 69000), "Marseille": (16, 13200, 13000)}
SEPARATE = (f"{CONTENT}/{PRIVATE_FOLDER}", f"{CONTENT}/quartiers/exemple/{PRIVATE_FOLDER}")
_SPACES = "[conseillers, q-exemple]"


class Plan(NamedTuple):
    """What the new site is about."""

    number: int
    city: str = "Paris"
    name: str = ""
    separate: bool = False  # each prive/ in a repository of its own


def known_city(word: str) -> str:
    """The city as it is written. Raises NotMade."""
    for city in CITIES:
        if slug(city) == slug(word):
            return city
    raise NotMade(f"--ville : « {printable(word)} » n’a pas d’arrondissements que cq connaisse ; "
                  f"au choix : {', '.join(CITIES)}")  # fmt: skip


def default_name(number: int) -> str:
    return f"Conseils de quartier du {ordinal(number)}"


def guard(folder: Path, plan: Plan) -> None:
    """Raise NotMade where a site cannot be made."""
    most = CITIES[plan.city][0]
    if not 1 <= plan.number <= most:
        raise NotMade(f"--arrondissement : {plan.city} en a {most}")
    if plan.name and not plan.name.strip():
        raise NotMade("--nom : il est vide")
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
        "espaces": f"espaces_separes: {_SPACES}\n" if plan.separate else "",
        "separes": _SEPARATE_WORDS if plan.separate else "",
    }
    for file in sorted(path for path in _STARTER.rglob("*") if path.is_file()):
        path = PurePosixPath(file.relative_to(_STARTER).as_posix())
        dated = path.name.replace("JOUR", values["jour"]).replace("REUNION", values["reunion"])
        text = Template(file.read_text(encoding="utf-8")).substitute(values)
        yield path.with_name(dated), text.rstrip("\n") + "\n"
    ignored = (*_IGNORED, *(f"/{CONTENT}{one}" for one in _HIDDEN if plan.separate))
    yield PurePosixPath(".gitignore"), "\n".join(ignored) + "\n"


_HIDDEN = ("/prive/", "/quartiers/*/prive/", "/groupes/*/prive/")
_SEPARATE_WORDS = """
## Les espaces privés ont chacun leur dépôt

Chaque dossier `prive/` est un dépôt git à lui, que celui-ci ne suit pas : seules les personnes qui
y ont droit en ont une copie. `content/site.yml` les nomme (`espaces_separes`), et `cq validate` dit
lesquels ne sont pas dans votre copie. Pour un quartier de plus : `git init` dans son `prive/`, et
une ligne dans `espaces_separes`.
"""
