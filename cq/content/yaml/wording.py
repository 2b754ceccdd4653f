"""One value on one line: what YAML would make of it, and what its author meant.

Pure questions about a piece of text; `cq.content.yaml.mend` asks them, with the lines around.
"""

import re
from typing import NamedTuple

WORD = re.compile(r"[^\W\d_][\w-]*")
PLAIN_KEY = re.compile(r"[a-zà-öø-ÿœ][a-zà-öø-ÿœ0-9_-]*\Z")  # as our own keys look
_HASH = re.compile(r"[ \t]#")
_COLON = re.compile(r":(?=[ \t]|\Z)")
_QUOTED = {
    '"': re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL),
    "'": re.compile(r"'(?:[^']|'')*'"),
}
_COMMENT = re.compile(r"\s*(?:\s#.*)?\Z", re.DOTALL)
_ESCAPE = re.compile(
    r"\\(?:[0abtnvfre \"/\\N_LP\t]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})"
)
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_TAG = re.compile(r"!(?:![A-Za-z]|<)")
_NAME = re.compile(r"(?:\*([\w-]+)\Z|&([\w-]+)(?=\s|\Z))")
_NEVER_FIRST = "@`%|>,]}[{"
_WEEKDAY = r"(?:[^\W\d_]{5,8}\s+)?"
_FIGURES = r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}"
_WORDS = r"\d{1,2}(?:er)?\s+[^\W\d_]{3,9}\.?\s+\d{4}"
_DAY = rf"{_WEEKDAY}(?:{_FIGURES}|{_WORDS})"
_HOUR = r"\d{1,2}\s*(?::\d{2}(?::\d{2})?|h\s*(?:\d{2})?)"
_DATE_OR_HOUR = re.compile(rf"(?:{_DAY}|{_HOUR}|{_DAY}[ T,à]+{_HOUR})\Z", re.IGNORECASE)


class Wording(NamedTuple):
    """How a text is to be read: `sure` where it has exactly one reading."""

    code: str
    value: str
    message: str
    sure: bool = True


class Names(NamedTuple):
    """Anchors (`&x`) and aliases (`*x`) that a header uses: only a pair of them is YAML's."""

    anchors: frozenset[str]
    aliases: frozenset[str]


_ANCHORS = re.compile(r"(?<![^\s\[{,])([&*])([\w-]+)(?![^\s\]},])")


def names(header: str) -> Names:
    """The names after `&` and `*` in `header`."""
    anchors: set[str] = set()
    aliases: set[str] = set()
    if "&" in header and "*" in header:
        for sign, name in _ANCHORS.findall(header):
            (anchors if sign == "&" else aliases).add(name)
    return Names(frozenset(anchors), frozenset(aliases))


def quoted(text: str) -> str:
    """`text` between the quotes that suit it: YAML reads back exactly `text`."""
    if "\n" in text or "\t" in text:
        inner = escaped(text).replace("\n", "\\n").replace("\t", "\\t")
        return f'"{inner}"'
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def escaped(text: str) -> str:
    """`text` for the inside of double quotes."""
    return text.replace("\\", "\\\\").replace('"', '\\"')


def wording(text: str, known: Names) -> Wording | None:
    """How to read a value of one line, without blanks around it; None when YAML reads it right.

    Lists and mappings between brackets are the caller's: here they count as text.
    """
    first = text[0]
    if first in "\"'":
        return _double(text) if first == '"' else _single(text)
    if loses(text):
        found = _HASH.search(text)
        dated = found is not None and _DATE_OR_HOUR.match(text[: found.start()].rstrip())
        return None if dated else _hashed(text)
    if _is_sign(text, known):
        return Wording("needs-quotes", text, f"« {first} » au début d’une valeur a un autre sens")
    if first not in "*&!" and _COLON.search(text):
        return Wording("unquoted-colon", text, "un deux-points dans une valeur sans guillemets")
    return None


def loses(text: str) -> bool:
    """Whether a line of text would lose its end to a comment."""
    return text.startswith("#") or _HASH.search(text) is not None


def has_colon(text: str) -> bool:
    """Whether YAML would see a key in a line of text."""
    return _COLON.search(text) is not None


def is_key(text: str) -> bool:
    """Whether a line of text looks like a key or an item that was meant as such."""
    word = WORD.match(text)
    if text.startswith("- ") or word is None or not PLAIN_KEY.match(word[0]):
        return text.startswith("- ")
    return _COLON.match(text[word.end() :].lstrip()) is not None


def ends(text: str, start: int) -> int | None:
    """Where the quotes that open at `start` close, and only a comment follows; else None."""
    match = _QUOTED[text[start]].match(text, start)
    if match is None or not _COMMENT.match(text, match.end()):
        return None
    return match.end()


def bad_escape(text: str) -> bool:
    """Whether a text in double quotes has a backslash that YAML does not know."""
    return "\\" in _ESCAPE.sub("", text)


def _hashed(text: str) -> Wording:
    lost = text[text.find("#") :]
    if len(lost) > 60:
        lost = f"{lost[:60]}…"
    return Wording(
        "lost-after-hash", text, f"tout ce qui suit # serait perdu : « {lost} »", sure=False
    )


def _double(text: str) -> Wording | None:
    end = ends(text, 0)
    if end is not None:
        if not bad_escape(text[:end]):
            return None
        message = "une barre « \\ » entre guillemets droits a un autre sens"
        return Wording("needs-quotes", text[1 : end - 1], message, sure=False)
    if _QUOTED['"'].match(text) is None:
        return _open(text)
    inner = text.find('"', 1)
    nested = text[inner - 1].isspace() and not text[inner + 1].isspace()
    if text.endswith('"') and nested and "\\" not in text and len(text) > inner + 1:
        message = "des guillemets droits à l’intérieur de guillemets droits"
        return Wording("needs-quotes", text[1:-1], message)
    return _part(text)


def _single(text: str) -> Wording | None:
    if ends(text, 0) is not None:
        return None
    signs = text.count("'") - len(_APOSTROPHE.findall(text))
    if signs == 1:
        return _open(text)
    if signs == 2 and text.endswith("'"):
        message = "une apostrophe à l’intérieur d’apostrophes"
        return Wording("needs-quotes", text[1:-1], message)
    return _part(text)


def _open(text: str) -> Wording:
    message = f"le guillemet {text[0]} n’est jamais refermé"
    return Wording("needs-quotes", text[1:].strip(), message, sure=False)


def _part(text: str) -> Wording:
    if loses(text):
        return _hashed(text)
    return Wording("needs-quotes", text, "des guillemets droits autour d’une partie de la valeur")


def _is_sign(text: str, known: Names) -> bool:
    """Whether the first character means something to YAML that nobody meant."""
    first = text[0]
    if first in _NEVER_FIRST:
        return True
    if first in "-?:":
        return len(text) == 1 or text[1] in " \t"
    if first == "!":
        return _TAG.match(text) is None
    if first in "&*":
        name = _NAME.match(text)
        used = known.anchors if first == "*" else known.aliases
        return name is None or (name[1] or name[2]) not in used
    return False
