"""The lists of what the council follows: dossiers by their state, questions by their answer."""

from collections.abc import Iterator

from cq.content.item import CLOSED_STATES
from cq.content.model import SHORT
from cq.dossiers import standing
from cq.french import numbers
from cq.french.folding import slug
from cq.site import routes
from cq.site.plan.lists import RECENT, Lists
from cq.site.target import Target
from cq.site.views import Card, ListView, Section

# A list's headings, in its order: what moves first.
_DOSSIERS = {
    "en-cours": "En cours", "ouvert": "Ouverts", "en-attente": "En attente", "clos": "Clos",
    "abandonne": "Abandonnés",
}  # fmt: skip
_QUESTIONS = {
    standing.LATE: "Sans réponse, en retard",
    standing.WAITING: "En attente de réponse",
    standing.ANSWERED: "Avec une réponse",
}


class FollowedLists(Lists):
    """Plans the dossiers and questions of one community, or of the site."""

    def targets(self) -> Iterator[Target]:
        yield from self._list("dossier", routes.DOSSIERS, "Dossiers", _DOSSIERS)
        yield from self._list("question", routes.QUESTIONS, "Questions", _QUESTIONS)

    def ordered(self, kind: str) -> tuple[Card, ...]:
        """Late ones first, then what is open or waits, then what is over, the latest first."""
        board = self.album.board(self.home)
        followed = board.dossiers if kind == "dossier" else board.questions
        return self.album.cards(one.item for one in followed)

    def open_dossiers(self) -> tuple[Card, ...]:
        return tuple(card for card in self.ordered("dossier") if card.state not in CLOSED_STATES)

    def _list(self, kind: str, at: str, title: str, headings: dict[str, str]) -> Iterator[Target]:
        items = self.album.of(kind, self.home)
        years = self._years(items, at)
        cards = self.ordered(kind)
        sections = []
        for state, heading in headings.items():
            same = tuple(card for card in cards if card.state == state)
            if same:
                shown = same if len(cards) <= SHORT else same[:RECENT]
                sections.append(Section(heading, f"etat-{slug(state)}", shown))
        frame = self._frame(at, title, at)
        view = ListView(
            frame,
            _counted(kind, cards),
            tuple(sections),
            years,
            empty=_EMPTY[kind],
            elsewhere=self._elsewhere(at),
        )
        yield self._target(frame, "list.html", view)
        yield from self._by_year(items, at, title, years)


_EMPTY = {
    "dossier": "Aucun dossier n’est encore suivi ici.",
    "question": "Aucune question n’a encore été posée ici.",
}


def _counted(kind: str, cards: tuple[Card, ...]) -> str:
    """« 8 dossiers, dont 5 ouverts. »; "" for none, which the list says by itself."""
    if not cards:
        return ""
    said = numbers.counted(len(cards), kind)
    if kind == "dossier":
        left = sum(card.state not in CLOSED_STATES for card in cards)
        more = f"{numbers.number(left)} en cours de suivi"
    else:
        left = sum(card.answered is None for card in cards)
        more = f"{numbers.number(left)} sans réponse"
    late = sum(card.late for card in cards)
    if late:
        more += f", {numbers.number(late)} en retard"
    cut = " La liste complète est rangée par année." if len(cards) > SHORT else ""
    return f"{said}, dont {more}.{cut}" if left else f"{said}.{cut}"
