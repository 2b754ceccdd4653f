"""The wiki's index, for the site and for each community; the glossaries that texts are marked
with.
"""

from collections.abc import Iterator

from cq.content.item import Item
from cq.content.model import Community, Content
from cq.french.folding import slug, sort_key
from cq.site import routes
from cq.site.indexes import WikiView
from cq.site.pieces import Glossary
from cq.site.plan.cards import Album
from cq.site.plan.citations import Citations
from cq.site.plan.lists import Lists
from cq.site.target import Target
from cq.site.views import Card, Section, Step

_MOST_CITED = 10
_ORPHANS = 50


class WikiList(Lists):
    """Plans the wiki's index of one community, or of the site."""

    def __init__(
        self, content: Content, album: Album, community: Community | None, citations: Citations
    ) -> None:
        super().__init__(content, album, community)
        self.citing = citations.read_all()

    def targets(self) -> Iterator[Target]:
        pages = sorted(self.album.of("wiki", self.home), key=_in_index)
        frame = self._frame(routes.WIKI, "Wiki", routes.WIKI)
        letters: dict[str, list[Item]] = {}
        for item in pages:
            letters.setdefault(_letter(item.title), []).append(item)
        alone = [item for item in pages if item.id not in self.citing and not item.terms]
        view = WikiView(
            frame,
            "Ce que les conseils de quartier savent, et mettent en commun.",
            tuple(
                Section(letter, _anchor(letter), self._bare(group))
                for letter, group in letters.items()
            ),
            self._most_cited(pages),
            self._bare(alone[:_ORPHANS]),
            max(len(alone) - _ORPHANS, 0),
            next((Step(one.title, one.address) for one in pages if one.terms), None),
            "Le wiki n’a pas encore de page.",
            self._elsewhere(routes.WIKI),
        )
        yield self._target(frame, "wiki_index.html", view)

    def _most_cited(self, pages: list[Item]) -> tuple[Step, ...]:
        """Those that two others lead to at least: a single link says nothing."""
        counted = ((len(self.citing.get(item.id, ())), item) for item in pages)
        most = sorted(
            ((number, item) for number, item in counted if number > 1),
            key=lambda one: (-one[0], sort_key(one[1].title), one[1].id),
        )
        return tuple(
            Step(item.title, item.address, number=number) for number, item in most[:_MOST_CITED]
        )

    def _bare(self, items: list[Item]) -> tuple[Card, ...]:
        return tuple(card._replace(summary="", updated=None) for card in self.album.cards(items))


def glossaries(content: Content) -> tuple[Glossary, ...]:
    """What texts are marked with; nothing where `glossaire: non` stands in site.yml.

    Asked at each edit: no list of the wiki is sorted for it.
    """
    if content.site.get("glossaire") is False:
        return ()
    return tuple(
        Glossary(f"{item.home}/" if item.home else "", item.address, item.terms)
        for item in content.items
        if item.terms
    )


def _in_index(item: Item) -> tuple[object, ...]:
    """« Le budget » stands at B: half of all titles would be at L."""
    return (sort_key(item.title, articles=False), item.id)


def _anchor(letter: str) -> str:
    """Of its own for Ω and for ع as well."""
    return f"lettre-{slug(letter) or '-'.join(f'{ord(sign):x}' for sign in letter)}"


def _letter(title: str) -> str:
    first = sort_key(title, articles=False)[0][:1].upper()
    return first if first.isalpha() else "0–9"
