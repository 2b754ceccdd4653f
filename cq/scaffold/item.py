"""`cq new`: where a new file goes, and how it is written.

The file is made complete before anything is written, and is read once as `cq validate` would.
"""

import datetime
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from cq import digest
from cq.content import layout
from cq.content.kind import Kind
from cq.content.kinds import KINDS
from cq.content.parse import kind_of, parse
from cq.content.parsed import Parsed
from cq.content.scan import Source
from cq.content.schema import Key, canonical, fault, keys
from cq.diagnostic import Severity
from cq.french.folding import nearest, slug
from cq.french.read_date import read_date
from cq.rewrite import rewrite
from cq.scaffold import NotMade, template
from cq.terminal import printable

_LONGEST = 60  # characters of a name that comes from a title
_COMMUNITIES = {"quartiers": "quartier", "groupes": "groupe"}
_UNREADABLE = frozenset(("needs-quotes", "wrong-shape", "yaml-syntax"))


@dataclass(frozen=True)
class Wish:
    """What was asked for: options of the command line, or answers at the terminal."""

    title: str = ""
    day: str = ""
    quartier: str = ""
    group: str = ""
    debate: str = ""
    slug: str = ""
    private: bool = False
    given: Mapping[str, str] = field(default_factory=dict)  # by key, « lieu.nom »


class New(NamedTuple):
    """What is to be written, by path under the site's root; `after` what stands there already."""

    path: PurePosixPath
    text: str
    beside: tuple[tuple[PurePosixPath, str], ...] = ()
    after: bool = False


def kind_named(word: str) -> Kind:
    """« Événement », `evenement` and `agenda` name the same kind. Raises NotMade."""
    wanted = slug(word)
    names: dict[str, Kind] = {}
    for kind in KINDS:
        for one in (slug(kind.label), slug(kind.plural), kind.folder, kind.name, kind.file or ""):
            names.setdefault(slug(one), kind)
    if wanted and wanted in names:
        return names[wanted]
    near = nearest(wanted, [slug(kind.label) for kind in KINDS])
    hint = f" ; vouliez-vous dire « {near[0]} » ?" if near else " ; cq new en donne la liste"
    raise NotMade(f"aucune sorte de contenu ne s’appelle « {printable(word)} »{hint}")


def pairs(written: list[str]) -> dict[str, str]:
    """« lieu=Mairie » by key. Raises NotMade."""
    found: dict[str, str] = {}
    for one in written:
        name, sign, value = one.partition("=")
        if not sign:
            raise NotMade("--cle s’écrit : --cle lieu=Mairie")
        found[name.strip()] = value
    return found


def new(root: Path, kind: Kind, wish: Wish, today: datetime.date) -> New:
    """The file that `wish` asks for. Raises NotMade."""
    day = _day(wish, today)
    given = _given(kind, wish, day)
    home = _home(root, kind, wish, given)
    if wish.private and kind.file and not kind.private:
        raise NotMade(f"--prive : {_one(kind)} est toujours public")
    private = kind.private or wish.private
    base = PurePosixPath(layout.CONTENT, home, layout.PRIVATE_FOLDER if private else "")
    if kind.file and not kind.folder:
        return _listed(root, kind, base / kind.file, given, day)
    name = _name(kind, wish, given)
    text = template.whole(kind, given, day)
    if kind.file:
        path = base / kind.folder / name / kind.file
        welcome = "À compléter : quelques mots d’accueil.\n"
        return _checked(root, kind, New(path, text, ((path.with_name("index.md"), welcome),)))
    folder = base / kind.folder
    if kind.below:
        folder = folder / _debate(root, folder, wish) / kind.below
    stem = f"{day.isoformat()}-{name}" if kind.dated else name
    path = folder / stem / "index.md" if kind.inside else folder / f"{stem}{kind.suffix}"
    return _checked(root, kind, New(path, text))


def _day(wish: Wish, today: datetime.date) -> datetime.date:
    if not wish.day:
        return today
    reading = read_date(wish.day)
    if reading.value is None:
        raise NotMade(f"--date : {reading.message}\n" + "\n".join(reading.hints))
    return reading.value


