"""The site's own plugin: what Pelican's settings and templates cannot say by themselves.

A list of contents for each page, one .ics for each meeting, the calendars, the JSON Feeds, the
yearly reports and the open data. Everything is made in one pass over the articles, and what is the
same on every page (the footer) once.
"""

import calendar
import csv
import datetime
import hashlib
import io
import json
import re
from collections import Counter, defaultdict
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo

from pelican import signals
from pelican.readers import MarkdownReader

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
RUBRICS = {
    "actualites": "Actualités",
    "agenda": "Agenda",
    "debats": "Débats",
    "documents": "Documents",
    "dossiers": "Dossiers",
    "groupes": "Groupes",
    "quartiers": "Quartiers",
    "questions": "Questions",
    "rapport": "Rapport",
    "wiki": "Wiki",
}
ZONE = ZoneInfo("Europe/Paris")
_HERE = Path(__file__).parent
_LONG = re.compile("[^\n]{76,}")


def day(moment: datetime.date) -> str:
    return f"{'1er' if moment.day == 1 else moment.day} {month(moment)}"


def long_day(moment: datetime.date) -> str:
    return f"{DAYS[moment.weekday()]} {day(moment)}"


def month(moment: datetime.date) -> str:
    return f"{MONTHS[moment.month - 1]} {moment.year}"


def weekday(moment: datetime.date) -> str:
    return DAYS[moment.weekday()]


def first_of(name: str) -> datetime.date:
    """« 2026-03 » as its first day."""
    return datetime.date.fromisoformat(f"{name}-01")


def weeks(moment: datetime.date) -> list[list[datetime.date]]:
    return calendar.Calendar().monthdatescalendar(moment.year, moment.month)


def moment(article, clock: str) -> str:
    """A day and an hour with the difference to UTC that Paris has then."""
    at = datetime.time.fromisoformat(clock)
    return datetime.datetime.combine(article.date.date(), at, ZONE).isoformat()


def counted(lists, prefix: str) -> list[tuple[str, int, str]]:
    """The years of one list, newest first: year, how many articles, address."""
    size = len(prefix) + 4
    return sorted(
        (
            (one.name[len(prefix) :], len(articles), one.url)
            for one, articles in lists
            if one.name.startswith(prefix) and len(one.name) == size
        ),
        reverse=True,
    )


def months(categories, tags) -> list[str]:
    names = (one.name for one, _ in [*categories, *tags])
    return sorted(name[7:] for name in names if name.startswith("agenda/") and len(name) == 14)


def about(address: str, lieux) -> dict[str, object]:
    """What a list is called and where it stands, read from its address."""
    parts = address.strip("/").split("/")
    place, rest = None, parts
    if len(parts) > 2 and parts[0] in {"quartiers", "groupes"}:
        place, rest = f"{parts[0]}/{parts[1]}", parts[2:]
    title = RUBRICS[rest[0]]
    if len(rest) > 1:
        title += f", {month(first_of(rest[1]))}" if len(rest[1]) == 7 else f" {rest[1]}"
    return {
        "title": title,
        "kind": rest[0],
        "when": rest[1] if len(rest) > 1 else "",
        "place": place,
        "over": lieux[place][0] if place else "",
        "prefix": f"{place}/" if place else "",
    }


def letters(pages) -> list[tuple[str, list]]:
    """The wiki by letter, as a glossary: a file's name says it without accents."""
    found = sorted(pages, key=lambda page: page.slug.rpartition("/")[2])
    return [
        (letter, list(some))
        for letter, some in groupby(found, lambda page: page.slug.rpartition("/")[2][0].upper())
    ]


def coming(pages, today: str) -> list:
    """The next five meetings."""
    found = (page for page in pages if page.kind == "evenement" and iso(page) >= today)
    return sorted(found, key=lambda page: page.date)[:5]


def iso(article) -> str:
    return f"{article.date:%Y-%m-%d}"


FILTERS = {
    "a_venir": coming,
    "lettres": letters,
    "jour": day,
    "jour_long": long_day,
    "mois": month,
    "semaine": weekday,
    "premier": first_of,
    "semaines": weeks,
    "moment": moment,
}
GLOBALS = {"RUBRIQUES": RUBRICS, "annees": counted, "mois_connus": months, "a_propos": about}


