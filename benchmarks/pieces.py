"""Whether each tool's pages have the same pieces, or one is the fastest because it does less.

Looks at a sample of the built pages for what cq writes on its own: the head, JSON-LD that parses,
the breadcrumb, the list of contents, the footer, the calendar beside a meeting. Counting files
(`generators.count`) sees a page that is not there; this sees one that is there and says less.
Must not measure anything.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

from corpus import Kind, Page
from generators import TODAY as _TODAY

TODAY = date.fromisoformat(_TODAY)
EACH = 5  # pages looked at, of each kind, of quartiers and groupes and of the site
HEAD = ("charset", "description", "color-scheme", "referrer", "content-security-policy")
GRAPH = ("og:title", "og:type", "og:url", "og:site_name", "og:locale", "og:description")
FEEDS = ("application/atom+xml", "application/feed+json", "text/calendar")
TYPES: dict[Kind, str] = {"actualite": "NewsArticle", "evenement": "Event", "wiki": "Article"}
FOOTER = 8  # links, at least: pages of the site, then those that the law asks for


class Read(HTMLParser):
    """The pieces of one page, as found."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.metas: dict[str, str] = {}
        self.links: dict[str, str] = {}  # by relation, or by type where it is an alternate
        self.linked: list[str] = []  # the text of each JSON-LD
        self.counted: dict[str, int] = defaultdict(int)  # links in the breadcrumb, contents, footer
        self.times: list[str] = []
        self._within: list[str] = []
        self._script = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "meta":
            name = found.get("name") or found.get("property") or found.get("http-equiv")
            self.metas[(name or "charset").lower()] = found.get("content", found.get("charset", ""))
        elif tag == "link":
            relation = found.get("rel", "")
            key = found.get("type", "") if relation == "alternate" else relation
            self.links[key] = found.get("href", "")
        elif tag == "script" and found.get("type") == "application/ld+json":
            self._script = True
            self.linked.append("")
        elif tag in {"nav", "footer"}:
            self._within.append("footer" if tag == "footer" else found.get("class", ""))
        elif tag == "a":
            for name in self._within:
                self.counted[name] += 1
        elif tag == "time":
            self.times.append(found.get("datetime", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in {"nav", "footer"} and self._within:
            self._within.pop()
        elif tag == "script":
            self._script = False

    def handle_data(self, data: str) -> None:
        if self._script:
            self.linked[-1] += data


def _read(path: Path) -> Read:
    """cq alone sets French spaces: they are no difference here."""
    html = path.read_text(encoding="utf-8")
    return Read(html.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " "))


def missing(pages: Sequence[Page], output: Path) -> list[str]:
    """What a built site lacks, in words, each with the page; nothing where all is there."""
    found = [
        f"{page.address} : {words}" for page in _sample(pages) for words in _item(page, output)
    ]
    return found + list(_site(pages, output))


def _sample(pages: Sequence[Page]) -> Iterator[Page]:
    groups: dict[tuple[Kind, bool], list[Page]] = defaultdict(list)
    for page in pages:
        groups[page.kind, bool(page.home)].append(page)
    for group in groups.values():
        yield from group[:: max(1, len(group) // EACH)][:EACH]


def _item(page: Page, output: Path) -> Iterator[str]:
    path = output / page.address / "index.html"
    if not path.exists():
        yield "pas de page"
        return
    read = _read(path)
    yield from _head(read, (*HEAD, *GRAPH))
    if not read.metas.get("og:title", "").startswith(page.title):
        yield "og:title n’est pas le titre"
    if not read.links.get("canonical", "").endswith(f"/{page.address}/"):
        yield "pas d’adresse canonique"
    yield from _linked(read, TYPES.get(page.kind), page.title)
    # Accueil, then Quartiers and the quartier, then the list the page stands in.
    steps = 1 + 2 * bool(page.home) + (page.kind != "page")
    if read.counted["fil"] != steps:
        yield f"fil d’Ariane de {read.counted['fil']} liens au lieu de {steps}"
    # The three themes show a list of contents from four headings on, of the second and third level.
    headings = [line for line in page.body.splitlines() if line.startswith(("## ", "### "))]
    wanted = len(headings) if len(headings) > 3 else 0
    if read.counted["sommaire"] != wanted:
        yield f"sommaire de {read.counted['sommaire']} liens au lieu de {wanted}"
    if page.kind in {"actualite", "evenement"} and not any(
        time.startswith(str(page.day)) for time in read.times
    ):
        yield "pas de date"
    if page.event:
        calendar = path.with_name("evenement.ics")
        if not calendar.exists() or "BEGIN:VEVENT" not in calendar.read_text(encoding="utf-8"):
            yield "pas de calendrier"


def _head(read: Read, names: Sequence[str]) -> Iterator[str]:
    yield from (f"pas de {name}" for name in names if not read.metas.get(name))
    yield from (f"pas de lien {kind}" for kind in FEEDS if kind not in read.links)
    if read.counted["footer"] < FOOTER:
        yield f"pied de page de {read.counted['footer']} liens"


def _linked(read: Read, kind: str | None, name: str) -> Iterator[str]:
    if kind is None:
        return
    try:
        things = [json.loads(text) for text in read.linked]
    except ValueError:
        yield "JSON-LD illisible"
        return
    if not any(
        thing.get("@type") == kind and name in {thing.get("name"), thing.get("headline")}
        for thing in things
    ):
        yield f"pas de JSON-LD {kind}"


def _site(pages: Sequence[Page], output: Path) -> Iterator[str]:
    """The home, and one home, its lists, feeds and yearly report for each place of the corpus."""
    for home in sorted({page.home for page in pages}):
        prefix = f"{home}/" if home else ""
        own = [page for page in pages if page.home == home or not home]
        path = output / prefix / "index.html"
        if not path.exists():
            yield f"{prefix} : pas d’accueil"
            continue
        read = _read(path)
        said = [*_head(read, ("color-scheme", "referrer", "og:title", "og:url"))]
        if '"Organization"' not in "".join(read.linked):
            said.append("pas de JSON-LD Organization")
        yield from (f"{prefix or 'accueil'} : {words}" for words in said)
        events = sum(page.kind == "evenement" for page in own)
        calendar = output / prefix / "agenda.ics"
        held = calendar.read_text(encoding="utf-8") if calendar.exists() else ""
        if held.count("BEGIN:VEVENT") != events:
            yield f"{prefix}agenda.ics : {held.count('BEGIN:VEVENT')} réunions au lieu de {events}"
        news = sum(page.kind == "actualite" for page in own)
        yield from _feed(output, f"{prefix}actualites.json", min(news, 20))
        yield from _reports(own, prefix, output)


def _reports(own: Sequence[Page], prefix: str, output: Path) -> Iterator[str]:
    """A report for each year, which links to the meetings that were held."""
    for year in sorted({page.day.year for page in own if page.kind in {"actualite", "evenement"}}):
        path = output / prefix / "rapport" / str(year) / "index.html"
        if not path.exists():
            yield f"{prefix}rapport/{year}/ : pas de page"
            continue
        html = path.read_text(encoding="utf-8")
        held = (page for page in own if page.event and page.day.year == year and page.day <= TODAY)
        lost = sum(f"{page.address}/" not in html for page in held)
        if lost:
            yield f"{prefix}rapport/{year}/ : {lost} réunions absentes"


def _feed(output: Path, address: str, entries: int) -> Iterator[str]:
    try:
        feed = json.loads((output / address).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        yield f"{address} : illisible"
        return
    if len(feed["items"]) != entries:
        yield f"{address} : {len(feed['items'])} entrées au lieu de {entries}"
