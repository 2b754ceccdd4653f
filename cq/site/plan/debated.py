"""The lists of débats: what can still be joined first, then what is over; and one a year."""

from collections.abc import Iterator

from cq.content.model import SHORT
from cq.debates import phases
from cq.site import routes
from cq.site.plan.debates import Debates
from cq.site.plan.lists import RECENT, Lists
from cq.site.target import Target
from cq.site.views import ListView, Section

_STANDINGS = (
    (phases.OPEN, "En cours"),
    (phases.BETWEEN, "Entre deux phases"),
    (phases.COMING, "À venir"),
    (phases.UNFINISHED, "À conclure"),
    (phases.CLOSED, "Conclus"),
)
_INTRO = (
    "Un débat passe toujours par des réunions\u00a0: ce qui vient par courriel, sur papier "
    "ou en ligne y est discuté, et l’on dit ce que chaque argument est devenu."
)
_CUT = " La liste complète est rangée par année."


class DebateLists(Lists):
    """Plans the débats of one community, or of the site; a year is that of the first phase."""

    def targets(self) -> Iterator[Target]:
        items = Debates(self.content, self.album).under(self.home)
        cards = self.album.cards(items)
        years = self._years(items, routes.DEBATES)
        cut = len(cards) > SHORT
        sections = []
        for standing, heading in _STANDINGS:
            same = tuple(card for card in cards if card.state == standing)
            if same:
                anchor = standing.replace("à ", "a-").replace(" ", "-")
                sections.append(Section(heading, anchor, same[:RECENT] if cut else same))
        frame = self._frame(routes.DEBATES, "Débats", routes.DEBATES)._replace(description=_INTRO)
        view = ListView(
            frame,
            _INTRO + _CUT if cut else _INTRO,
            tuple(sections),
            years,
            empty="Aucun débat n’a encore été ouvert ici.",
            elsewhere=self._elsewhere(routes.DEBATES),
        )
        yield self._target(frame, "list.html", view)
        yield from self._by_year(items, routes.DEBATES, "Débats", years)
