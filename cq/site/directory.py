"""What is shown by the pages that one asks: « Quel est mon quartier ? », with the streets as a
directory lists them, « Recherche », and the door of the sealed spaces. Views, as in
`cq.site.views`.
"""

from typing import NamedTuple

from cq.site.pieces import Atlas, Place
from cq.site.views import Frame, Step


class StreetPart(NamedTuple):
    """A street, one side or a stretch of it, in one quartier."""

    place: Place
    side: str  # "pair" | "impair" | "tous"
    first: int | None  # None: from the beginning, to the end
    last: int | None
    words: str  # « numéros pairs, du 2 au 40 »; "" for the whole street


class StreetLine(NamedTuple):
    """A street with the quartiers that it crosses."""

    name: str
    parts: tuple[StreetPart, ...]


class StreetLetter(NamedTuple):
    """The streets that a directory lists under one letter."""

    letter: str
    streets: tuple[StreetLine, ...]


class FinderView(NamedTuple):
    """« Quel est mon quartier ? »."""

    frame: Frame
    intro: str
    map: Atlas | None  # fine enough to place somebody on it
    places: tuple[Place, ...]
    letters: tuple[StreetLetter, ...]
    abbreviations: str  # « bd:boulevard r:rue », for the script
    contact: str


class Contact(NamedTuple):
    """Somebody of a space's directory; `card` is the address of the vCard."""

    name: str
    function: str
    organisation: str
    email: str
    phone: str
    address: str
    until: str  # the last day on which the entry is kept
    card: str


class DirectoryView(NamedTuple):
    """« Répertoire »: whom the readers of a space may reach, and how."""

    frame: Frame
    contacts: tuple[Contact, ...]


class SearchView(NamedTuple):
    """« Recherche »: the field, where its index lies, and where to go without it."""

    frame: Frame
    index_at: str
    links: tuple[Step, ...]
    description_at: str = ""  # for browsers; "" where the site does not know its address


class Script(NamedTuple):
    """A file of the theme that a page runs; the browser refuses one that was changed since."""

    address: str
    digest: str  # « sha384-… »


class SpaceView(NamedTuple):
    """The door of the sealed spaces, and the room in which they are shown. It names none."""

    frame: Frame
    script: Script
    search: tuple[Script, ...]  # loaded when a space is searched
