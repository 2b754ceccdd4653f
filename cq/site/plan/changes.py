"""« Ce qui a changé » : for those who come back after a month. The last change of each item, by
week and by month, as a page and as a feed.

A day is git's where git knows the text, else the one that the text says (`maj`, `date`); steps,
answers and meetings have their own. One item stands once, at its latest day.
"""

import datetime
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from cq.content.item import Item
from cq.content.model import Community, Content, listed_under
from cq.content.past import Version
from cq.french import dates
from cq.french.typography import plain
from cq.site import routes
from cq.site.feeds import identity
from cq.site.feeds.entries import AtomEntry, AtomView
from cq.site.indexes import Change, ChangeGroup, ChangesView
from cq.site.plan.cards import Album
from cq.site.plan.juries import STEPS
from cq.site.plan.lists import Lists
from cq.site.target import Target
from cq.site.views import Step

TITLE = "Ce qui a changé"
_MONTHS = 12
_MOST = 100  # changes named in one group
_FEED_LENGTH = 50
_IMPORT = 40  # texts of one commit: a site's beginning, or a tidying, tells nothing of each
_SAME = 10  # days: what was corrected a week after it came is still new
# What happened, the more telling first; what is said of it agrees with the kind.
_ANSWERED, _STEP, _HELD, _NEW, _MODIFIED = range(5)
_NAMES = {
    "page": "Page", "news": "Actualité", "event": "Réunion", "document": "Document",
    "wiki": "Page du wiki", "dossier": "Dossier", "question": "Question", "debate": "Débat",
    "argument": "Argument", "jury": "Tirage au sort",
}  # fmt: skip
_FEMININE = frozenset(("page", "news", "event", "wiki", "question"))
_DATED = frozenset(("news", "document", "dossier", "question", "argument"))


class _Moved(NamedTuple):
    day: str
    how: int
    detail: str = ""


class Latest:
    """The last change of every item of one audience, worked out once for all communities."""

    def __init__(self, content: Content, album: Album) -> None:
        self.content = content
        self.album = album
        self.by_history = False

    @cached_property
    def by_home(self) -> dict[str | None, list[tuple[Item, Change]]]:
        """The latest first, by the community that lists them; None is the whole site."""
        changed = []
        for item in self.content.items:
            if item.id == item.home:  # the words of a home
                continue
            moved = self._latest(item)
            if moved is not None:
                card = self.album.card(item)._replace(summary="")
                changed.append((item, Change(card, moved.day, _said(item, moved), moved.detail)))
        changed.sort(key=lambda one: one[0].id)
        changed.sort(key=lambda one: one[1].day, reverse=True)
        found: dict[str | None, list[tuple[Item, Change]]] = {None: changed}
        for one in changed:
            for home in listed_under(one[0]):
                found.setdefault(home, []).append(one)
        return found

    @cached_property
    def _large(self) -> frozenset[str]:
        """Commits that changed so many texts that they say nothing of each."""
        past = self.content.past
        counted = Counter(
            version.commit
            for item in self.content.items
            if (told := past.get(item.path)) is not None
            for version in told.versions
        )
        return frozenset(commit for commit, number in counted.items() if number > _IMPORT)

    def _latest(self, item: Item) -> _Moved | None:
        today = self.content.today
        told = (*_told(item, today), *self._drawn(item), *self._known(item))
        moves = [one for one in told if one.day <= today]
        if not moves:
            return None
        last = max(one.day for one in moves)
        near = (datetime.date.fromisoformat(last) - datetime.timedelta(_SAME)).isoformat()
        best = min((one for one in moves if one.day >= near), key=lambda one: (one.how, one[0]))
        return best._replace(day=last)

    def _drawn(self, item: Item) -> Iterator[_Moved]:
        """The steps of a draw, as its public log has them."""
        draw = self.content.by_draw.get(item.id)
        for entry in draw.journal if draw is not None else ():
            yield _Moved(entry.day, _STEP, plain(STEPS.get(entry.step, entry.step)))

    def _known(self, item: Item) -> Iterator[_Moved]:
        """When the text itself came and was changed: git knows better than what is written."""
        past = self.content.past.get(item.path)
        days = [one.day for one in past.versions if self._tells(one)] if past else []
        if past is not None and days:
            self.by_history = True
            yield _Moved(days[0], _MODIFIED)
            if past.whole and self._tells(past.versions[-1]):
                yield _Moved(days[-1], _NEW)
                return
        elif item.updated:
            yield _Moved(item.updated, _MODIFIED)
        if item.day and item.kind in _DATED:
            yield _Moved(item.day, _NEW)

    def _tells(self, version: Version) -> bool:
        """Whether it says when its text was changed. One of a day to come would be today's change
        again on each day until then, and new in the feed each time.
        """
        return not version.ahead and version.commit not in self._large


