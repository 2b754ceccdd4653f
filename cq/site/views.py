"""What a page shows: one frozen value each, and nothing else reaches a template.

NamedTuples of plain values: the digest of a view is its page's whole dependency. Dates are ISO
texts, addresses are relative to the site's root; the theme's filters write them for readers.
The text of an item stands in the view as its `key`, the digest of its source: `render` fetches
it. docs/themes.md is this contract in words; pages that count have theirs in `cq.site.figures`, and
`cq.site.matters` has what a dossier, a question or a débat adds to its page, `cq.site.lots` a draw.
"""

from typing import NamedTuple

from cq.site.lots import Jury
from cq.site.matters import Argument, Debate, Dossier, Question
from cq.site.pieces import Atlas, Card, Glossary, History, Person, Picture, Place, Section, Step

__all__ = ["Card", "Person", "Picture", "Place", "Section", "Step"]  # offered here too


class Chrome(NamedTuple):
    """What every page shares: digested and rendered once."""

    site: str
    arrondissement: str
    menu: tuple[Step, ...]
    quartiers: tuple[Place, ...]
    groups: tuple[Place, ...]
    pages: tuple[Step, ...]  # the site's own, the first few
    legal: tuple[Step, ...]  # what the law asks for, and the site map
    accessibility: str  # « non conforme »
    declaration: str  # address of the accessibility page; "" where there is none
    publisher: str
    publisher_address: str
    contact: str
    licence: str
    language: str
    feed: str
    calendar: str
    json_feed: str
    address: str  # of the site on the web, absolute; "" where it does not know its own
    zone: str  # « Europe/Paris »
    map: Atlas | None = None  # small, for the head of a quartier's pages
    finder: str = ""  # address of « Quel est mon quartier ? »
    glossaries: tuple[Glossary, ...] = ()
    guarded: bool = False  # pages of a private space, in clear: a web server guards them


class Frame(NamedTuple):
    """The head of every page, and where it stands."""

    at: str  # its address
    title: str
    label: str = ""  # for the browser's window, where the title is not unique
    description: str = ""
    place: Place | None = None  # the community that it belongs to; a community's home has none
    section: str = ""  # the menu's current entry
    crumbs: tuple[Step, ...] = ()
    canonical: str = ""  # absolute, where the site knows its address
    feed: str = ""  # this page's own feeds, else the site's
    calendar: str = ""
    asof: str = ""  # the day that the page tells of, for its print
    json_feed: str = ""
    image: str = ""  # absolute, of the item's picture
    root: str | None = None  # of the 404, shown at any depth: links start from here


class PaperView(NamedTuple):
    """The file of plain text itself."""

    key: str  # of what a PDF says, for the renderer


class TextOnly(NamedTuple):
    """What a PDF says, as a file of plain text."""

    address: str
    size: int  # bytes


class ItemView(NamedTuple):
    """Page, actualité, événement, document, page de wiki, dossier, question."""

    frame: Frame
    card: Card
    key: str
    links: tuple[str | None, ...]  # address of each hole; None: a link that leads nowhere today
    names: tuple[tuple[int, str], ...] = ()  # titles for holes without words of their own
    sizes: tuple[tuple[int, int, int], ...] = ()  # number, width, height of the text's images
    author: Person | None = None
    picture: Picture | None = None
    groups: tuple[Place, ...] = ()
    keywords: tuple[str, ...] = ()
    address: str = ""  # of an event: street
    access: str = ""
    agenda: tuple[str, ...] = ()
    votes: tuple[str, ...] = ()
    minutes: Card | None = None  # of an event
    documents: tuple[Card, ...] = ()  # of an event
    questions: tuple[Card, ...] = ()  # asked at an event
    event: Card | None = None  # of a document or a question
    accessible: Step | None = None  # of a document
    text_only: TextOnly | None = None  # of a document that is a PDF
    coming: bool = False  # an event of today or later
    occurrences: tuple[str, ...] = ()  # next days of a repeated event
    rhythm: str = ""  # « chaque dimanche, jusqu’au 29 août 2027 »
    calendar: str = ""  # of an event: its own .ics
    edit: str = ""  # absolute
    dossiers: tuple[Card, ...] = ()  # that it names
    dossier: Dossier | None = None
    question: Question | None = None
    debate: Debate | None = None  # of a débat
    argument: Argument | None = None  # of an argument
    jury: Jury | None = None  # of a draw by lot
    debates: tuple[Card, ...] = ()  # of an event: those that are held there
    cited_by: tuple[Card, ...] = ()  # of wiki, dossier, document: the pages that lead here
    cited_more: int = 0  # those that are not named
    glossed: bool = True  # the glossary's terms are marked in the text
    history: History | None = None  # of a page of the wiki; a page’s last day


