"""The text of a new file, from its kind's model: keys to fill in, others as examples to uncomment.

Pure text. A value that nobody gave is « à compléter » where a text may stand, the day where a day
may, and nothing at all where only a person can know (a consent, an address).
"""

import datetime
import json
import re
from collections.abc import Iterator, Mapping

from cq.content.kind import Kind, PageFields
from cq.content.schema import FrontMatter, Key, fault, keys
from cq.french.folding import slug

TO_COMPLETE = "à compléter"
# Days after the item's own for keys that are days; None: only a person knows.
_LATER = {"consentement": None, "expire": 365, "fin": 30}
_PLAIN = re.compile(r"[^\W_](?:[\w’'.,;!?()/@\u00a0\u202f «»–—°-]*[\w’'.!?)»°])?\Z")
_HOUR = re.compile(r"[0-9]{1,2}:[0-9]{2}\Z")
_COMMON = frozenset(key.name for key in keys(PageFields))
_FEW = ("resume",)  # common keys that are shown; the others are named
_OURS = ("uid",)  # keys that cq writes, and nobody else


def naming(kind: Kind) -> str:
    """The key that holds the title or the name."""
    names = [key.name for key in keys(kind.model)]
    return next(one for one in ("titre", "nom", *names) if one in names)


def header(kind: Kind, given: Mapping[str, str], day: datetime.date) -> Iterator[str]:
    """The lines of keys of a new file of `kind`; `given` by key, « lieu.nom » for one inside."""
    yield from _lines(kind.model, given, day, "", "")
    theirs = [key for key in keys(kind.model) if key.name not in _OURS]
    own = [key for key in theirs if not _is_written(key, given, "")]
    shown = [key for key in own if key.name not in _COMMON or key.name in _FEW]
    for key in shown:
        yield from _example(key, "")
    rest = ", ".join(key.name for key in own if key not in shown)
    if rest:
        yield f"# Aussi : {rest}"


def _is_written(key: Key, given: Mapping[str, str], prefix: str) -> bool:
    name = prefix + key.name
    return key.required or any(one == name or one.startswith(f"{name}.") for one in given)


def _lines(
    model: type[FrontMatter], given: Mapping[str, str], day: datetime.date, prefix: str, margin: str
) -> Iterator[str]:
    for key in keys(model):
        if not _is_written(key, given, prefix):
            continue
        name = prefix + key.name
        if name in given:
            yield f"{margin}{key.name}: {_value(key, given[name])}"
            continue
        default = _default(model, key, day)
        asked_inside = any(one.startswith(f"{name}.") for one in given)
        if key.model is None or (default is not None and not asked_inside):
            if len(key.choices) > 1:
                yield f"{margin}# {key.name}, au choix : {', '.join(key.choices)}"
            elif default is None and key.example:
                yield f"{margin}# {key.meaning} Par exemple : {key.example}"
            yield f"{margin}{key.name}: {_value(key, default or '')}".rstrip()
            continue
        yield f"{margin}{key.name}:"
        below = list(_lines(key.model, given, day, f"{name}.", f"{margin}  "))
        yield from _as_entry(below, margin) if key.several else below


def _as_entry(lines: list[str], margin: str) -> Iterator[str]:
    """Lines of keys as the one entry of a list."""
    first = next(n for n, line in enumerate(lines) if not line.lstrip().startswith("#"))
    for number, line in enumerate(lines):
        bare = line.removeprefix(f"{margin}  ")
        yield f"{margin}  {'- ' if number == first else '  '}{bare}"


def _default(model: type[FrontMatter], key: Key, day: datetime.date) -> str | None:
    """What may stand where nobody said anything; None where nothing may."""
    if key.choices:
        return key.choices[0]
    if fault(model, key.name, TO_COMPLETE) is None:
        return TO_COMPLETE
    later = _LATER.get(key.name, 0)
    if later is None:
        return None
    then = (day + datetime.timedelta(days=later)).isoformat()
    return then if fault(model, key.name, then) is None else None


def _example(key: Key, margin: str) -> Iterator[str]:
    """An optional key as a comment to uncomment."""
    if len(key.choices) > 1:
        # Two signs: an editor that uncomments a whole block leaves it a comment.
        yield f"# {margin}# {key.name}, au choix : {', '.join(key.choices)}"
    if key.model is None or key.example:
        shown = key.example if key.several else scalar(key.example)
        yield f"# {margin}{key.name}: {shown}".rstrip()
        return
    yield f"# {margin}{key.name}:"
    below = [line for one in keys(key.model) for line in _example(one, f"{margin}  ")]
    bare = [line.removeprefix("# ") for line in below]
    yield from (f"# {line}" for line in (_as_entry(bare, margin) if key.several else bare))


def _value(key: Key, text: str) -> str:
    if not text:
        return ""
    if not key.several:
        return scalar(text)
    parts = [part.strip() for part in text.strip().removeprefix("[").removesuffix("]").split(",")]
    return f"[{', '.join(scalar(part) for part in parts if part)}]"


def scalar(text: str) -> str:
    """`text` as YAML on one line, in quotes only where it needs them."""
    line = " ".join(text.split())
    if _HOUR.match(line) or _PLAIN.match(line):
        return line
    return json.dumps(line, ensure_ascii=False)


def entry(kind: Kind, given: Mapping[str, str], day: datetime.date) -> str:
    """A new entry of a list of people: `- id: …`."""
    lines = list(_lines(kind.model, given, day, "", "  "))
    return "\n".join(_as_entry(lines, "")).replace("\n    ", "\n  ").removeprefix("  ") + "\n"


def whole(kind: Kind, given: Mapping[str, str], day: datetime.date) -> str:
    """A new file."""
    lines = "\n".join(header(kind, given, day)) + "\n"
    if kind.suffix == ".yml" or kind.file is not None:
        return lines
    return f"---\n{lines}---\n\nÀ compléter : le texte.\n"


def identifier(name: str) -> str:
    """« Camille Exemple » as an id."""
    return slug(name) or "a-completer"
