"""The style of a drawing: rules that only say how it looks, and fetch nothing.

Not a reader of CSS: what looks odd goes, and the drawing is shown without it. Pure.
"""

import re
from collections.abc import Iterator

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_IMPORT = re.compile(r"@(?:import|charset|namespace)\b[^;{}]*;?", re.IGNORECASE)
_FONT = re.compile(r"@font-face\s*\{[^{}]*\}", re.IGNORECASE)
_AT = re.compile(r"@([^\s({;]*)")
_BREAK = re.compile(r"[\s:,;(){}]+")
_URL = re.compile(r"""url\(\s*(["']?)#([^\s#'"()]+)\1\s*\)""", re.IGNORECASE)
_RULES = frozenset(("media", "supports", "keyframes", "-webkit-keyframes"))
_NAMES = (
    "rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix matrix matrix3d translate "
    "translatex translatey scale scalex scaley rotate skew skewx skewy perspective calc min "
    "max clamp var blur brightness contrast drop-shadow grayscale hue-rotate invert opacity "
    "saturate sepia cubic-bezier steps circle ellipse inset polygon path and or not"
)
_FUNCTIONS = frozenset(_NAMES.split())
_SELECTORS = frozenset(("is", "where", "nth-child", "nth-of-type", "lang"))
_UNSAFE = ("\\", "/*", "<")


def harmless(text: str) -> bool:
    """Whether the value of an attribute leads nowhere outside the drawing."""
    if "(" not in text and "\\" not in text:
        return True
    if "\\" in text or "/*" in text:
        return False
    return _functions(text) <= _FUNCTIONS


def targets(text: str) -> Iterator[str]:
    """The elements of the drawing that a value names: `url(#gradient)`."""
    if "#" in text:
        for found in _URL.finditer(text):
            yield found[2]


def declarations(text: str) -> str:
    """The harmless ones of `fill: red; background: url(…)`."""
    kept = [one for one in text.split(";") if one.strip() and "@" not in one and harmless(one)]
    return ";".join(kept)


def sheet(text: str) -> str:
    """The content of a style element without what it fetches; "" where that is not sure."""
    text = _COMMENT.sub(" ", text)
    text = _FONT.sub("", _IMPORT.sub("", text)).strip()
    if any(sign in text for sign in _UNSAFE):
        return ""
    if not all(found[1].lower() in _RULES for found in _AT.finditer(text)):
        return ""
    return text if _functions(text) <= _FUNCTIONS | _SELECTORS else ""


def _functions(text: str) -> set[str]:
    """What stands before each bracket, `url(#…)` aside."""
    before = _URL.sub(" ", text).lower().split("(")[:-1]
    return {_BREAK.split(one)[-1] for one in before} - {""}
