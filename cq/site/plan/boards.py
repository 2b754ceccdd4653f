"""« Tableau de bord »: the dossiers and questions of the site and of each community, late first.

Computes nothing: ages, delays and lateness are `cq.dossiers`'. Where there is a page, and for
which communities, `Content.list_addresses` says.
"""

from collections.abc import Iterator

from cq.content.item import STATE_WORDS
from cq.content.model import Community, Content
from cq.dossiers.board import Board, median
from cq.dossiers.standing import (
    ANSWER_WITHIN,
    DORMANT_AFTER,
    LATE,
    DossierStanding,
    QuestionStanding,
)
from cq.french import numbers
from cq.french.typography import plain
from cq.site import routes
from cq.site.figures import BoardView, Chart, DossierLine, QuestionLine
from cq.site.plan.bars import chart
from cq.site.plan.cards import Album
from cq.site.plan.trail import section_of, trail
from cq.site.target import Target
from cq.site.views import Frame, Step

_OVER = 50  # closed dossiers, answered questions: the lists hold the older ones
TITLE = "Tableau de bord"


def address_of(content: Content, home: str | None) -> str:
    """Where the board of a community (None: of the site) is; "" where there is none."""
    address = f"{home}/{routes.BOARD}" if home else routes.BOARD
    return address if not home or address in content.list_addresses else ""


def reports_of(content: Content, home: str | None) -> tuple[Step, ...]:
    """The yearly reports of a community (None: of the site), newest first."""
    start = f"{home}/{routes.REPORT}" if home else routes.REPORT
    years = (
        one.removeprefix(start).strip("/")
        for one in content.list_addresses if one.startswith(start)
    )  # fmt: skip
    return tuple(Step(year, f"{start}{year}/") for year in sorted(years, reverse=True))


class Boards:
    """Plans the boards of one audience."""

    def __init__(self, content: Content, album: Album) -> None:
        self.content = content
        self.album = album
        self.base = content.base

    def targets(self) -> Iterator[Target]:
        for community in (None, *self.content.communities.values()):
            if address_of(self.content, community.home if community else None):
                yield self._target(community)

    def _target(self, community: Community | None) -> Target:
        home = community.home if community else None
        at = address_of(self.content, home)
        place = self.album.places[home] if home else None
        frame = Frame(
            at=at, title=TITLE, place=place, section=section_of(place), crumbs=trail(place),
            description="Les dossiers suivis et les questions posées : où ils en sont, et depuis"
            " quand.",
            canonical=routes.absolute(self.base, at),
        )  # fmt: skip
        found = self.album.board(home)
        prefix = community.address if community else ""
        open_dossiers = [one for one in found.dossiers if one.open]
        over = [one for one in found.dossiers if not one.open]
        waiting = [one for one in found.questions if one.answer is None]
        answered = [one for one in found.questions if one.answer is not None]
        view = BoardView(
            frame=frame,
            alerts=tuple(_alerts(found)),
            dossiers=tuple(map(self._dossier, (*open_dossiers, *over[:_OVER]))),
            questions=tuple(map(self._question, (*waiting, *answered[:_OVER]))),
            more_dossiers=_more(over, prefix + routes.DOSSIERS, "dossier clos"),
            more_questions=_more(answered, prefix + routes.QUESTIONS, "question répondue"),
            charts=tuple(_charts(found)),
            reports=reports_of(self.content, home),
            dormant_after=DORMANT_AFTER,
            answer_within=ANSWER_WITHIN,
        )
        return Target(routes.file_of(at), "board.html", view, self.content.audience or "")

    def _dossier(self, one: DossierStanding) -> DossierLine:
        return DossierLine(
            self.album.card(one.item), one.age, one.moved, one.still, plain(one.facts.owner),
            one.overdue, one.closed,
        )  # fmt: skip

    def _question(self, one: QuestionStanding) -> QuestionLine:
        events = self.album.named(one.item, "evenement")
        return QuestionLine(
            self.album.card(one.item), self.album.card(events[0]) if events else None,
            plain(one.facts.asked_by), plain(one.facts.to), one.due, one.due_given, one.overdue,
            one.age,
        )  # fmt: skip


def _more(over: list[DossierStanding] | list[QuestionStanding], at: str, word: str) -> Step | None:
    left = len(over) - _OVER
    if left <= 0:
        return None
    several = " ".join(f"{part}s" if part != "clos" else part for part in word.split())
    return Step(f"Voir aussi {numbers.counted(left, word, several)} de plus longue date", at)


def _alerts(found: Board) -> Iterator[tuple[str, str]]:
    """What calls for attention, the gravest first; nothing where all is well."""
    questions = [one for one in found.questions if one.state == LATE]
    if questions:
        oldest = numbers.counted(max(one.age for one in questions), "jour")
        said = numbers.counted(len(questions), "question")
        since = "la plus ancienne est posée" if len(questions) > 1 else "elle est posée"
        yield f"{said} sans réponse dans le délai\u00a0: {since} depuis {oldest}.", "questions"
    dossiers = [one for one in found.dossiers if one.late]
    if dossiers:
        said = numbers.counted(len(dossiers), "dossier")
        verb = "ont dépassé leur" if len(dossiers) > 1 else "a dépassé son"
        yield f"{said} {verb} échéance.", "dossiers"
    asleep = sum(one.dormant for one in found.dossiers)
    if asleep:
        said = numbers.counted(asleep, "dossier")
        verb = "sont" if asleep > 1 else "est"
        months = numbers.counted(DORMANT_AFTER, "mois", "mois")
        yield f"{said} {verb} en sommeil\u00a0: rien depuis au moins {months}.", "dossiers"


def _charts(found: Board) -> Iterator[Chart]:
    if found.dossiers:
        rows = ((STATE_WORDS[state], count, numbers.number(count))
                for state, count in found.dossiers_by_state().items())  # fmt: skip
        yield chart("chiffres-dossiers", "Dossiers par état", ("État", "Dossiers"), rows)
    if found.questions:
        rows = ((state, count, numbers.number(count))
                for state, count in found.questions_by_state().items())  # fmt: skip
        yield chart("chiffres-questions", "Questions par état", ("État", "Questions"), rows)
    delays = found.delays_by_year()
    if delays:
        yield chart(
            "chiffres-delais",
            "Délai médian de réponse, par année de réponse",
            ("Année", "Délai médian"),
            ((year, median(days) or 0, _delay(days)) for year, days in delays.items()),
        )


def _delay(days: tuple[int, ...]) -> str:
    """The median, and of how many answers: a median of two says little."""
    return f"{said(median(days))}, {numbers.counted(len(days), 'réponse')}"


def said(delay: float | None) -> str:
    """« 35 jours », « 35,5 jours »; "" for none."""
    return "" if delay is None else numbers.counted(delay, "jour")
