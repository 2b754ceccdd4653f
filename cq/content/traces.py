"""What a text may tell of a person: e-mail addresses, mobile numbers, homes, names of residents.

Only finds candidates with their places; which of them are fit for the public is judged by
`cq.content.checks.privacy` with the site's list. Reads the raw file: what stands in a code block
or in an attribute is published as well.
"""

import re
from collections.abc import Iterator

from cq.content.item import Trace

_MOST = 200  # of one file; a list of thousands needs no thousandth finding

_LOCAL = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.!#$%&'*+-=?^_`{|}~")
_EDGES = "!#$%&'*=?^`{|}~."
_DOMAIN = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}[^\W\d_]{2,24}(?![\w-])")
# « jean (at) exemple.fr »: hidden from robots, still a person's.
_HIDDEN = re.compile(
    r"(?<![\w.+-])([\w.+-]{1,64})[ ]?[\[({](?:at|arobase|chez)[\])}][ ]?"
    r"((?:[\w-]{1,63}\.){1,8}[a-z]{2,24})\b",
    re.IGNORECASE,
)

# Spaces that do not break are spaces here, and all hyphens are one; lengths stay.
_EVEN = (*((blank, " ") for blank in "\xa0\u202f\u2009\u2007"), *((dash, "-") for dash in "‐‑‒–−"))
_SEP = "[ .\\-/_]{1,2}"
_MOBILE = re.compile(
    r"(?<!\d)(?<!\d[-./,])(?:(?:\+|00)33[ .-]?(?:\(0\))?[ .-]?|0)[67]"
    rf"(?:(?:\d{{2}}){{4}}|(?:{_SEP}\d{{2}}){{4}}|{_SEP}\d{{2}}{_SEP}\d{{3}}{_SEP}\d{{3}}"
    rf"|{_SEP}\d{{3}}{_SEP}\d{{3}}{_SEP}\d{{2}}|\d{{2}}(?:{_SEP}\d{{3}}){{2}}"
    rf"|(?:[ ]\d){{8}})(?!\d)(?![.,-]\d)"
)
# Where a number may begin: the pattern itself is too slow to be tried everywhere.
_MAYBE = (re.compile("0[67]"), re.compile("33[ .(-]?[ (.67-]"))
_DAY = re.compile(r"\d{2}([./-])\d{2}\1(?:19|20)")

_WAYS = (
    "rue|avenue|av\\.|boulevard|bd\\.?|bld|place|passage|impasse|quai|cité|allée|allées|square|"
    "villa|cour|chemin|faubourg|sente|sentier|ruelle|rond-point|esplanade"
)
_STREET = rf"\d{{1,4}}[ ]?(?:bis|ter|quater)?,?[ ]+(?:{_WAYS})[ ]"
_DOOR = (
    r"\d{1,2}[ ]?(?:e|er|ère|ᵉ|ème|ème)[ ]étage|\bappartement\b|\bappt?\b\.?|\bapt\b\.?|"
    r"\bdigicode\b|\bcode[ ](?:d’entrée|d'entrée|porte|:)|\binterphone\b|\bbât(?:iment|\.)|"
    r"\bescalier[ ][A-Z0-9]\b|\bchez[ ](?:M\.|Mme|Mlle|monsieur|madame)"
)
_HOME = re.compile(rf"({_STREET}[^.;\n|]{{2,60}}?)[,;()][ ]?(?:\w+[ ])?(?:{_DOOR})", re.IGNORECASE)
_AT = rf"(?:[ ](?:au|à))?(?:[ ]n°)?[ ]({_STREET}[^.;,\n|]{{2,60}})"
# Each begins with plain letters, which Python looks for quickly; capitals are left out with them.
_LIVES = tuple(
    re.compile(stem + _AT)
    for stem in ("abit(?:e|es|ent|ait|aient|ant)", "emeurant", "omiciliée?s?", "ésid(?:e|ent|ant)")
)
_DOORS = (
    "étage", "ppartement", " appt", " apt", "igicode", "ode d", "ode p", "ode :", "nterphone",
    "âtiment", "ât.", "scalier ", "hez M",
)  # fmt: skip
# A floor or a staircase of these is an institution's.
_INSTITUTION = re.compile(
    r"mairie|maison|école|collège|lycée|salle|centre|gymnase|bibliothèque|médiathèque|théâtre|"
    r"local|association|espace|hôpital|préau|bureau|cinéma|hôtel|conservatoire|foyer|préfecture|"
    r"tribunal|musée|crèche|paroisse|église|commissariat|université|institut|atelier|siège|"
    r"lieu:|adresse:|acces:|accès:",
    re.IGNORECASE,
)
_CIVILITIES = ("M. ", "Mme ", "Mr ", "Mlle ", "onsieur ", "adame ", "oiselle ")
_RESIDENT = re.compile(
    r"\b(?:M\.|MM\.|Mr\.?|Mme|Mlle|Monsieur|Madame|Mademoiselle)[ ]"
    r"[A-ZÀ-ÖØ-Þ][\w’'.-]*(?:[ ](?:(?:de|du|des|d’|d'|la|le)[ ]?){0,2}[A-ZÀ-ÖØ-Þ][\w’'.-]*){0,3}"
    r"[ ]?[,(–-]{1,2}[ ]?(?:une?[ ]|la[ ]|le[ ])?"
    r"(habitante?|riveraine?|voisine?|résidente?|locataire|administrée?)\b\)?"
)


