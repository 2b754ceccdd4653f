"""What a path says: where a file lies decides its space, its community and its address.

Pure questions about paths, no disk. PRODUCT.md « Where a file lies decides who reads it ».
"""

import re
import unicodedata
from collections.abc import Collection
from pathlib import PurePosixPath
from typing import NamedTuple

from cq.french.folding import fold, slug

CONTENT = "content"
PUBLIC = "public"
CONSEILLERS = "conseillers"
PRIVATE_FOLDER = "prive"
ACCESS = f"{CONTENT}/acces.json"  # the slots of the sealed spaces, which `cq access` writes
# What guards the private spaces, in the words of `protection` in site.yml: their keys, a web server
# in front of plain pages, or both.
SEALED, SERVER, DOUBLE = "chiffrement", "serveur", "double"

# Folders that hold communities: each slug below them is one.
COMMUNITIES = {"quartiers": "q", "groupes": "g"}

ATTACHMENTS = frozenset(
    [
        ".pdf",
        ".odt",
        ".ods",
        ".odp",
        ".docx",
        ".xlsx",
        ".pptx",
        ".csv",
        ".png",
        ".jpg",
        ".jpeg",
        ".webp",
        ".svg",
        ".ics",
        ".geojson",
    ]
)
TEXTS = frozenset((".md", ".yml"))

_PRIVATE_LOOKALIKES = frozenset(("prive", "prives", "privee", "private"))
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


class Place(NamedTuple):
    """A file's place in the house of content.

    `home` is the community: "" (the arrondissement), "quartiers/<slug>" or "groupes/<slug>".
    `rest` is what follows the community and, if any, `prive/`: ("agenda", "2026-03-10-x.md").
    """

    space: str
    home: str
    rest: tuple[str, ...]

    @property
    def private(self) -> bool:
        return self.space != PUBLIC


def place(path: PurePosixPath) -> Place:
    """The place of `content/…`. Every `prive/` outside the three right places fails closed:
    the caller never sees it, since `misplaced_private` keeps such a subtree out.
    """
    parts = path.parts[1:]
    home = ""
    if len(parts) > 2 and parts[0] in COMMUNITIES:
        home = f"{parts[0]}/{parts[1]}"
        parts = parts[2:]
    if parts and parts[0] == PRIVATE_FOLDER:
        return Place(space_at(home), home, parts[1:])
    return Place(PUBLIC, home, parts)


def space_at(home: str) -> str:
    """The private space of a community; of the arrondissement (""), that of all conseillers."""
    folder, _, slug = home.partition("/")
    return f"{COMMUNITIES[folder]}-{slug}" if home else CONSEILLERS


def misplaced_private(path: PurePosixPath) -> str | None:
    """The folder or file name that looks like `prive` and is not a right one, or None.

    Looks at every component of `content/…`: one that folds to prive, prives, privee or private
    without being exactly `prive`, or `prive` elsewhere than in the three places.
    """
    parts = path.parts[1:]
    at_community = len(parts) > 2 and parts[0] in COMMUNITIES
    right = 2 if at_community else 0
    for index, part in enumerate(parts):
        name = part.rsplit(".", 1)[0] if index == len(parts) - 1 else part
        folded = fold(unicodedata.normalize("NFKC", name)).strip(" ._-")
        if folded not in _PRIVATE_LOOKALIKES:
            continue
        if part != PRIVATE_FOLDER or index != right:
            return part
    return None


def identity(path: PurePosixPath) -> str:
    """The id: the path under content/ without extension; `slug/index.md` is `slug`."""
    parts = path.parts[1:-1] if path.name == "index.md" else (*path.parts[1:-1], path.stem)
    return "/".join(parts)


def address(identifier: str) -> str:
    """The public address of an id: a folder, relative to the site's root; "" is the home."""
    if identifier.startswith("pages/"):
        identifier = identifier.removeprefix("pages/")
    return f"{identifier}/" if identifier else ""


def is_slug(name: str) -> bool:
    return _SLUG.match(name) is not None


def bare_name(written: str) -> str:
    """The folder's name, however it is written: « quartiers/canal/ » is « canal »."""
    return written.strip("/").rsplit("/", 1)[-1]


def meant(word: str, known: Collection[str]) -> str | None:
    """Which of the folders `known` somebody means who types `word`: « Louis Blanc », too."""
    return next((name for name in (bare_name(word), slug(word)) if name in known), None)


def depth_prefix(at: str) -> str:
    """From the page at `at` (an address) back to the site's root: "../" for each folder."""
    return "../" * at.count("/")


def relative(target: str, at: str) -> str:
    """The link from the page at address `at` to `target`, both relative to the site's root."""
    return depth_prefix(at) + target or "./"
