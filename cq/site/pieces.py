"""What pages are made of, whatever they show: links, cards, headings with cards, pictures, people.

The smallest of the views (`cq.site.views`, which offers them too), under the same law.
"""

from typing import NamedTuple


class Place(NamedTuple):
    """A quartier or a groupe, as a link."""

    name: str
    address: str
    kind: str  # "quartier" | "group"


class Card(NamedTuple):
    """An item in a list. Fields of other kinds are empty."""

    address: str
    title: str
    kind: str
    summary: str = ""
    day: str | None = None
    place: Place | None = None
    updated: str | None = None
    # events
    end_day: str | None = None
    start: str | None = None
    end: str | None = None
    where: str = ""
    type: str = ""
    status: str = ""
    repeated: bool = False
    # documents
    file: str = ""  # address
    format: str = ""  # "PDF"
    size: int = 0  # bytes
    language: str = ""
    # dossiers and questions
    state: str = ""  # "en-cours" (item.DOSSIER_STATES); "en retard" (dossiers.QUESTION_STATES)
    due: str | None = None
    late: bool = False
    asleep: bool = False  # a dossier that nothing has moved for long
    next_step: str = ""  # of a dossier
    answered: str | None = None  # day of a question's answer
    by: str = ""  # who answered: a function
    days: int | None = None  # to a question's answer, or its age; None before it is asked


class Step(NamedTuple):
    """A link with its words: breadcrumbs, menus, years."""

    title: str
    address: str
    current: bool = False
    number: int | None = None  # of items behind it


class Section(NamedTuple):
    """Cards under a heading; `heading` "" shows none."""

    heading: str
    anchor: str
    cards: tuple[Card, ...]
    more: Step | None = None


class Glossary(NamedTuple):
    """The terms that one community defines; they are marked in the texts of its pages."""

    home: str  # the community's address; "" for the whole site, whose terms are everybody's
    address: str  # of the page
    terms: tuple[tuple[str, tuple[str, ...]], ...]  # anchor, ways of writing (`content.terms`)


class Picture(NamedTuple):
    """An image of the page's head; `width` and `height` keep its place until it has come."""

    address: str
    alt: str
    width: int = 0  # in CSS pixels; 0 where nobody knows
    height: int = 0


class Person(NamedTuple):
    """Someone who agreed to be named; « un conseiller » has no function."""

    name: str
    function: str = ""


class Shape(NamedTuple):
    """A quartier on the map; `path` is an SVG path, in the map's units."""

    place: Place
    path: str
    x: int  # where its number may stand
    y: int


class Atlas(NamedTuple):
    """The map of the quartiers. A place of longitude `x` and latitude `y`, in degrees, stands at
    `(x - west) * across` from the left and `(north - y) * upright` from the top.
    """

    width: int
    height: int
    shapes: tuple[Shape, ...]
    credits: tuple[str, ...]  # whose data it is
    west: float
    north: float
    across: float
    upright: float


class Edition(NamedTuple):
    """One version of a text."""

    day: str
    by: str  # "" for who has not agreed to be named


class History(NamedTuple):
    """How a text has changed; a page that is not of the wiki shows its last day alone."""

    day: str  # of the last version
    by: str = ""
    versions: int = 0  # that are known
    whole: bool = True  # False: git knows of no beginning
    editions: tuple[Edition, ...] = ()  # the newest ones, newest first
    more: int = 0  # versions that are not named
    address: str = ""  # where their differences are shown