def _given(kind: Kind, wish: Wish, day: datetime.date) -> dict[str, str]:
    """The values by key, each one that its model takes. Raises NotMade."""
    known = {key.name: key for key in keys(kind.model)}
    given = {name: text for name, text in wish.given.items() if text.strip()}
    named = template.naming(kind)
    if wish.title:
        given[named] = wish.title
    given.setdefault(named, "À compléter")
    if "id" in known and "nom" in known and "id" not in given:
        given["id"] = template.identifier(given["nom"])
    if kind.dated:
        given[kind.day_key] = day.isoformat()
    elif wish.day:
        first = next((one for one in ("date", "depuis", "consentement") if one in known), None)
        if first is None:
            raise NotMade(f"--date : {_one(kind)} n’a pas de date")
        given.setdefault(first, day.isoformat())
    return {name: _fitting(kind, known, name, text) for name, text in given.items()}


def _fitting(kind: Kind, known: Mapping[str, Key], name: str, text: str) -> str:
    """`text` as the value of key `name`, best written. Raises NotMade."""
    first, _, rest = name.partition(".")
    model, inner = kind.model, first
    if rest and first in known and known[first].model is not None:
        model, inner = known[first].model, rest  # type: ignore[assignment]
    names = [key.name for key in keys(model)]
    if inner not in names:
        near = nearest(inner, names)
        meant = f"vouliez-vous dire {near[0]} ?" if near else f"au choix : {', '.join(names)}"
        raise NotMade(f"--cle : la clé « {printable(name)} » n’est pas prévue ici ; {meant}")
    why = fault(model, inner, text)
    if why:
        raise NotMade(f"{name} : {printable(why)}")
    return canonical(model, inner, text)


def _home(root: Path, kind: Kind, wish: Wish, given: dict[str, str]) -> str:
    """The folder of the community that was named, "" for none; a key where the kind has one."""
    asked = {"quartiers": wish.quartier, "groupes": wish.group}
    named = [(folder, word) for folder, word in asked.items() if word]
    known = {key.name for key in keys(kind.model)}
    home = ""
    for folder, word in named:
        name = community(root, folder, word)
        one = _COMMUNITIES[folder]
        key = one if one in known else folder if folder in known and kind.file else ""
        if key:
            given.setdefault(key, name)
        elif kind.file and kind.name != "contact":
            raise NotMade(f"--{one} : {_one(kind)} n’appartient à aucun {one}")
        elif home:
            raise NotMade("--quartier ou --groupe : un seul des deux dit où va le fichier")
        else:
            home = f"{folder}/{name}"
    return home


def community(root: Path, folder: str, word: str) -> str:
    """The folder's name of the community that `word` means. Raises NotMade."""
    one = _COMMUNITIES[folder]
    known = communities(root, folder)
    name = layout.meant(word, known)
    if name is not None:
        return name
    near = nearest(slug(word), known)
    meant = (
        f"vouliez-vous dire {near[0]} ?" if near else f"au choix : {', '.join(known) or 'aucun'}"
    )
    raise NotMade(f"aucun {one} ne s’appelle « {printable(word)} » ; {meant}")


def communities(root: Path, folder: str) -> list[str]:
    """The names of the folders of quartiers, or of groupes."""
    place = root / layout.CONTENT / folder
    return sorted(file.parent.name for file in place.glob(f"*/{_COMMUNITIES[folder]}.yml"))


def _debate(root: Path, folder: PurePosixPath, wish: Wish) -> str:
    """The débat of an argument: the one that was named, or the only one."""
    place = root / folder
    files = (*place.glob("*/index.md"), *place.glob("*.md"))
    known = sorted({one.parent.name if one.name == "index.md" else one.stem for one in files})
    if wish.debate in known:
        return wish.debate
    if not wish.debate and len(known) == 1:
        return known[0]
    if not known:
        raise NotMade(f"il n’y a pas de débat dans {folder}/ : cq new debat")
    raise NotMade(f"de quel débat ? --debat, au choix : {', '.join(known)}")


