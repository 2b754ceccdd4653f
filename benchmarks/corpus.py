"""The bench corpus: N French civic pages of about 400 words, the same for every tool of the bench.

One seed makes one corpus, byte for byte. A page's links stand in its text as `(@7)`, the number of
the page meant; `layouts.py` turns them into what each tool resolves by itself. Must not read the
clock, nor anything outside this folder.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random  # noqa: TID251 - only ever an instance with a seed, as an argument
from typing import Literal

import phrases

Kind = Literal["actualite", "evenement", "wiki", "page"]

SEED = 10
FOLDERS: dict[Kind, str] = {
    "actualite": "actualites",
    "evenement": "agenda",
    "wiki": "wiki",
    "page": "pages",
}
HOMES = (
    *((f"quartiers/{slug}", name) for slug, name in phrases.QUARTIERS),
    *((f"groupes/{slug}", name) for slug, name, _ in phrases.GROUPES),
)
FIRST_DAY = date(2018, 1, 8)
LAST_NEWS = date(2026, 11, 20)
LAST_EVENT = date(2026, 12, 31)
WORDS = 400
# Shares of a council's repository as we expect it to grow: mostly news, then meetings.
_KINDS: Sequence[Kind] = ("actualite",) * 50 + ("evenement",) * 25 + ("wiki",) * 20 + ("page",) * 5


@dataclass(frozen=True, slots=True)
class Event:
    """What an événement has beside its text."""

    start: str
    end: str
    venue: tuple[str, str]
    type: str


@dataclass(slots=True)
class Page:
    """One item. `home` is its quartier or groupe (`quartiers/…`), empty for the arrondissement."""

    number: int
    kind: Kind
    home: str
    name: str  # file name without extension: `2026-03-10-piste-cyclable`, or `piste-cyclable`
    title: str
    day: date
    summary: str
    event: Event | None
    body: str = field(default="", repr=False)

    @property
    def ident(self) -> str:
        """The page's path under `content/`, without extension."""
        return "/".join(filter(None, (self.home, FOLDERS[self.kind], self.name)))

    @property
    def address(self) -> str:
        """An item's id is its address, but for `pages/`, which stand at the root."""
        return self.ident.removeprefix("pages/")


def slugify(text: str) -> str:
    text = text.lower().replace("œ", "oe").replace("æ", "ae").replace("’", "-")
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def french_date(day: date) -> str:
    number = "1er" if day.day == 1 else str(day.day)
    return f"{phrases.DAYS[day.weekday()]} {number} {phrases.MONTHS[day.month - 1]} {day.year}"


def corpus(count: int, rng: Random) -> list[Page]:
    """`count` pages with their texts, links included."""
    pages = list(_heads(count, rng))
    neighbours: dict[str, list[Page]] = {}
    for page in pages:
        neighbours.setdefault(page.home, []).append(page)
    for page in pages:
        page.body = _body(page, pages, neighbours[page.home], rng)
    return pages


def _heads(count: int, rng: Random) -> Iterator[Page]:
    taken: set[str] = set()
    for number in range(count):
        kind = _KINDS[number] if number < len(set(_KINDS)) else rng.choice(_KINDS)
        # The pages of the arrondissement stand at its root; all else is mostly a quartier's.
        home = "" if kind == "page" or rng.random() < 0.18 else rng.choice(HOMES)[0]
        day = _day(rng, LAST_EVENT if kind == "evenement" else LAST_NEWS)
        title = f"{rng.choice(phrases.SUBJECTS)} : {rng.choice(phrases.PLACES)}"
        dated = kind in {"actualite", "evenement"}
        stem = f"{day.isoformat()}-{slugify(title)}" if dated else slugify(title)
        # A slug is unique in its kind, so that a reference by slug is never ambiguous.
        name, again = stem, 1
        while f"{kind}/{name}" in taken:
            again += 1
            name = f"{stem}-{again}"
        taken.add(f"{kind}/{name}")
        if again > 1:
            title = f"{title} ({again})"
        event = None
        if kind == "evenement":
            hour = rng.randrange(9, 20)
            event = Event(
                start=f"{hour:02}:{rng.choice((0, 30)):02}",
                end=f"{hour + 2:02}:{rng.choice((0, 30)):02}",
                venue=rng.choice(phrases.VENUES),
                type=rng.choice(phrases.EVENT_TYPES),
            )
        summary = _fill(rng.choice(phrases.SUMMARIES), rng)
        yield Page(number, kind, home, name, title, day, summary, event)