class MailingList(NamedTuple):
    """An address to write to: what it is for, and who reads its archives."""

    name: str
    address: str  # e-mail
    type: str  # annonce | discussion | groupe-de-travail
    purpose: str = ""
    archives: str = "aucune"  # public | membres | aucune


class MailingPart(NamedTuple):
    """The addresses of one community; without `place`, of the whole arrondissement."""

    place: Place | None
    contact: str
    lists: tuple[MailingList, ...]


class HomeView(NamedTuple):
    """The arrondissement's home, and each community's."""

    frame: Frame
    place: Place | None
    key: str  # of index.md; "" where there is none
    links: tuple[str | None, ...]
    coming: tuple[Card, ...]
    news: tuple[Card, ...]
    documents: tuple[Card, ...]
    wiki: tuple[Card, ...]
    facts: tuple[tuple[str, str], ...]  # number, purpose, kind of group…
    contact: str
    lists: tuple[Step, ...]
    neighbours: tuple[Place, ...]  # the groups of a quartier, the quartiers of a group
    calendar: str
    feed: str
    names: tuple[tuple[int, str], ...] = ()  # as in ItemView
    sizes: tuple[tuple[int, int, int], ...] = ()
    mailing: tuple[MailingList, ...] = ()  # its own
    dossiers: tuple[Card, ...] = ()  # the open ones, late ones first
    questions: tuple[Card, ...] = ()  # without an answer first, late ones first
    debates: tuple[Card, ...] = ()  # those that are going on
    draws: tuple[Card, ...] = ()  # of the site, not in `coming`: ahead, or drawn within a year
    map: Atlas | None = None
    glossed: bool = True


class ListView(NamedTuple):
    """News of a year, documents of a type, events past or coming, the wiki's index."""

    frame: Frame
    intro: str
    sections: tuple[Section, ...]
    years: tuple[Step, ...] = ()
    kinds: tuple[Step, ...] = ()
    empty: str = ""
    elsewhere: Step | None = None  # where to go from an empty list
    feed: str = ""
    calendar: str = ""


class DayCell(NamedTuple):
    """One day of a month; `cards` are its events."""

    day: str
    number: int
    inside: bool
    today: bool
    cards: tuple[Card, ...]


class MonthView(NamedTuple):
    """A month of the agenda, weeks from Monday."""

    frame: Frame
    month: str  # ISO of its first day
    weeks: tuple[tuple[DayCell, ...], ...]
    empty: bool
    previous: Step | None
    next: Step | None
    calendar: str


class PlacesView(NamedTuple):
    """All quartiers, or all groups."""

    frame: Frame
    intro: str
    places: tuple[tuple[Place, str], ...]  # with one line about each
    map: Atlas | None = None  # of the quartiers


class MailingView(NamedTuple):
    """« Écrire et s’abonner »: every address and list, by community."""

    frame: Frame
    intro: str
    parts: tuple[MailingPart, ...]


class LegalBody(NamedTuple):
    """The publisher or the host, as site.yml tells; "" is shown « à compléter »."""

    name: str
    address: str
    phone: str
    email: str


class LegalView(NamedTuple):
    """A page that the law asks for, made from site.yml."""

    frame: Frame
    site: str
    publisher: LegalBody
    director: str
    host: LegalBody
    data_officer: str
    contact: str
    licence: str
    state: str  # « non conforme »
    day: str  # of the declaration
    audit: Step | None  # its report, where readers may open it
    charter: Step | None
    door: Step | None = None  # the page of the sealed spaces, which keeps something on a device


class MapView(NamedTuple):
    """« Plan du site »: every section, and the pages that stand in none."""

    frame: Frame
    branches: tuple[tuple[str, tuple[Step, ...]], ...]


class DataFile(NamedTuple):
    """A file of data."""

    address: str
    format: str  # "CSV"
    size: int  # bytes


class DataColumn(NamedTuple):
    """What one column of a data set is."""

    name: str
    type: str  # « texte », « date »…
    description: str
    choices: tuple[str, ...] = ()


class DataSheet(NamedTuple):
    """A data set; `columns` are those of the whole site's, told once."""

    name: str
    title: str
    description: str
    rows: int
    changed: str  # the last day that it tells of; "" where none does
    files: tuple[DataFile, ...]
    schema: str  # address
    columns: tuple[DataColumn, ...] = ()


class DataView(NamedTuple):
    """« Données ouvertes »: every public list as a file."""

    frame: Frame
    intro: str
    sheets: tuple[DataSheet, ...]
    places: tuple[tuple[Place, tuple[DataSheet, ...]], ...]  # those of each community
    version: str  # of the columns
    licence: str
    licence_address: str  # where the licence can be read, absolute; "" for one that is not known
    licence_file: str
    catalogue: str


class PlainView(NamedTuple):
    """A page made of its frame alone: 404."""

    frame: Frame
    links: tuple[Step, ...] = ()


class RedirectView(NamedTuple):
    """An old address that sends to the new one."""

    frame: Frame
    target: str
