"""Where links may lead, and how they are written: addresses, titles, bare URLs, labels.

Pure functions on text. What is refused here never reaches the HTML; nh3 refuses it again.
"""

import re
from html import unescape
from typing import Literal, NamedTuple

Verdict = Literal["inside", "same-page", "outside", "forbidden"]

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# Browsers leave these out of an address before they read its scheme.
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\x9f\xad\u200b-\u200f\u2028\u2029\ufeff]+")
_OUTSIDE = frozenset({"http:", "https:", "mailto:", "tel:"})

_PUNCTUATION = r"!-/:-@\[-`{-~"
_ESCAPED = re.compile(rf"\\([{_PUNCTUATION}])")
_SPACES = re.compile(r"\s+")
_ANGLE = re.compile(r"<((?:[^<>\n\\]++|\\.)*+)>")
_BARE = re.compile(r"(?:[^\s()\\\x00-\x1f\x7f]++|\\[!-~]?|[()])")
_TITLE = r"(\"(?:[^\"\\]++|\\.|\\\n)*+\"|'(?:[^'\\]++|\\.|\\\n)*+'|\((?:[^()\\]++|\\.|\\\n)*+\))"
_SPACE = r"[ ]*+(?:\n[ ]*+)?+"
_LEAD = re.compile(_SPACE)
_TAIL = re.compile(rf"(?:{_SPACE}(?<=[ \n]){_TITLE})?{_SPACE}\)")
_DEFINITION = re.compile(
    r"[ ]{0,3}\[((?:[^\[\]\\]++|\\.){1,999}+)\]:" + _SPACE + r"(<[^<>\n]*+>|[^\s<]\S*+)"
    rf"(?:(?:{_SPACE}(?<=[ \n]){_TITLE})?[ ]*(?:\n|$)|[ ]*(?:\n|$))"
)
_DOMAIN = re.compile(r"[A-Za-z0-9-￿](?:[\w.-]*\w)?")
_ENTITY_TAIL = re.compile(r"&[A-Za-z0-9]+;$")


class Destination(NamedTuple):
    """Where a link leads, and where its mark-up ends in the text."""

    target: str
    title: str
    end: int


def verdict(target: str) -> Verdict:
    """What kind of address this is, read as a browser would read it."""
    seen = _UNSEEN.sub("", target)
    scheme = _SCHEME.match(seen)
    if scheme:
        return "outside" if scheme[0].lower() in _OUTSIDE else "forbidden"
    if seen.startswith("#"):
        return "same-page"
    return "outside" if seen[:2].replace("\\", "/") == "//" else "inside"


def plain(written: str) -> str:
    """A target or a title with its backslashes and entities undone."""
    if "\\" in written:
        written = _ESCAPED.sub(lambda found: "\x00" + found[1], written)
        parts = written.split("\x00")
        # What stood behind a backslash is no beginning of an entity.
        return unescape(parts[0]) + "".join(part[:1] + unescape(part[1:]) for part in parts[1:])
    return unescape(written) if "&" in written else written


def label(written: str) -> str:
    """The name of a reference definition, as references to it are compared."""
    return _SPACES.sub(" ", written.strip()).casefold()


def destination(text: str, start: int) -> Destination | None:
    """`(target "title")`, whose first character is `text[start]`."""
    at = _LEAD.match(text, start + 1).end()  # type: ignore[union-attr]  # matches the empty text
    angle = _ANGLE.match(text, at)
    if angle:
        target, at = angle[1], angle.end()
    elif text.startswith("<", at):
        return None
    else:
        begin, depth = at, 0
        while part := _BARE.match(text, at):
            if part[0] == "(":
                depth += 1
                if depth > 32:
                    return None
            elif part[0] == ")":
                if not depth:
                    break
                depth -= 1
            at = part.end()
        if depth:
            return None
        target = text[begin:at]
    tail = _TAIL.match(text, at)
    if not tail:
        return None
    return Destination(plain(target), plain((tail[1] or "")[1:-1]), tail.end())


class Definition(NamedTuple):
    """`[label]: target "title"`, and where it ends in the text."""

    label: str
    target: str
    title: str
    end: int


def definition(text: str, start: int) -> Definition | None:
    """The reference definition that begins at `text[start]`, if one does."""
    found = _DEFINITION.match(text, start)
    if not found or not found[1].strip() or found[1].startswith("^"):
        return None
    target = found[2][1:-1] if found[2].startswith("<") else found[2]
    title = plain((found[3] or "")[1:-1])
    return Definition(label(found[1]), plain(target), title, found.end())


def bare_url(text: str, start: int, end: int, host: int) -> int:
    """Where a bare URL that runs at most up to `end` really ends; -1 if it is none.

    `host` is where its domain begins. Punctuation at the end is the sentence's, a closing
    parenthesis the URL's only if it opened one (as GFM says); so are French closing signs.
    """
    url = text[start:end]
    excess = url.count(")") - url.count("(")
    while url:
        if url[-1] in "?!.,:*_~'\"»”’…":
            url = url[:-1]
        elif url[-1] == ")" and excess > 0:
            url, excess = url[:-1], excess - 1
        elif url[-1] == ";" and (entity := _ENTITY_TAIL.search(url[-34:])):
            url = url[: -len(entity[0])]
        elif url[-1] == ";":
            url = url[:-1]
        else:
            break
    end = start + len(url)
    domain = _DOMAIN.match(text, host, end)
    if not domain:
        return -1
    parts = domain[0].split(".")
    if "_" in "".join(parts[-2:]) or (host == start and len(parts) < 3):
        return -1
    return end
