"""The machine: programs and their versions, the terminal, the disk, what cq remembers."""

import os
import platform
import re
import shutil
import stat
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import cq
from cq import ledger, remedies, settings
from cq.doctor.remark import Remark, State
from cq.french.numbers import size
from cq.settings import Settings
from cq.site.exchange import can_exchange
from cq.terminal import printable

_DISTRIBUTION = "conseils-de-quartier"
_REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)\s*([^;]*)(?:;.*)?")
_BOUND = re.compile(r"(>=|<=|==|!=|<|>|~=)\s*([0-9][0-9.]*)")
_MEGABYTE = 1_000_000
# Below this a build of a large site may not find its room; far below, none does.
_SCARCE, _NONE = 1000 * _MEGABYTE, 100 * _MEGABYTE


def machine(chosen: Settings | None) -> Iterator[Remark]:
    yield _ok("cq", f"{cq.__version__}, Python {platform.python_version()}, {platform.system()}")
    yield from _libraries()
    yield _terminal()
    if chosen is not None:
        yield _room(chosen)
        yield from _rights(chosen)
        yield _memory(chosen)
        yield _clock()


def _ok(subject: str, words: str) -> Remark:
    return Remark("machine", subject, State.OK, words)


def _libraries() -> Iterator[Remark]:
    """The libraries that this cq asks for, each within its bounds."""
    try:
        wanted = metadata.requires(_DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        yield Remark(
            "machine", "bibliothèques", State.ATTENTION,
            "cq n’est pas installé, il tourne depuis ses sources : leurs versions sont inconnues",
            "make site",
        )  # fmt: skip
        return
    seen = []
    for line in wanted:
        found = _REQUIREMENT.fullmatch(line)
        if found is None or "extra ==" in line:
            continue
        name, bounds = found[1], found[2].strip()
        try:
            version = metadata.version(name)
        except metadata.PackageNotFoundError:
            yield _library(name, bounds, f"{name} manque")
            continue
        seen.append(f"{name} {version}")
        if not within(version, bounds):
            yield _library(name, bounds, f"{name} {version} n’est pas de celles que cq connaît")
    yield _ok("bibliothèques", ", ".join(seen))


def _library(name: str, bounds: str, words: str) -> Remark:
    remedy = remedies.library(f"{name}{bounds}")
    return Remark("machine", "bibliothèques", State.TO_DO, words, remedy)


def within(version: str, bounds: str) -> bool:
    """Whether a version lies within `>=3.10,<4`; only the numbers that releases begin with."""
    one = _numbers(version)
    for sign, text in _BOUND.findall(bounds):
        other = _numbers(text)
        least = one >= other
        holds = {
            ">=": least,
            "<=": one <= other,
            "==": one == other,
            "!=": one != other,
            "<": not least,
            ">": one > other,
            "~=": least and one[: text.count(".")] == other[: text.count(".")],
        }[sign]
        if not holds:
            return False
    return True


def _numbers(version: str) -> tuple[int, ...]:
    found = re.match(r"\d+(?:\.\d+)*", version)
    numbers = [int(part) for part in found[0].split(".")] if found else []
    return tuple(numbers + [0] * (5 - len(numbers)))


def _terminal() -> Remark:
    encoding = getattr(sys.__stdout__, "encoding", None) or "utf-8"
    if encoding.lower().replace("-", "") == "utf8":
        return _ok("terminal", "UTF-8 : les accents sont bien écrits")
    return Remark(
        "machine", "terminal", State.ATTENTION,
        f"réglé sur {encoding} : les accents de cq y seront mal écrits",
        remedies.remedy("utf8"),
    )  # fmt: skip


def _room(chosen: Settings) -> Remark:
    free = shutil.disk_usage(_standing(chosen.output)).free
    words = f"{size(free)} libres"
    if free >= _SCARCE:
        return _ok("disque", words)
    state = State.TO_DO if free < _NONE else State.ATTENTION
    return Remark(
        "machine", "disque", state,
        f"{words} seulement : une construction tient deux fois le site, et s’arrête faute de place",
        remedies.remedy("room"),
    )  # fmt: skip


def _standing(place: Path) -> Path:
    """`place`, or the nearest folder above it that is there."""
    return next(one for one in (place, *place.parents) if one.is_dir())


def _rights(chosen: Settings) -> Iterator[Remark]:
    """Where cq writes, and whether the disk lets it change two folders in one step."""
    free = True
    for subject, place in (("sortie", chosen.output), ("atelier", chosen.workshop)):
        folder = _standing(place)
        if not os.access(folder, os.W_OK | os.X_OK):
            free = False
            yield Remark(
                "machine", subject, State.TO_DO,
                f"vous n’avez pas le droit d’écrire dans {_shown(folder, chosen)}",
                remedies.remedy("own", _shown(folder, chosen)),
            )  # fmt: skip
    if not free:
        return
    yield _ok("sortie", f"{_shown(chosen.output, chosen)} peut être écrit")
    try:
        exchanged = can_exchange(_standing(chosen.output.parent))
    except OSError:
        return  # no room, or no right: said already
    if exchanged:
        yield _ok("échange", "le nouveau site remplace l’ancien en un seul geste")
    else:
        yield Remark(
            "machine", "échange", State.ATTENTION,
            "ce disque ne sait pas échanger deux dossiers : le temps d’un instant, à chaque "
            "construction, build/site n’est pas là ; une coupure est réparée à la suivante",
            "cq build --output DOSSIER (sur un disque de la machine)",
        )  # fmt: skip


def _shown(folder: Path, chosen: Settings) -> str:
    inside = folder.is_relative_to(chosen.root) and folder != chosen.root
    return printable(folder.relative_to(chosen.root).as_posix() if inside else folder)


def _memory(chosen: Settings) -> Remark:
    """The ledger: lost, it only costs time; open to others, it shows private texts."""
    folder = chosen.cache
    place = _standing(folder)
    if not os.access(place, os.W_OK | os.X_OK):
        return Remark(
            "machine", "mémoire", State.TO_DO,
            "le dossier de mémoire ne peut pas être écrit : tout est refait à chaque fois",
            remedies.remedy("own", printable(place)),
        )  # fmt: skip
    # Windows keeps its rights elsewhere: there, all that a mode says is whether one may write.
    modes = remedies.system() != remedies.WINDOWS
    if modes and folder.is_dir() and stat.S_IMODE(folder.stat().st_mode) & 0o077:
        return Remark(
            "machine", "mémoire", State.TO_DO,
            "d’autres utilisateurs de cette machine peuvent lire la mémoire de cq, où sont les "
            "textes privés",
            remedies.remedy("hide", printable(folder)),
        )  # fmt: skip
    state = ledger.condition(folder / "ledger.sqlite", settings.identity())
    if state is ledger.Condition.DAMAGED:
        return Remark(
            "machine", "mémoire", State.ATTENTION,
            "la mémoire de cq est abîmée : elle sera refaite à la prochaine construction",
            "cq build --clean",
        )  # fmt: skip
    return _ok("mémoire", state.value)


def _clock() -> Remark:
    day, fixed = settings.clock()
    if fixed:
        return Remark(
            "machine", "jour", State.ATTENTION,
            f"CQ_TODAY tient le {fixed} pour aujourd’hui", remedies.remedy("unset", "CQ_TODAY"),
        )  # fmt: skip
    # cq was written that year: an earlier clock has lost its battery.
    if day.year < 2026:
        return Remark(
            "machine", "jour", State.TO_DO,
            f"l’horloge dit {day.isoformat()} : ce qui vient passerait pour lointain",
            remedies.remedy("clock"),
        )  # fmt: skip
    return _ok("jour", day.isoformat())
