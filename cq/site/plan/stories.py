"""What the pages of a dossier and of a question tell beside their text: steps, answers, who else
names them. What lists say of them as well stands on their cards.
"""

from collections.abc import Iterator
from functools import cached_property

from cq.content import links as ways
from cq.content.item import DossierFacts, DossierStep, Item, QuestionFacts
from cq.content.model import Content
from cq.dossiers import standing
from cq.french.typography import plain
from cq.site.matters import Answer, Dossier, Milestone, Question
from cq.site.pieces import Card, Section
from cq.site.plan.cards import Album, paragraphs

# What may name a dossier, in the order in which its page shows it.
_RELATED = (
    ("news", "Actualités"), ("event", "Réunions"), ("question", "Questions"),
    ("debate", "Débats"), ("document", "Documents"), ("wiki", "Wiki"), ("page", "Pages"),
    ("dossier", "Autres dossiers"),
)  # fmt: skip
_NAMING = ("dossiers", "dossier")  # the keys that name one


class Stories:
    """Tells them for one audience."""

    def __init__(self, content: Content, album: Album) -> None:
        self.content = content
        self.album = album

    @cached_property
    def by_dossier(self) -> dict[str, dict[str, list[Item]]]:
        """The items that name a dossier, by its id and by their kind, each once."""
        named: dict[str, dict[str, list[Item]]] = {}
        for kind, _ in _RELATED:
            for item in self.album.of(kind):
                dossiers = {one.id for key in _NAMING for one in self.album.named(item, key)}
                for dossier in dossiers - {item.id}:
                    named.setdefault(dossier, {}).setdefault(kind, []).append(item)
        return named

    def dossier(self, item: Item, facts: DossierFacts) -> Dossier:
        stands = standing.of_dossier(item, self.content.today)
        return Dossier(
            owner=plain(facts.owner),
            moved=(stands.closed or stands.moved) if stands else "",
            steps=tuple(self._milestone(item, step) for step in facts.steps),
            outcome=paragraphs(facts.outcome),
            quartiers=self.album.communities(item, "quartiers"),
            related=tuple(self._related(item)),
        )

    def _milestone(self, item: Item, step: DossierStep) -> Milestone:
        documents = (self._document(item, "etapes.documents", one) for one in step.documents)
        return Milestone(
            step.day, plain(step.title), paragraphs(step.text), step.by,
            tuple(one for one in documents if one is not None),
            step.day > self.content.today,
        )  # fmt: skip

    def _document(self, item: Item, field: str, target: str) -> Card | None:
        way = ways.of_reference(self.content, item, field, target)
        return self.album.card(way.item) if way.item is not None else None

    def _related(self, item: Item) -> Iterator[Section]:
        """Without summaries: a dossier of ten years has hundreds of news."""
        by_kind = self.by_dossier.get(item.id, {})
        for kind, heading in _RELATED:
            if kind in by_kind:
                cards = self.album.cards(by_kind[kind])
                yield Section(heading, "", tuple(card._replace(summary="") for card in cards))

    def question(self, item: Item, facts: QuestionFacts) -> Question:
        stands = standing.of_question(item, self.content.today)
        said = stands.answer if stands else None
        return Question(
            plain(facts.asked_by),
            plain(facts.to),
            said
            and Answer(
                said.day,
                plain(said.by),
                paragraphs(said.text),
                self._document(item, "reponse.document", said.document) if said.document else None,
                paragraphs(said.follow_up),
            ),
        )
