"""The page of the sealed spaces, « /espace/ »: one for all, so that it tells of none.

Its script is named with its digest: that is why the view holds it, and why the page is made again
when the script changes, as no other page is for a file of the theme. What is sealed is planned
elsewhere; nothing here has seen a private item.
"""

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping

from cq.content.model import Content
from cq.site import routes
from cq.site.directory import Script, SpaceView
from cq.site.plan.trail import trail
from cq.site.target import Target
from cq.site.views import Frame

TITLE = "Espace des conseils"
_INTRO = (
    "Pages réservées aux conseillères et conseillers : une phrase de passe les ouvre, dans ce "
    "navigateur seulement."
)
# The script's parts under espace/ in the theme, each after those that it needs.
_PARTS = ("clefs.js", "souvenir.js", "page.js", "visite.js", "porte.js")
_SCRIPT = "espace.js"
_SEARCH = ("recherche-moteur.js", "recherche.js")

_BLOCK = re.compile(r"^\s*/\*.*?\*/\s*?\n", re.MULTILINE | re.DOTALL)
# Where a quote follows, what looks like a comment may stand in a text.
_LINE = re.compile(r"(?:^|[ \t]+)// [^\"'`\n]*$", re.MULTILINE)
_BEGINNING = re.compile(r"^\t+|\n(?=\n)", re.MULTILINE)


def space_page(content: Content, assets: Mapping[str, bytes]) -> Iterator[Target]:
    """The page and its script; `assets` are the theme's files.

    A theme with an `espace.js` of its own brings the whole script.
    """
    space = content.audience or ""
    own = assets.get(_SCRIPT)
    if own is None:
        text = pressed({name: assets[f"espace/{name}"].decode() for name in _PARTS})
        own = text.encode()
        yield Target(f"theme/{_SCRIPT}", "@text", (text,), space)
    frame = Frame(
        at=routes.SPACE, title=TITLE, description=_INTRO, section=routes.SPACE, crumbs=trail(None),
    )  # fmt: skip
    search = tuple(_named(name, assets[name]) for name in _SEARCH)
    view = SpaceView(frame, _named(_SCRIPT, own), search)
    yield Target(routes.file_of(routes.SPACE), "espace.html", view, space)


def _named(name: str, data: bytes) -> Script:
    return Script(f"theme/{name}", integrity(data))


def integrity(data: bytes) -> str:
    """What a browser compares a script with (Subresource Integrity)."""
    digest = hashlib.sha384(data).digest()
    return f"sha384-{base64.b64encode(digest).decode('ascii')}"


def pressed(parts: Mapping[str, str]) -> str:
    """The parts as one script, without comments and indents: it comes before anything can be read,
    often by telephone. The parts are published as well, for whoever wants to know what it does.
    """
    bare = (
        _BEGINNING.sub("", _LINE.sub("", _BLOCK.sub("", text))).lstrip() for text in parts.values()
    )
    return f"// {', '.join(f'espace/{name}' for name in parts)}\n(() => {{\n{''.join(bare)}}})();\n"
