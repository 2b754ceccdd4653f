"""The sealed spaces of one build: what each holds, under which names, and its manifest.

Nothing is written here and nothing is said of what is inside: paths that leave this module are
those of sealed files. Keys come with the run, in its `Vault`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from cq import digest
from cq.content.layout import PUBLIC
from cq.content.model import Content
from cq.content.within import logical, within
from cq.ledger import FEED, FILE, Ledger, Made
from cq.seal.keys import SpaceKey
from cq.seal.phrase import folded_words
from cq.seal.vault import Vault
from cq.searched import whole_index
from cq.site import protect
from cq.site.plan.inside import plan_inside
from cq.site.routes import SPACE
from cq.site.target import FileTarget, Target
from cq.site.views import Chrome
from cq.theme import Theme

# What a build without keys does not have.
OF_VAULT = (protect.SEALED, f"{SPACE}acces.json", f"{SPACE}mots.txt")


class Thing(NamedTuple):
    """One file of a space: `path` is where it will lie, sealed."""

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
    key: SpaceKey
    things: tuple[Thing, ...]
    chrome: Chrome

    @property
    def manifest_path(self) -> str:
        return protect.file_of(self.key.manifest_id)

    def manifest(self, rows: Mapping[str, tuple[str, int]]) -> protect.Artifact:
        """The list of all files, as readers check them."""
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


def planned(ledger: Ledger, content: Content, vault: Vault) -> tuple[Space, ...]:
    """Every space that has a key, in the order of their names."""
    return tuple(_planned(ledger, content, vault, space) for space in sorted(vault.ring.keys))


def _planned(ledger: Ledger, content: Content, vault: Vault, space: str) -> Space:
    own = within(content, space, content.today)
    inside = plan_inside(own)
    key = vault.ring.keys[space]
    things = []
    everything: list[Target | FileTarget] = [
        *inside.targets, *whole_index(ledger, own), *inside.files
    ]  # fmt: skip
    for inner in everything:
        if inner.space != space or space == PUBLIC:
            raise protect.Leak(f"something of {inner.space!r} was planned for {space!r}")
        place = logical(inner.path)
        things.append(Thing(protect.file_of(key.file_id(place)), place, space, inner))
    title = str(own.site["nom"])
    return Space(space, title, vault.numbers[space], key, tuple(things), inside.chrome)


def made_of(space: Space, theme: Theme) -> dict[str, Made]:
    """What each sealed file is made of, as digests; the manifest, of all the others."""
    common = digest.of_all([digest.of_value(space.chrome), space.key.mark])
    made = dict(_each(space.things, theme, common))
    state = digest.of_all(
        [
            str(space.number),
            space.title,
            *(f"{path} {' '.join(made[path])}" for path in sorted(made)),
        ]
    )
    return {**made, space.manifest_path: Made(state, FILE, common)}


def _each(things: Iterable[Thing], theme: Theme, common: str) -> Iterator[tuple[str, Made]]:
    for thing in things:
        inner = thing.inner
        if isinstance(inner, FileTarget):
            yield thing.path, Made(inner.blob.digest, FILE, common)
            continue
        view = digest.of_value((inner.template, inner.view))
        if inner.template.startswith("@"):
            yield thing.path, Made(view, FEED, common)
        else:
            key = getattr(inner.view, "key", "") or "-"
            yield thing.path, Made(view, theme.templates_digest, common, key)


def word_list() -> bytes:
    """`espace/mots.txt`: the words of phrases, for whoever types one."""
    return "".join(f"{word}\n" for word in folded_words()).encode("ascii")
