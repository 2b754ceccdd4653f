"""What the pages that count show: the board and the yearly report. Views, as in `cq.site.views`.

Days are ISO texts, ages and delays whole days; words stand where a number needs its unit.
"""

from typing import NamedTuple

from cq.site.views import Card, Frame, Step


class Bar(NamedTuple):
    """One bar of a chart; `words` is its number as readers read it."""

    label: str
    words: str  # « 3 », « 35 jours »
    length: str  # of the widest possible: "62.5%"
    label_at: str  # how far down its words stand: "1em"
    at: str  # how far down it begins


class Chart(NamedTuple):
    """Bars under a title, and the heads of the table that says the same."""

    anchor: str
    title: str
    heads: tuple[str, str]
    summary: str  # the whole in words, for those who do not see it
    height: str
    bars: tuple[Bar, ...]


class DossierLine(NamedTuple):
    """A dossier on the board: what its card does not say."""

    card: Card
    age: int
    moved: str  # last movement
    still: int  # days since
    owner: str
    overdue: int  # days; 0 where it is not late
    closed: str | None


class QuestionLine(NamedTuple):
    """A question on the board: what its card does not say."""

    card: Card
    event: Card | None  # where it was asked
    by: str
    to: str
    due: str
    due_given: bool  # the file says it; else it is the site's own rule
    overdue: int
    age: int


class BoardView(NamedTuple):
    """« Tableau de bord » of a community or of the whole site: late ones first."""

    frame: Frame
    alerts: tuple[tuple[str, str], ...]  # a sentence, the anchor of what it is about
    dossiers: tuple[DossierLine, ...]
    questions: tuple[QuestionLine, ...]
    more_dossiers: Step | None  # the older ones that are over
    more_questions: Step | None
    charts: tuple[Chart, ...]
    reports: tuple[Step, ...]  # by year
    dormant_after: int  # months
    answer_within: int  # months


class Figure(NamedTuple):
    """A number of the yearly report; `address` leads to the list behind it."""

    label: str
    words: str
    address: str  # "" where there is nothing to list


class ReportLine(NamedTuple):
    """One item behind a figure."""

    card: Card
    note: str  # « 41 fois », « après 35 jours »


class ReportList(NamedTuple):
    """The items behind a figure."""

    heading: str
    anchor: str
    lines: tuple[ReportLine, ...]


class ReportView(NamedTuple):
    """A year of a community or of the whole site."""

    frame: Frame
    year: str
    until: str | None  # the day on which it was made, while the year lasts
    figures: tuple[Figure, ...]
    lists: tuple[ReportList, ...]
    years: tuple[Step, ...]
    board: Step | None