def _told(item: Item, today: str) -> Iterator[_Moved]:
    """What the facts of an item say to have happened, up to `today`."""
    if item.event is not None and item.event.status == "confirmé" and not item.event.repetition:
        last = max(item.day or "9999", item.event.end_day or "")
        if last < today:  # this evening's is still to come
            yield _Moved(last, _HELD)
    if item.question is not None and item.question.answer is not None:
        yield _Moved(item.question.answer.day, _ANSWERED)
    if item.dossier is not None:
        yield from (_Moved(step.day, _STEP, plain(step.title)) for step in item.dossier.steps)
    if item.debate is not None and item.debate.phases:
        yield _Moved(min(phase.start for phase in item.debate.phases), _NEW)


def _said(item: Item, moved: _Moved) -> str:
    name, she = _NAMES[item.kind], item.kind in _FEMININE
    if moved.how == _NEW:
        new = "Nouvelle" if she else "Nouvel" if item.kind == "argument" else "Nouveau"
        return f"{new} {name[0].lower()}{name[1:]}"
    if moved.how == _MODIFIED and item.event is not None and item.event.status != "confirmé":
        return f"{name} {item.event.status}e"
    words = {
        _ANSWERED: "avec sa réponse", _STEP: "qui avance", _HELD: "tenue",
        _MODIFIED: "modifiée" if she else "modifié",
    }  # fmt: skip
    return f"{name} {words[moved.how]}"


class ChangesList(Lists):
    """Plans the page and the feed of one community, or of the site."""

    def __init__(
        self, content: Content, album: Album, community: Community | None, latest: Latest
    ) -> None:
        super().__init__(content, album, community)
        self.latest = latest
        self.name = plain(community.name) if community else ""

    def targets(self) -> Iterator[Target]:
        changed = self.latest.by_home.get(self.home, [])
        frame = self._frame(routes.CHANGES, TITLE, routes.CHANGES)._replace(asof=self.today)
        view = ChangesView(
            frame,
            "De la semaine aux mois passés : ce qui est nouveau, modifié, tenu ou répondu.",
            tuple(self._groups([change for _, change in changed])),
            self.latest.by_history,
            self.prefix + routes.CHANGES_FEED,
            "Rien n’a changé ici depuis un an.",
            self._elsewhere(routes.CHANGES) if self.home is not None else None,
        )
        yield self._target(frame, "changes.html", view)
        yield Target(
            self.prefix + routes.CHANGES_FEED, "@atom", self._feed(changed[:_FEED_LENGTH]),
            self.content.audience or "",
        )  # fmt: skip

    def _groups(self, changes: list[Change]) -> Iterator[ChangeGroup]:
        today = datetime.date.fromisoformat(self.today)
        monday = (today - datetime.timedelta(today.weekday())).isoformat()
        month = today.replace(day=1)
        bounds = [("Cette semaine", monday), ("Ce mois-ci", self.today[:7])]
        for _ in range(_MONTHS - 1):
            if month == datetime.date.min:
                break
            month = (month - datetime.timedelta(1)).replace(day=1)
            bounds.append((dates.month_year(month).capitalize(), month.isoformat()[:7]))
        rest = changes
        for heading, since in bounds:
            group = [one for one in rest if one.day >= since]
            rest = rest[len(group) :]
            if group:
                more = max(len(group) - _MOST, 0)
                yield ChangeGroup(heading, f"depuis-{since}", tuple(group[:_MOST]), more)

    def _feed(self, changed: list[tuple[Item, Change]]) -> AtomView:
        site_id = str(self.content.site["id"])
        at = self.prefix + routes.CHANGES
        own = self.prefix + routes.CHANGES_FEED
        entries = tuple(
            AtomEntry(
                id=identity.atom_id(site_id, f"{item.id}#{change.day}"),
                title=f"{change.what}\u00a0: {item.title}",
                address=routes.absolute(self.base, item.address) or routes.link(item.address, own),
                updated=change.day,
                summary=change.detail or item.summary,
            )
            for item, change in changed
        )
        whose = f"{self.name} – {self.site}" if self.name else self.site
        publisher = self.content.site.get("editeur")
        named = publisher.get("nom") if isinstance(publisher, dict) else None
        return AtomView(
            id=identity.atom_id(site_id, f"{self.prefix}nouveautes"),
            title=f"{TITLE}\u00a0: {whose}",
            self_address=routes.absolute(self.base, own) or routes.link(own, own),
            site_address=routes.absolute(self.base, at) or routes.link(at, own),
            updated=max((one.updated for one in entries), default="2000-01-01"),
            author=str(named or self.site),
            entries=entries,
        )


def step(prefix: str = "") -> Step:
    return Step(TITLE, prefix + routes.CHANGES)
