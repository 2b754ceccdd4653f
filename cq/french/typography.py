"""French typography of prose: no-break spaces, apostrophes, ellipses, ordinals.

One text at a time: `html` for a text node that is already escaped, `plain` for titles. Spaces are
replaced, never added: « Quoi? » stays as its author wrote it. Addresses and e-mails stay whole.
Nothing here parses HTML: code, attributes and headers are kept away by the caller.

The order of the steps and the shape of the patterns are for speed: this runs on every text of
every page. A pattern that begins with one character, or one of a few, lets the engine leap to it;
what must stand before is asked afterwards, by a look back.
"""

import re

NO_BREAK = "\u00a0"
NARROW = "\u202f"

_SPACES = f" {NO_BREAK}{NARROW}"
_PHONE_SPACES = str.maketrans(dict.fromkeys(_SPACES, NO_BREAK))
_GROUP_SPACES = str.maketrans(dict.fromkeys(_SPACES, NARROW))
_SPACE = f"[{_SPACES}]"
_LETTER = r"[^\W\d_]"
_CAPITAL = "[A-ZÀ-ÖØ-ÞŒ]"

# A text without any of these needs nothing but, perhaps, a ligature.
_WORK = re.compile("[0-9'!?:;«»°&JMIVX]")
_DIGIT = re.compile("[0-9]")

# What holds an address: a whole run without spaces.
_TOKEN = re.compile(r"(?<!\S)\S*(?:://|@|www\.)\S*")

_SEMICOLON = re.compile(r" ;(?=\s|\Z)")
_COLON = re.compile(r" :(?=\s|\Z)")
_TOO_WIDE = re.compile(rf"{NO_BREAK}(?=[!?]|;(?:\s|\Z))")

# Between two letters; or after a letter that elision left, before « …, a figure, or the element
# that follows the node. « residents' » and quotations in single quotes are left alone.
_APOSTROPHE = re.compile(
    rf"'(?:(?<={_LETTER}')(?={_LETTER})"
    r"|(?=[«“0-9]|\Z)(?:(?<![\w'][A-Za-z]')(?<=[cdjlmnstCDJLMNST]')|(?<![\w'][Qq]u')(?<=[Qq]u')))"
)
_ELLIPSIS = re.compile(r"\.\.\.(?<![./]\.\.\.)(?![./])")

# The space between a number and its unit, or between an abbreviation and its number.
_UNIT = re.compile(
    r" (?:(?<=[0-9] )"
    r"(?:(?=[%‰€$£](?!\w))"
    r"|(?=(?:h|min|k?m(?:/h|[²³])?|[cm]m[²³]?|ha|[km]?g|[cm]?[lL]|t|°C|[kKMGT]o|[kMG]W[hc]?"
    r"|av\.|apr?\.)(?![\w'’/-])))"
    r"|(?=[0-9])"
    rf"(?:(?<=[0-9][ {NO_BREAK}]h )|(?<=[0-9]h )"
    r"|(?<=\b[nN][°º] )|(?<=\b[pP]\. )|(?<=\bpp\. )|(?<=\bart\. )|(?<=\bfig\. )|(?<=\bvol\. )))"
)
_TITLE = re.compile(rf"(M(?<!\wM)(?:\.|M\.|mes?|lles?)) (?={_CAPITAL}|\Z)")
_ERA = re.compile(r" (?=J\.-C\.)(?:(?<=\bav\. )|(?<=\bap\. )|(?<=\bapr\. ))")

_STOP = r"(?![\w/@]|[.\-]\w)"
_NUMBER = re.compile(
    r"[0-9](?<![\w.,/#@\x02][0-9])(?:"
    rf"(?:(?<=0)[1-9]|(?<=\+3)3(?:{_SPACE}?\(0\))?{_SPACE}?[1-9])"
    rf"(?P<phone>(?:{_SPACE}[0-9]{{2}}){{4}})(?![0-9])"
    rf"|(?<![0-9]{_SPACE}[0-9])[0-9]{{0,2}}"
    rf"(?P<group>(?:{_SPACE}[0-9]{{3}}){{1,5}})(?![0-9]|{_SPACE}[0-9])"
    rf"|(?<!-[0-9])(?:[0-9]{{0,3}}(?P<rank>i?[èe]mes?|es?)|(?<=1)(?P<first>[eè]?res?|ers?)"
    rf"|(?<=2)(?P<second>nde?s?)){_STOP})"
)
# « XXe », « Ier »; « Ve » and « Xe » only before the words that make a number of them.
_ROMAN = re.compile(
    r"[IVX](?<![\w/@.][IVX])(?:(?<=I)(?P<first>er)"
    r"|(?:[IVX]{1,6}|(?<=[VX])"
    rf"(?=[a-zè]{{1,5}}{_SPACE}(?:siècle|arrondissement|République)))(?P<rank>i?[èe]mes?|es?)"
    r")(?![\w/@]|\.\w)"
)