class Reader(MarkdownReader):
    """Keeps the headings that Markdown's `toc` has found while it converted the text."""

    def read(self, source_path):
        content, metadata = super().read(source_path)
        found = self._md.toc_tokens
        shown = [one for heading in found for one in (heading, *heading["children"])]
        if len(shown) > 3:
            metadata["sommaire"] = [(one["level"], one["id"], one["name"]) for one in shown]
        return content, metadata


def _readers(readers) -> None:
    for extension in Reader.file_extensions:
        readers.reader_classes[extension] = Reader


def _shared(generators) -> None:
    """What is the same everywhere, before a page is written: the footer, the reports' years."""
    years = defaultdict(set)
    for generator in generators:
        for article in getattr(generator, "articles", ()):
            if article.kind in {"actualite", "evenement"}:
                years[""].add(article.date.year)
                if place := getattr(article, "lieu_id", ""):
                    years[place].add(article.date.year)
    reports = {place: sorted(found, reverse=True) for place, found in sorted(years.items())}
    for generator in generators:
        if hasattr(generator, "pages"):
            context = generator.context  # all generators have the same one
            context["RAPPORTS"] = reports
            context["PIED"] = generator.get_template("pied").render(context)


def _written(generator, writer) -> None:
    """After the articles: all that is made of several of them, or is no page."""
    output = Path(generator.output_path)
    site = Site(generator, output)
    for place, articles in site.places.items():
        site.calendar(place, articles)
        site.feed(place, articles)
        site.data(place, articles)
    for article in site.places[""]:
        if article.kind == "evenement":
            site.event(article)
    site.reports(writer)


