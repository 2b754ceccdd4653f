"""Views of the pages that lead into others: the wiki's index, what has changed of late.

Under the law of `cq.site.views`: plain frozen values, told in docs/themes.md.
"""

from typing import NamedTuple

from cq.site.views import Card, Frame, Section, Step


class WikiView(NamedTuple):
    """The wiki of the site or of one community."""

    frame: Frame
    intro: str
    sections: tuple[Section, ...]  # by letter
    cited: tuple[Step, ...]  # the pages that others lead to most; `number` says how many do
    orphans: tuple[Card, ...]  # no text leads to them
    orphans_more: int  # those that are not named
    glossary: Step | None
    empty: str
    elsewhere: Step | None


class Change(NamedTuple):
    """The last thing that happened to an item."""

    card: Card
    day: str
    what: str  # « Question répondue »
    detail: str = ""  # title of a dossier's step


class ChangeGroup(NamedTuple):
    """A week's or a month's changes, the latest first."""

    heading: str
    anchor: str  # « depuis-2026-11 »
    changes: tuple[Change, ...]
    more: int  # those that are not named


class ChangesView(NamedTuple):
    """« Ce qui a changé » on the whole site, or in one community."""

    frame: Frame
    intro: str
    groups: tuple[ChangeGroup, ...]
    by_history: bool  # days are git's; else those that the texts say
    feed: str
    empty: str
    elsewhere: Step | None