_LIGATURE = re.compile(
    r"(?<![\w/@.])(?:(?:man)?oeuvres?|b?oeufs?|(?:ch?|s)oeurs?|moeurs|voeux?|noeuds?|oeil)"
    r"(?![\w/@]|\.\w)",
    re.IGNORECASE,
)


def html(text: str) -> str:
    """One escaped text node, as French print has it. Idempotent.

    `&nbsp;` and `&#39;` may come back as the characters that they stand for; ordinals bring
    `<sup>`. A space at the node's edge counts, though the mark that it belongs to is next door.
    """
    if not _WORK.search(text) and "..." not in text:
        return _with_ligatures(text)
    if "&" in text:
        text = text.replace("&nbsp;", NO_BREAK).replace("&#39;", "'").replace("&#x27;", "'")
    return _around_addresses(text, raised=True)


def plain(text: str) -> str:
    """The same for a text without markup: « Le 10e », with its ordinals on the line."""
    if not _WORK.search(text) and "..." not in text:
        return _with_ligatures(text)
    return _around_addresses(text, raised=False)


def _around_addresses(text: str, *, raised: bool) -> str:
    if "@" not in text and "://" not in text and "www." not in text:
        return _dressed(text, raised=raised)
    made: list[str] = []
    done = 0
    for token in _TOKEN.finditer(text):
        made += (_dressed(text[done : token.start()], raised=raised), token.group())
        done = token.end()
    made.append(_dressed(text[done:], raised=raised))
    return "".join(made)


def _dressed(text: str, *, raised: bool) -> str:
    text = _with_spaces(text)
    if "'" in text:
        text = _APOSTROPHE.sub("’", text)
    if "..." in text:
        text = _ELLIPSIS.sub("…", text)
    if "M" in text:
        text = _TITLE.sub("\\1\u00a0", text)
    form = _raised if raised else _on_the_line
    if _DIGIT.search(text):
        text = _NUMBER.sub(form, _UNIT.sub(NO_BREAK, text))
    if "J.-C." in text:
        text = _ERA.sub(NO_BREAK, text)
    if "I" in text or "V" in text or "X" in text:
        text = _ROMAN.sub(form, text)
    return _with_ligatures(text)


def _with_spaces(text: str) -> str:
    """No-break spaces before `: ; ! ?` and inside « », where there were spaces."""
    text = text.replace(" ?", "\u202f?").replace(" !", "\u202f!")
    if " :" in text:
        text = _COLON.sub("\u00a0:", text)
    if " ;" in text:
        text = _SEMICOLON.sub("\u202f;", text)
    if "«" in text or "»" in text:
        text = text.replace("« ", "«\u00a0").replace(" »", "\u00a0»")
    if NO_BREAK in text:
        text = _TOO_WIDE.sub(NARROW, text)
    return text


def _on_the_line(found: re.Match[str]) -> str:
    """A telephone number, groups of three, or a rank as plain text has it."""
    start, tail = _parted(found)
    return start + tail


def _raised(found: re.Match[str]) -> str:
    """The same; the ending of a rank is raised."""
    start, tail = _parted(found)
    return start + tail if tail[0] in _SPACES else f"{start}<sup>{tail}</sup>"


def _parted(found: re.Match[str]) -> tuple[str, str]:
    """What stays, and what follows it in its proper form: figures with their spaces, or an ending.

    « ème » and « ière » are school spellings of « e » and « re ».
    """
    name = found.lastgroup or ""
    tail = found[name]
    start = found.group()[: -len(tail)]
    if name == "phone":
        return start.translate(_PHONE_SPACES), tail.translate(_PHONE_SPACES)
    if name == "group":
        return start, tail.translate(_GROUP_SPACES)
    if name == "rank":
        return start, "es" if tail.endswith("s") else "e"
    if name == "first" and tail[0] in "eè" and tail[1] == "r" and len(tail) > 2 and tail[2] == "e":
        return start, tail[1:]
    return start, tail


def _with_ligatures(text: str) -> str:
    """« coeur » becomes « cœur »: a closed list, for no rule tells « moelle » from « soeur »."""
    if "oe" in text or "Oe" in text or "OE" in text:
        return _LIGATURE.sub(_bound, text)
    return text


def _bound(found: re.Match[str]) -> str:
    return found.group().replace("oe", "œ").replace("Oe", "Œ").replace("OE", "Œ")
