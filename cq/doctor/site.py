"""The site: legal details, private folders, theme, zone, size."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cq import remedies, settings, theme
from cq.content import layout, legal
from cq.content.parse import parse
from cq.content.scan import read
from cq.diagnostic import Severity
from cq.doctor.remark import Remark, State
from cq.french.numbers import counted, size
from cq.settings import Settings
from cq.terminal import printable

_FILE = f"{layout.CONTENT}/site.yml"


def site(chosen: Settings) -> Iterator[Remark]:
    fields = _fields(chosen.root)
    if fields is None:
        yield Remark(
            "site", "site.yml", State.TO_DO,
            "content/site.yml a des fautes : ce qu’il dit n’est pas sûr", f"cq validate {_FILE}",
        )  # fmt: skip
        fields = {}
    else:
        yield from _legal(fields)
    yield from _private(chosen.root)
    yield _theme(chosen.root, str(fields.get("theme") or theme.DEFAULT))
    yield _zone(str(fields.get("fuseau") or "Europe/Paris"))
    yield _size(chosen.root)


def _fields(root: Path) -> dict[str, Any] | None:
    """What site.yml says; None where it has an error."""
    parsed = parse(read(root, _FILE))
    if parsed.record is None or any(one.severity is Severity.ERROR for one in parsed.found):
        return None
    fields: dict[str, Any] = json.loads(parsed.record.fields[0])
    return fields


def _legal(fields: dict[str, Any]) -> Iterator[Remark]:
    """Keys that are absent, or that say « à compléter »."""
    lacking = legal.lacking(fields)
    if lacking:
        yield Remark(
            "site", "mentions", State.TO_DO,
            f"site.yml ne dit pas encore : {', '.join(lacking)} ; la loi les demande",
            "\n".join((f"dans {_FILE}, écrivez :", *legal.lines(lacking))),
        )  # fmt: skip
    else:
        yield Remark("site", "mentions", State.OK, "les mentions légales sont remplies")
    if fields.get("adresse_web"):
        yield Remark("site", "adresse", State.OK, "le site connaît son adresse")
    else:
        yield Remark(
            "site", "adresse", State.ATTENTION,
            "sans adresse_web, les flux et les agendas n’ont pas de liens complets",
            f"dans {_FILE}, écrivez : adresse_web: https://exemple.fr/",
        )  # fmt: skip


def _private(root: Path) -> Iterator[Remark]:
    """Which of the two protections the site has; how many spaces, never which."""
    content = root / layout.CONTENT
    places = [content / layout.PRIVATE_FOLDER]
    for folder in layout.COMMUNITIES:
        places += sorted((content / folder).glob(f"*/{layout.PRIVATE_FOLDER}"))
    there = [one for one in places if one.is_dir() and not one.is_symlink()]
    if not there:
        yield Remark("site", "espaces privés", State.OK, "aucun dossier prive/ ici")
        return
    apart = sum((one / ".git").exists() for one in there)
    spaces = counted(len(there), "espace privé", "espaces privés")
    if apart == len(there):
        yield Remark("site", "espaces privés", State.OK, f"{spaces}, chacun dans son dépôt")
        return
    same = counted(len(there) - apart, "est", "sont")
    yield Remark(
        "site", "espaces privés", State.ATTENTION,
        f"{spaces}, dont {same} dans le même dépôt que le site : ils sont cachés du public, mais "
        "quiconque peut lire le dépôt les lit",
        "un dépôt par dossier prive/, avec sa liste d’accès : git init DOSSIER/prive",
    )  # fmt: skip


def _theme(root: Path, name: str) -> Remark:
    try:
        loaded = theme.load(root, name)
    except (theme.ThemeNotFound, theme.ThemeFault, OSError) as fault:
        said = printable(fault) if isinstance(fault, theme.ThemeFault) else "il est introuvable"
        return Remark(
            "site", "thème", State.TO_DO, f"le thème « {printable(name)} » ne sert pas : {said}",
            f"dans {_FILE}, écrivez : theme: {theme.DEFAULT}",
        )  # fmt: skip
    pages = counted(len(loaded.templates), "gabarit", "gabarits")
    return Remark("site", "thème", State.OK, f"« {printable(name)} », {pages}")


def _zone(name: str) -> Remark:
    """The site's hours, and whether the machine lives by them."""
    apart = settings.apart_from(name)
    if apart is None:
        return Remark(
            "site", "fuseau", State.TO_DO,
            f"cette machine ne connaît pas les heures de {printable(name)}",
            remedies.install("tzdata"),
        )  # fmt: skip
    if apart:
        return Remark(
            "site", "fuseau", State.ATTENTION,
            f"cette machine n’est pas à l’heure de {printable(name)} : autour de minuit, "
            "« aujourd’hui » n’y est pas le même jour",
            remedies.remedy("zone", printable(name)),
        )  # fmt: skip
    return Remark("site", "fuseau", State.OK, f"{printable(name)}, comme cette machine")


def _size(root: Path) -> Remark:
    files = total = 0
    for folder, _, names in os.walk(root / layout.CONTENT):
        for name in names:
            try:
                total += os.lstat(os.path.join(folder, name)).st_size  # noqa: PTH118 - many
            except OSError:
                continue
            files += 1
    words = f"{counted(files, 'fichier', 'fichiers')}, {size(total)}"
    return Remark("site", "contenu", State.OK, words)
