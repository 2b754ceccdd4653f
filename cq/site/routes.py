"""Addresses: of the pages that the site makes by itself, and from one page to another.

Pure text. The addresses of items are the content's business (`cq.content.layout`).
"""

from collections.abc import Callable
from urllib.parse import urlsplit

AGENDA = "agenda/"
NEWS = "actualites/"
DOCUMENTS = "documents/"
WIKI = "wiki/"
DEBATES = "debats/"
DOSSIERS = "dossiers/"
QUESTIONS = "questions/"
QUARTIERS = "quartiers/"
JURIES = "jurys/"
VERIFY = "verifier/"  # of a draw: the page that does it again
SHARDS = "eclats/"  # of a draw: its list in 256 pieces
PREVIOUS = "previous.json"  # of a draw: the transcript of the one that it follows
GROUPS = "groupes/"
LISTS = "listes/"
FINDER = "mon-quartier/"
CHANGES = "nouveautes/"
SITE_MAP = "plan-du-site/"
DECLARATION = "accessibilite/"  # of accessibility
SEARCH = "recherche/"
INDEX = SEARCH + "index.json"
OPEN_SEARCH = SEARCH + "opensearch.xml"
BOARD = "tableau-de-bord/"
CONTACTS = "repertoire/"  # of a space
SPACE = "espace/"  # the door to the sealed spaces
HISTORY = "historique/"  # of a page of the wiki
REPORT = "rapport/"  # and a year
DATA = "donnees/"

ATOM = "actualites.atom"
JSON_FEED = "actualites.json"
CHANGES_FEED = "nouveautes.atom"
CALENDAR = "agenda.ics"
EVENT_CALENDAR = "evenement.ics"
SECURITY = ".well-known/security.txt"


def file_of(address: str) -> str:
    """The file behind an address: a folder is its index.html."""
    return f"{address}index.html" if not address or address.endswith("/") else address


def root_from(at: str) -> str:
    """The way back from the page at `at` to the site's root: "../../", or "" on the home."""
    return "../" * at.count("/")


def link(target: str, at: str, root: str | None = None) -> str:
    """A relative link from the page at `at` to `target`, both from the site's root.

    `root` replaces the way back: a 404 does not know how deep it will be shown.

    Relative, so that the site works under any prefix and from a folder on a disk… where a folder
    shows no index by itself: hence the file's name, which servers accept as well.
    """
    address, mark, fragment = target.partition("#")
    if mark and address == at:
        return f"#{fragment}"
    if not address or address.endswith("/"):
        address += "index.html"
    return f"{root_from(at) if root is None else root}{address}{mark}{fragment}"


def inside(space: str) -> Callable[..., str]:
    """As `link`, for the pages of a sealed space: each is shown by the one page `espace/`, which
    knows them by its fragment. What lies outside (« ../agenda/ ») is a page of the public site.
    """

    def way(target: str, at: str, root: str | None = None) -> str:
        del root
        if target == f"../{SPACE}":
            return "#/"  # the door is open already: what it leads to
        if target.startswith("../"):
            return link(target.removeprefix("../"), SPACE)
        address, mark, fragment = target.partition("#")
        if mark and address in {"", at}:
            return f"#{fragment}"
        return f"#/{space}/{address}" + (f"~{fragment}" if mark else "")

    return way


def guarded(space: str) -> Callable[..., str]:
    """As `link`, for the pages of a space that a server guards: they lie in a folder of their own.
    What is the theme's, or outside (« ../agenda/ »), is the public site's.
    """
    folder = f"{SPACE}{space}/"

    def way(target: str, at: str, root: str | None = None) -> str:
        del root
        if target.startswith(("../", "theme/")):
            return link(target.removeprefix("../"), f"{folder}{at}")
        return link(target, at)

    return way


def root_of(base: str) -> str | None:
    """The site's root as a path of its server: "/" or "/prefix/"; None where it is not known."""
    if not base:
        return None
    prefix = urlsplit(base).path.strip("/")  # « //x/ » would be another server
    return f"/{prefix}/" if prefix else "/"


def absolute(base: str, address: str) -> str:
    """The address on the web; "" where the site does not know its own (`adresse_web`)."""
    return f"{base.rstrip('/')}/{address}" if base else ""
