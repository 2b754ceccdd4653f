"""The private spaces of one build: what each holds, under which names, and its manifest.

Nothing is written here and nothing is said of what is inside: paths that leave this module are
those of sealed files. Keys come with the run, in its `Vault`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from cq import digest
from cq.content.layout import CONSEILLERS, PUBLIC
from cq.content.model import Content
from cq.content.within import logical, within
from cq.ledger import Ledger
from cq.made import FILE, Made, parts_of
from cq.seal.keys import SpaceKey
from cq.seal.phrase import folded_words
from cq.seal.vault import Guarded, Vault
from cq.searched import whole_index
from cq.site import protect
from cq.site.plan.inside import plan_inside
from cq.site.routes import DECLARATION, SEARCH, SPACE
from cq.site.target import FileTarget, Target
from cq.site.views import Chrome, Step
from cq.theme import Theme

SLOTS, WORDS = f"{SPACE}acces.json", f"{SPACE}mots.txt"
_SHELL = f"{SPACE}index.html"


def of_spaces(path: str) -> bool:
    """Whether a build of the public site alone has no such file."""
    return path.startswith(SPACE) and path != _SHELL


class Thing(NamedTuple):
    """One file of a space: `path` is where it will lie, sealed or guarded."""

    path: str
    logical: str
    space: str
    inner: Target | FileTarget


@dataclass(frozen=True)
class Space:
    """One space, planned."""

    name: str
    title: str
    number: int
    key: SpaceKey | None  # None where a web server guards it, and nothing else
    things: tuple[Thing, ...]
    chrome: Chrome

    @property
    def manifest_path(self) -> str:
        """Where the manifest lies; "" where nothing is sealed."""
        return protect.file_of(self.key.manifest_id) if self.key else ""

    def manifest(self, rows: Mapping[str, tuple[str, int]]) -> protect.Artifact:
        """The list of all files, as readers check them."""
        if self.key is None:
            raise AssertionError("only a sealed space has a manifest")
        pages, files = [], {}
        for thing in self.things:
            identifier = thing.path.rpartition("/")[2]
            x, size = rows[thing.path]
            if isinstance(thing.inner, Target) and not thing.inner.template.startswith("@"):
                pages.append(_page(thing, thing.inner.view, identifier, x))
            else:
                media = protect.media_of(thing.logical)
                files[thing.logical] = [identifier, x, size, media]
        told = {"b": self.number, "files": files, "pages": pages, "titre": self.title}
        return protect.manifest(self.key, told)


def _page(thing: Thing, view: Any, identifier: str, x: str) -> dict[str, str]:  # noqa: ANN401
    card = getattr(view, "card", None)
    return {
        "p": thing.logical,
        "t": view.frame.label or view.frame.title,
        "d": (card.day if card is not None else None) or "",
        "i": identifier,
        "x": x,
        "c": view.frame.section.strip("/"),
    }


def planned(ledger: Ledger, content: Content, vault: Vault | Guarded) -> tuple[Space, ...]:
    """Every space that has a key, or that a server guards, in the order of their names."""
    names = vault.spaces if isinstance(vault, Guarded) else vault.ring.keys
    return tuple(_planned(ledger, content, vault, space) for space in sorted(names))


def _planned(ledger: Ledger, content: Content, vault: Vault | Guarded, space: str) -> Space:
    own = within(content, space, content.today)
    inside = plan_inside(own)
    key = None if isinstance(vault, Guarded) else vault.ring.keys[space]
    number = 0 if isinstance(vault, Guarded) else vault.numbers[space]
    chrome = inside.chrome if key else _in_clear(space, inside.chrome)
    things = []
    everything: list[Target | FileTarget] = [
        *inside.targets, *whole_index(ledger, own), *inside.files
    ]  # fmt: skip
    for inner in everything:
        if inner.space != space or space == PUBLIC:
            raise protect.Leak(f"something of {inner.space!r} was planned for {space!r}")
        place = logical(inner.path)
        path = (
            protect.file_of(key.file_id(place)) if key
            else protect.guarded_path(space, inner.path)
        )  # fmt: skip
        things.append(Thing(path, place, space, inner))
    return Space(space, inside.chrome.site, number, key, tuple(things), chrome)


def _in_clear(space: str, chrome: Chrome) -> Chrome:
    """What pages show that are whole ones: no shell stands around them."""
    name = chrome.site if space == CONSEILLERS else f"{chrome.site} – espace privé"
    back = Step("Revenir au site public", "../")
    menu = tuple(step for step in chrome.menu if step.address != SEARCH)  # the header leads there
    # What is private is under no open licence.
    return chrome._replace(
        site=name, guarded=True, menu=menu, legal=(back,), licence="",
        declaration=f"../{DECLARATION}",
    )  # fmt: skip


def made_of(space: Space, theme: Theme) -> dict[str, Made]:
    """What each file is made of, as digests; the manifest, of all the others."""
    mark = space.key.mark if space.key else "guarded"
    common = digest.of_all([digest.of_value(space.chrome), mark])
    made = {
        thing.path: parts_of(thing.inner, theme.templates_digest, common, common)
        for thing in space.things
    }
    if space.key is None:
        return made
    state = digest.of_all(
        [
            str(space.number),
            space.title,
            *(f"{path} {' '.join(made[path])}" for path in sorted(made)),
        ]
    )
    return {**made, space.manifest_path: Made(state, FILE, common)}


def word_list() -> bytes:
    """`espace/mots.txt`: the words of phrases, for whoever types one."""
    return "".join(f"{word}\n" for word in folded_words()).encode("ascii")
