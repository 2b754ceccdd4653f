"""Characters that a reader does not see: which they are, what is said of them, text without them.

Nothing here changes the text of a file: places in findings are places in the file as decoded.
`visible` is for values and bodies on their way to a page; `columns` leads back.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from cq.diagnostic import Diagnostic, Edit, Span, error, note

# Characters are spelt as escapes: an invisible character in this file would be a poor joke.
_PLANE_ENDS = "".join(f"{chr(n * 0x10000 + 0xFFFE)}{chr(n * 0x10000 + 0xFFFF)}" for n in range(17))
# Everything that YAML and HTML refuse: C0 and C1 controls (but U+0085), DEL, halves of surrogate
# pairs, noncharacters. STX and ETX are the holes of a body (cq.content.body).
_CONTROL = f"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef{_PLANE_ENDS}"
_BREAKS = "\x85\u2028\u2029"  # line ends elsewhere than in a Markdown file
_ZERO_WIDTH = (
    f"{_BREAKS}\xad\u034f\u115f\u1160\u180e\u200b\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\U000e0001"
)
_JOINERS = "\u200c\u200d"
_MARKS = "\u061c\u200e\u200f"  # direction marks: of use beside Arabic or Hebrew only
_TAGS = "\U000e0020-\U000e007f"  # end the flags of Scotland and others, else hide ASCII
_BIDI = "\u202a-\u202e\u2066-\u2069"

# A whole run: what its characters become depends on the visible ones around it, and only on these,
# so that removing some of them in any order leaves the same text.
_SEEN_BY_NOBODY = re.compile(f"[{_CONTROL}{_ZERO_WIDTH}{_JOINERS}{_MARKS}{_TAGS}{_BIDI}]+")
_CONTROLS = re.compile(f"[{_CONTROL}]")
# A first look, six times as quick as the exact one: all that is invisible or not composed lies
# outside of this, and nearly all that French prose is made of inside. (Written as what is usual:
# a class that runs to the last plane takes ten times as long to compile.)
_UNUSUAL = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\xac\xae-\u02ff\u2010-\u2027\u202f-\u205f\u2082-\u20cf\u2190-\u22ff]"
)
# The same, so many in a row that a letter in them may have too many marks (each is two at most).
_LONG = re.compile(f"{_UNUSUAL.pattern}{{10,}}")
_BIDIS = re.compile(f"[{_BIDI}]")
_GRAVE = re.compile(f"[{_CONTROL}{_BIDI}]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_FLAG = re.compile(f"\U0001f3f4[{_TAGS}]{{1,16}}\\Z")
# Embeddings and isolates that read from left to right anyway; phones paste them around numbers.
_HARMLESS_BIDI = "\u202a\u202c\u2066\u2068\u2069"

_NAMES = {
    "\x00": "caractère nul",
    "\x02": "début de texte",
    "\x03": "fin de texte",
    "\x0b": "tabulation verticale",
    "\x0c": "saut de page",
    "\x85": "fin de ligne NEL",
    "\xad": "trait d’union conditionnel",
    "\u200b": "espace sans chasse",
    "\u200c": "antiliant sans chasse",
    "\u200d": "liant sans chasse",
    "\u2028": "séparateur de lignes",
    "\u2029": "séparateur de paragraphes",
    "\u2060": "gluon de mots",
    "\ufeff": "marque d’ordre des octets",
}
# What a control character was before a program lost half of it: the low byte of U+2019 is 0x19,
# and the C1 controls are Windows-1252 taken for Latin-1.
_HALVES = {"\x13": "–", "\x14": "—", "\x18": "‘", "\x19": "’", "\x1c": "“", "\x1d": "”"}
_LISTED = 5
# On one letter: the Stream-Safe Text Format (UAX #15). No language has ten; and to put n of them in
# order takes the square of n, so that a page of them would keep a build for minutes.
MOST_MARKS = 30
_NEAR = 40  # characters of the same line between a direction mark and what needs it


def visible(text: str) -> str:
    r"""`text` as a page shows it: nothing invisible, accents composed (NFC), no heap of them on one
    letter. Idempotent.

    Line ends (`\n`) stay one for one, so lines keep their numbers; `columns` tells the columns.
    """
    if _UNUSUAL.search(text) is None:
        return text
    shown = _SEEN_BY_NOBODY.sub(_shown, text)
    heaped = set(_heaped(shown))
    if heaped:
        shown = "".join(one for at, one in enumerate(shown) if at not in heaped)
    return shown if shown.isascii() else unicodedata.normalize("NFC", shown)


def columns(line: str) -> list[int]:
    """For each character of `visible(line)`, its place in `line`, from 0; then `len(line)`."""
    places: list[int] = []
    last = 0
    for match in _SEEN_BY_NOBODY.finditer(line):
        places.extend(range(last, match.start()))
        places.extend(place for place, _ in _kept(match))
        last = match.end()
    places.extend(range(last, len(line)))
    shown = _SEEN_BY_NOBODY.sub(_shown, line)
    heaped = set(_heaped(shown))
    if heaped:
        places = [place for at, place in enumerate(places) if at not in heaped]
        shown = "".join(one for at, one in enumerate(shown) if at not in heaped)
    if not unicodedata.is_normalized("NFC", shown):
        places = _composed(shown, places)
    length = len(visible(line))
    places = places[:length] + [len(line)] * (length - len(places))
    return [*places, len(line)]


def _composed(shown: str, places: list[int]) -> list[int]:
    """Where each character stands once letters and accents are one."""
    kept: list[int] = []
    starts = [at for at, one in enumerate(shown) if not unicodedata.combining(one)]
    if not starts or starts[0]:
        starts.insert(0, 0)
    for start, end in zip(starts, [*starts[1:], len(shown)], strict=True):
        kept.extend([places[start]] * len(unicodedata.normalize("NFC", shown[start:end])))
    return kept


def _heaped(text: str) -> Iterator[int]:
    """Where the marks of `text` stand that are more than a letter may have."""
    for run in _LONG.finditer(text):
        marks = _marks(text[run.start() - 1])[1] if run.start() else 0
        for at, one in enumerate(run[0], run.start()):
            alone, many = _marks(one)
            marks = marks + many if alone else many
            if alone and marks > MOST_MARKS:
                yield at


def _marks(character: str) -> tuple[bool, int]:
    """Whether it is a mark of the letter before it, and how many marks it has or is."""
    apart = unicodedata.normalize("NFD", character)
    many = sum(unicodedata.combining(one) > 0 for one in apart)
    return many == len(apart), many


def _shown(run: re.Match[str]) -> str:
    """What a page shows for a run of characters that nobody sees."""
    return "".join(character for _, character in _kept(run))


def _kept(run: re.Match[str]) -> list[tuple[int, str]]:
    """The characters of a run that a page keeps, with their places; a space for line ends."""
    text, start, end = run.string, run.start(), run.end()
    kept: list[tuple[int, str]] = []
    parted = not (_is_word(text, start - 1) and _is_word(text, end))
    for at, character in enumerate(run[0], start):
        if character in _BREAKS:
            if not parted:
                kept.append((at, " "))
                parted = True
        elif character in _JOINERS:
            if end - start == 1 and _joins(text, start - 1) and _joins(text, end):
                kept.append((at, character))
        elif character in _MARKS:
            before = text[max(0, at - _NEAR) : at].rpartition("\n")[2]
            after = text[at + 1 : at + _NEAR].partition("\n")[0]
            if _RIGHT_TO_LEFT.search(before + after):
                kept.append((at, character))
        elif _is_tag(character) and _FLAG.search(text[max(0, at - 16) : at + 1]):
            kept.append((at, character))
    return kept


def _is_tag(character: str) -> bool:
    return "\U000e0020" <= character <= "\U000e007f"


def _is_word(text: str, at: int) -> bool:
    return 0 <= at < len(text) and not text[at].isspace()


def _joins(text: str, at: int) -> bool:
    """Whether a letter, an accent or a picture stands there."""
    return 0 <= at < len(text) and unicodedata.category(text[at]) in {
        "Lu",
        "Ll",
        "Lt",
        "Lm",
        "Lo",
        "Mn",
        "Mc",
        "So",
        "Sk",
    }


def unseen(text: str, path: PurePosixPath) -> Iterator[Diagnostic]:
    """One finding for each cause, however often it occurs in the file."""
    if _UNUSUAL.search(text) is None:
        return
    heaped = next(_heaped(text), None)
    if heaped is not None:  # and nothing more: what follows would take its time
        yield error(
            "heaped-accents",
            f"plus de {MOST_MARKS} accents sur une même lettre",
            _place(text, heaped, path),
            "aucune langue n’en a autant, et la page déborderait sur ses voisines",
            "effacez cette lettre et retapez-la",
        )
        return
    if _SEEN_BY_NOBODY.search(text):
        yield from _controls(text, path)
        yield from _directions(text, path)
        yield from _invisible(text, path)
    if not unicodedata.is_normalized("NFC", text):
        yield _decomposed(text, path)


def _controls(text: str, path: PurePosixPath) -> Iterator[Diagnostic]:
    first = _CONTROLS.search(text)
    if first is None:
        return
    met = _CONTROLS.findall(text)
    hints = ["un caractère de contrôle ne s’affiche pas et peut couper la page"]
    lost = _lost(first[0])
    if lost:
        hints.append(f"à sa place, il y avait sans doute « {lost} »")
    hints.append("effacez-le et retapez ce qu’il remplace")
    yield error(
        "control-character",
        f"caractère de contrôle dans le texte : {_listed(met)}",
        _place(text, first.start(), path),
        *hints,
    )


def _lost(character: str) -> str:
    if character in _HALVES:
        return _HALVES[character]
    if "\x80" <= character <= "\x9f":
        return character.encode("latin-1").decode("cp1252", "ignore")
    return ""


def _directions(text: str, path: PurePosixPath) -> Iterator[Diagnostic]:
    first = _BIDIS.search(text)
    if first is None:
        return
    met = _BIDIS.findall(text)
    # Left-to-right text stays as it is without them; an override hides what is really written.
    harmless = all(one in _HARMLESS_BIDI for one in met) and not _RIGHT_TO_LEFT.search(text)
    fixes = _edits(text, lambda line: _BIDIS.sub("", line)) if harmless else ()
    yield error(
        "invisible-character",
        f"caractère qui change le sens de lecture : {_listed(met)}",
        _place(text, first.start(), path),
        "le texte affiché ne serait pas celui qui est écrit",
        "effacez-le : retapez la ligne sans la copier",
        fixes=fixes,
    )


def _invisible(text: str, path: PurePosixPath) -> Iterator[Diagnostic]:
    met = [
        (at, character)
        for run in _SEEN_BY_NOBODY.finditer(text)
        for at, character in _gone(run)
        if not _GRAVE.match(character)
    ]
    if not met:
        return
    yield note(
        "invisible-character",
        f"caractère invisible dans le texte : {_listed([character for _, character in met])}",
        _place(text, met[0][0], path),
        "il gêne la recherche et les lecteurs d’écran ; il n’apparaît pas sur le site",
        "effacez-le, ou lancez : cq validate --fix",
        fixes=_edits(text, lambda line: _SEEN_BY_NOBODY.sub(_without, line)),
    )


def _gone(run: re.Match[str]) -> list[tuple[int, str]]:
    """The characters of a run that a page does not keep as they are."""
    kept = dict(_kept(run))
    return [(at, one) for at, one in enumerate(run[0], run.start()) if kept.get(at) != one]


def _without(run: re.Match[str]) -> str:
    """A run as a repair leaves it: what is an error stays, for its author to see."""
    kept = dict(_kept(run))
    return "".join(
        one if _GRAVE.match(one) else kept.get(at, "") for at, one in enumerate(run[0], run.start())
    )


def _decomposed(text: str, path: PurePosixPath) -> Diagnostic:
    fixes = _edits(text, lambda line: unicodedata.normalize("NFC", line))
    first = fixes[0]
    return note(
        "not-nfc",
        f"lettres accentuées en deux morceaux, {_times(len(fixes), 'ligne')}",
        Span(path, first.line, first.column, first.end_column - first.column),
        "à l’écran c’est pareil, mais la recherche et le tri ne les trouvent pas",
        "retapez les lettres accentuées, ou lancez : cq validate --fix",
        fixes=fixes,
    )


def _edits(text: str, change: Callable[[str], str]) -> tuple[Edit, ...]:
    """One edit for each line that `change` changes, as narrow as it can be."""
    edits: list[Edit] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.isascii():
            continue
        changed = change(line)
        if changed == line:
            continue
        start = 0
        shorter = min(len(line), len(changed))
        while start < shorter and line[start] == changed[start]:
            start += 1
        end = 0
        while end < shorter - start and line[-1 - end] == changed[-1 - end]:
            end += 1
        piece = changed[start : len(changed) - end]
        edits.append(Edit(number, start + 1, number, len(line) - end + 1, piece))
    return tuple(edits)


def _place(text: str, at: int, path: PurePosixPath) -> Span:
    return Span(path, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at), 1)


def _listed(met: list[str]) -> str:
    """« espace sans chasse (U+200B), 300 fois ; U+202E »."""
    counted = Counter(met).most_common()
    said = [
        f"{_named(character)}, {count} fois" if count > 1 else _named(character)
        for character, count in counted[:_LISTED]
    ]
    more = len(counted) - _LISTED
    if more > 0:
        said.append(f"et {_times(more, 'autre')}")
    return " ; ".join(said)


def _named(character: str) -> str:
    code = f"U+{ord(character):04X}"
    name = _NAMES.get(character)
    return f"{name} ({code})" if name else code


def _times(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
