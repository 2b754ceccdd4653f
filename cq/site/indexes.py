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