class Site:
    """All articles of the site under "", and those of each quartier and groupe under its name."""

    def __init__(self, generator, output: Path) -> None:
        self.generator = generator
        self.settings = generator.settings
        self.address = self.settings["SITEURL"]
        self.output = output
        self.places = defaultdict(list)
        for article in generator.articles:  # newest first
            self.places[""].append(article)
            if place := getattr(article, "lieu_id", ""):
                self.places[place].append(article)
        self.sets = json.loads((_HERE / "jeux.json").read_text(encoding="utf-8"))
        self.events: dict[str, str] = {}
        self.zone = (_HERE / "paris.ics").read_text(encoding="utf-8").strip()

    def name(self, place: str) -> str:
        return self.settings["LIEUX"][place][0] if place else self.settings["SITENAME"]

    def write(self, path: str, text: str, newline: str = "\n") -> None:
        target = self.output / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline=newline)

    def link(self, article) -> str:
        return f"{self.address}/{article.url}"

    def event(self, article) -> None:
        self._ics(f"{article.url}evenement.ics", article.title, self.link(article), [article])

    def calendar(self, place: str, articles) -> None:
        prefix = f"{place}/" if place else ""
        events = [article for article in articles if article.kind == "evenement"]
        self._ics(f"{prefix}agenda.ics", self.name(place), f"{self.address}/{prefix}", events)

    def _ics(self, path: str, name: str, url: str, events) -> None:
        lines = [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Pelican//conseils de quartier//FR",
            "CALSCALE:GREGORIAN",
            f"NAME:{_escaped(name)}",
            f"X-WR-CALNAME:{_escaped(name)}",
            "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
            f"URL:{url}",
            "X-PUBLISHED-TTL:PT6H",
            "X-WR-TIMEZONE:Europe/Paris",
            self.zone,
            *map(self._event, events),
            "END:VCALENDAR",
            "",
        ]
        self.write(path, "\n".join(lines), newline="\r\n")

    def _event(self, article) -> str:
        """The lines of one meeting, which stand in several calendars."""
        if known := self.events.get(article.slug):
            return known
        day = f"{article.date:%Y%m%d}"
        mark = hashlib.sha256(article.slug.encode()).hexdigest()[:16]
        lines = (
            "BEGIN:VEVENT",
            f"SUMMARY;LANGUAGE=fr:{_escaped(article.title)}",
            f"DTSTART;TZID=Europe/Paris:{day}T{article.debut.replace(':', '')}00",
            f"DTEND;TZID=Europe/Paris:{day}T{article.fin.replace(':', '')}00",
            f"DTSTAMP:{day}T000000Z",
            f"UID:{mark}@conseils.example.org",
            "SEQUENCE:0",
            f"CATEGORIES;LANGUAGE=fr:{article.genre}",
            f"DESCRIPTION;LANGUAGE=fr:{_escaped(article.summary)}",
            f"LOCATION;LANGUAGE=fr:{_escaped(f'{article.lieu}, {article.adresse}')}",
            "STATUS:CONFIRMED",
            f"URL:{self.link(article)}",
            "END:VEVENT",
        )
        # Lines are folded by characters, none of more than 75: close enough to the 75 octets asked.
        text = _LONG.sub(lambda found: "\n ".join(_pieces(found[0])), "\n".join(lines))
        self.events[article.slug] = text
        return text

    def feed(self, place: str, articles) -> None:
        prefix = f"{place}/" if place else ""
        news = [article for article in articles if article.kind == "actualite"][:20]
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.name(place),
            "home_page_url": f"{self.address}/{prefix}",
            "feed_url": f"{self.address}/{prefix}actualites.json",
            "language": "fr",
            "authors": [{"name": self.settings["EDITEUR"]}],
            "items": [
                {
                    "id": self.link(article),
                    "url": self.link(article),
                    "title": article.title,
                    "content_text": article.summary,
                    "summary": article.summary,
                    "date_published": article.date.isoformat(),
                    "date_modified": article.date.isoformat(),
                    "authors": [{"name": article.auteur}],
                }
                for article in news
            ],
        }
        self.write(f"{prefix}actualites.json", json.dumps(feed, ensure_ascii=False, indent=1))

    def data(self, place: str, articles) -> None:
        prefix = f"{place}/" if place else ""
        for name, (title, kind, columns) in self.sets.items():
            chosen = [article for article in articles if article.kind == kind]
            if kind == "wiki":
                chosen.sort(key=lambda article: article.title)
            rows = [self._row(article, columns) for article in chosen]
            table = io.StringIO()
            writer = csv.writer(table, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows([row[column] for column in columns] for row in rows)
            self.write(f"donnees/{prefix}{name}.csv", table.getvalue())
            found = {
                "nom": name,
                "titre": title,
                "version": "1.0",
                "source": self.settings["EDITEUR"],
                "licence": "Licence Ouverte 2.0 (Etalab)",
                "lignes": rows,
            }
            self.write(f"donnees/{prefix}{name}.json", json.dumps(found, ensure_ascii=False))

    def _row(self, article, columns) -> dict[str, str | None]:
        row = {
            "id": article.slug,
            "titre": article.title,
            "date": iso(article),
            "resume": article.summary,
            "communaute": getattr(article, "lieu_id", None),
            "page": self.link(article),
        }
        if article.kind == "evenement":
            row |= {
                "debut": article.debut,
                "fin": article.fin,
                "type": article.genre,
                "statut": "confirmé",
                "lieu": article.lieu,
                "lieu_adresse": article.adresse,
                "ics": f"{self.link(article)}evenement.ics",
            }
        return {column: row[column] for column in columns}

    def reports(self, writer) -> None:
        """A page for each year in which a place has held a meeting or published a news."""
        template = self.generator.get_template("rapport")
        today = self.settings["AUJOURDHUI"]
        for place, years in self.generator.context["RAPPORTS"].items():
            held, news = defaultdict(list), Counter()
            for article in reversed(self.places[place]):
                if article.kind == "actualite":
                    news[article.date.year] += 1
                elif article.kind == "evenement" and iso(article) <= today:
                    held[article.date.year].append(article)
            prefix = f"{place}/" if place else ""
            for year in years:
                url = f"{prefix}rapport/{year}/"
                writer.write_file(
                    f"{url}index.html",
                    template,
                    self.generator.context,
                    relative_urls=self.settings["RELATIVE_URLS"],
                    url=url,
                    report=url,
                    year=year,
                    years=years,
                    held=held[year],
                    news=news[year],
                )


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")


def _pieces(line: str) -> list[str]:
    return [line[start : start + 74] for start in range(0, len(line), 74)]


def register() -> None:
    signals.readers_init.connect(_readers)
    signals.all_generators_finalized.connect(_shared)
    signals.article_writer_finalized.connect(_written)