def _name(kind: Kind, wish: Wish, given: Mapping[str, str]) -> str:
    """The file's or the folder's name, without its date. Raises NotMade."""
    if wish.slug:
        if layout.is_slug(wish.slug) and wish.slug != "index":
            return wish.slug
        better = slug(wish.slug)
        meant = f" ; par exemple : --slug {better}" if better not in {"", wish.slug} else ""
        raise NotMade(f"--slug : un nom s’écrit en minuscules, sans accent ni espace{meant}")
    title = given[template.naming(kind)]
    if title == "À compléter":
        return slug(kind.label)
    made = slug(title)
    if len(made) > _LONGEST:
        made = made[: _LONGEST + 1].rpartition("-")[0] or made[:_LONGEST]
    if made in {"", "index"}:
        raise NotMade("le titre ne donne pas de nom de fichier ; ajoutez : --slug un-nom")
    return made


def _listed(
    root: Path, kind: Kind, path: PurePosixPath, given: dict[str, str], day: datetime.date
) -> New:
    """One more entry in a list of people, or a file that a site has once."""
    file = root / path
    if not kind.is_list:
        if file.exists():
            raise NotMade(f"{path} existe déjà ; pour un nouveau site : cq init DOSSIER")
        return _checked(root, kind, New(path, template.whole(kind, given, day)))
    text = template.entry(kind, given, day)
    if not os.path.lexists(file):
        return _checked(root, kind, New(path, text))
    made = New(path, text, after=True)
    before = read(path, file.read_bytes())
    then = read(path, _joined(file.read_bytes(), text))
    unread = then.record is None or faults(before) & _UNREADABLE
    if unread or faults(then) - faults(before) - {"missing-value", "duplicate-id"}:
        raise NotMade(f"{path} ne peut pas être complété sans risque ; ajoutez vous-même :\n{text}")
    return _checked(root, kind, made)


def _checked(root: Path, kind: Kind, made: New) -> New:
    """`made`, if its place is free and says what it is. Raises NotMade."""
    path = made.path
    if kind_of(path) is not kind or layout.misplaced_private(path):
        raise NotMade(f"{path} : ce nom est pris par cq ; ajoutez : --slug un-autre-nom")
    places = [path, *(one for one, _ in made.beside)]
    if path.suffix == ".md":  # « canal.md » and « canal/index.md » have one address
        folder = path.name == "index.md"
        places.append(
            path.parent.with_suffix(".md") if folder else path.with_suffix("") / "index.md"
        )
    taken = [one for one in places if os.path.lexists(root / one)]
    if taken and not made.after:
        raise NotMade(f"{taken[0]} existe déjà ; rien n’a été écrit\nUn autre nom : --slug un-nom")
    for one in (path, *path.parents):
        if (root / one).is_symlink():
            raise NotMade(f"{one} est un lien symbolique, que cq ne suit pas")
    return made


def write(root: Path, made: New) -> None:
    """Write it: new files never over others, an entry after those that are there."""
    for path, text in ((made.path, made.text), *made.beside):
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if made.after and path == made.path:
            rewrite(file, _joined(file.read_bytes(), text))
            continue
        try:
            with file.open("x", encoding="utf-8", newline="") as out:
                out.write(text)
        except FileExistsError:
            raise NotMade(f"{path} existe déjà") from None


def _joined(before: bytes, text: str) -> bytes:
    """`text` after what a file holds, with its own line ends."""
    end = b"\r\n" if b"\r\n" in before else b"\n"
    gap = b"" if not before or before.endswith(b"\n") else end
    return before + gap + text.encode().replace(b"\n", end)


def left(root: Path, made: New) -> list[str]:
    """What is still to be filled in: the lines that `cq validate` would name, in words."""
    found = []
    for path in (made.path, *(one for one, _ in made.beside)):
        parsed = read(path, (root / path).read_bytes())
        found += [
            f"{path}:{one.span.line} : {one.message}"
            for one in parsed.found
            if one.severity > Severity.NOTE
        ]
    return found


def read(path: PurePosixPath, data: bytes) -> Parsed:
    """What a file says, as `cq validate` would read it."""
    return parse(Source(path, data, digest.of_bytes(data)))


def faults(parsed: Parsed) -> set[str]:
    """The codes of its errors."""
    return {one.code for one in parsed.found if one.severity is Severity.ERROR}


def _one(kind: Kind) -> str:
    return f"« {kind.label} »"