def _day(rng: Random, last: date) -> date:
    return FIRST_DAY + timedelta(days=rng.randrange((last - FIRST_DAY).days + 1))


class _Slots(dict[str, str]):
    """Fields of a mould, each drawn when it is asked for, so that none is drawn in vain."""

    def __init__(self, rng: Random, link: str) -> None:
        super().__init__(link=link)
        self.rng = rng

    def __missing__(self, key: str) -> str:
        rng = self.rng
        if key == "money":
            return f"{rng.randrange(1, 180)} {rng.choice(('000', '500'))} €"
        if key == "count":
            return str(rng.randrange(5, 99))
        if key == "share":
            return f"{rng.randrange(5, 95)} %"
        if key == "hour":
            return f"{rng.randrange(17, 21)} h {rng.choice(('00', '15', '30'))}"
        if key == "day":
            return french_date(_day(rng, LAST_EVENT))
        word = rng.choice(phrases.SLOTS[key.lower()])
        return word[0].upper() + word[1:] if key[0].isupper() else word


def _fill(mould: str, rng: Random, link: str = "") -> str:
    return mould.format_map(_Slots(rng, link))


def _sentences(rng: Random, low: int, high: int) -> str:
    moulds = rng.sample(phrases.SENTENCES, rng.randint(low, high))
    return " ".join(_fill(mould, rng) for mould in moulds)


def _body(page: Page, pages: list[Page], near: list[Page], rng: Random) -> str:
    """About `WORDS` words: paragraphs under headings, then a list, a table, a quotation, links."""
    target = rng.gauss(WORDS, 50)
    blocks = [_fill(rng.choice(phrases.INTROS), rng) + " " + _sentences(rng, 1, 2)]
    links = rng.randint(2, 3)
    headings = rng.sample(phrases.HEADINGS, len(phrases.HEADINGS))
    footnote = rng.random() < 0.1
    words = len(blocks[0].split())
    for section, heading in enumerate(headings):
        part = [f"## {heading}", _sentences(rng, 1, 3)]
        if section < links:
            part[-1] += " " + _link(page, pages if rng.random() < 0.4 else near, rng)
        if footnote and section == 0:
            part[-1] += "[^1]"
        if rng.random() < 0.45:
            part.append(_list(rng))
        if rng.random() < 0.12:
            part.append(_table(rng))
        if rng.random() < 0.1:
            part.append("> " + _fill("« {said} », disait déjà {who} le {day}.", rng))
        if rng.random() < 0.25:
            part += [f"### {rng.choice(phrases.SUBHEADINGS)}", _sentences(rng, 1, 2)]
        size = sum(len(block.split()) for block in part)
        # Half a section too long is as good as half a section too short.
        if section >= links and words + size / 2 > target:
            break
        blocks += part
        words += size
    if footnote:
        blocks.append("[^1]: " + _fill("Chiffres communiqués par {who} le {day}.", rng))
    return "\n\n".join(blocks) + "\n"


def _link(page: Page, among: list[Page], rng: Random) -> str:
    target = rng.choice(among)
    if target is page:
        target = among[(among.index(page) + 1) % len(among)]
    return _fill(rng.choice(phrases.LINKS), rng, f"[{target.title}](@{target.number})")


def _list(rng: Random) -> str:
    numbered = rng.random() < 0.25
    items = rng.sample(phrases.ITEMS, rng.randint(3, 5))
    lines = [
        (f"{place}. " if numbered else "- ")
        + _fill(item, rng)
        + (" ;" if place < len(items) else ".")
        for place, item in enumerate(items, 1)
    ]
    if not numbered and rng.random() < 0.3:
        lines.insert(1, "    - " + _fill("{count} avis recueillis, {share} favorables", rng))
    return "\n".join(lines)


def _table(rng: Random) -> str:
    rows = ["| Lieu | Coût | Échéance |", "|---|---:|---|"]
    rows += [_fill("| {where} | {money} | {day} |", rng) for _ in range(rng.randint(3, 5))]
    return "\n".join(rows)