def traces(text: str) -> tuple[Trace, ...]:
    """Every candidate of `text` (lines ending in LF), in the order of places."""
    found: dict[tuple[int, str], tuple[str, str]] = {}
    for at, kind, words in candidates(text):
        found.setdefault((at, kind), (kind, words))
        if len(found) >= _MOST:
            break
    return tuple(_placed(text, found))


def candidates(text: str) -> Iterator[tuple[int, str, str]]:
    """(place, kind, words) of each candidate, without end and one kind after the other."""
    even = text
    if not text.isascii():
        for odd, plain in _EVEN:
            if odd in even:
                even = even.replace(odd, plain)
    for at, kind, words in _all(even):
        yield at, kind, text[at : at + len(words)]


def _all(text: str) -> Iterator[tuple[int, str, str]]:
    yield from _emails(text)
    yield from _mobiles(text)
    for lives in _LIVES:
        for home in lives.finditer(text):
            yield home.start(1), "home", home[1].rstrip()
    if any(word in text for word in _DOORS):
        for home in _HOME.finditer(text):
            begin = max(0, home.end() - 200)
            line = text[max(text.rfind("\n", begin, home.start()) + 1, begin) : home.end()]
            if not _INSTITUTION.search(line):
                yield home.start(), "home", home[0].rstrip()
    if any(word in text for word in _CIVILITIES):
        for named in _RESIDENT.finditer(text):
            yield named.start(), "resident", named[0]


def _mobiles(text: str) -> Iterator[tuple[int, str, str]]:
    for pattern, before in zip(_MAYBE, ("", "+"), strict=True):
        for maybe in pattern.finditer(text):
            at = maybe.start()
            if before:
                at -= 1 if text.startswith(before, at - 1) else 2
            mobile = _MOBILE.match(text, at) if at >= 0 else None
            if mobile and not _DAY.match(mobile[0]) and not _in_address(text, at):
                yield at, "mobile", mobile[0]


def _emails(text: str) -> Iterator[tuple[int, str, str]]:
    at = text.find("@")
    while at >= 0:
        start = at
        while start > 0 and at - start < 64 and _is_local(text[start - 1]):
            start -= 1
        while start < at and text[start] in _EDGES:
            start += 1
        domain = _DOMAIN.match(text, at + 1)
        if start < at and domain and text[at - 1] != "." and not _in_address(text, start):
            yield start, "email", text[start : domain.end()]
        at = text.find("@", at + 1)
    if "(at" in text or "[at" in text or "arobase" in text or "{at" in text or "(chez" in text:
        for hidden in _HIDDEN.finditer(text):
            yield hidden.start(), "email", hidden[0]


def _is_local(one: str) -> bool:
    return one.lower() in _LOCAL or (one > "\x7f" and one.isalnum())


def _in_address(text: str, at: int) -> bool:
    """Whether the place stands inside a web address: « https://forge.example/@nom »."""
    begin = max(text.rfind(blank, max(0, at - 200), at) for blank in " \n(<\"'|[")
    return "://" in text[begin + 1 : at]


def _placed(text: str, found: dict[tuple[int, str], tuple[str, str]]) -> Iterator[Trace]:
    """Lines and columns, in one pass; the same words once a line."""
    line, begin = 1, 0
    seen: set[tuple[int, str]] = set()
    for (at, _), (kind, words) in sorted(found.items()):
        line += text.count("\n", begin, at)
        begin = at
        if (line, words) in seen:
            continue
        seen.add((line, words))
        column = at - (text.rfind("\n", 0, at) + 1) + 1
        yield Trace(kind, words, line, column, len(words))
