"""What the feeds are made of: plain frozen values, whose digest is a feed's whole dependency.

Only str, int, None and tuples of these, dates as ISO strings, so that `digest.of_value` takes them
and a value that went through JSON is the same value. Nothing here computes anything.
"""

from typing import NamedTuple


class Repetition(NamedTuple):
    """« le deuxième mardi de chaque mois jusqu’au 30 juin, sauf le 14 avril »."""

    every: str
    """`"semaine"` or `"mois"`."""
    interval: int
    """1 is every week or month, 2 every other one."""
    rank: int | None
    """In a month: 2 the second, -1 the last, from -5 to 5; None that of the first meeting."""
    weekday: int | None
    """0 is Monday; None that of the first meeting."""
    until: str | None
    """The last day that may have one, ISO; None without end."""
    excluding: tuple[str, ...] = ()
    """Days of the rule on which there is none, ISO."""


class Meeting(NamedTuple):
    """One event of the agenda, in the hours of its calendar's zone."""

    uid: str
    sequence: int
    stamp: str
    """The ISO day of `maj:`, else of `date:`: there is no clock here."""
    title: str
    day: str
    end_day: str | None = None
    """The last day, itself included."""
    start: str | None = None
    """`"19:30"`; None lasts the whole day."""
    end: str | None = None
    place: tuple[str, ...] = ()
    """Its name, then the lines of its address."""
    status: str = "confirmé"
    """`"confirmé"`, `"annulé"` or `"reporté"`."""
    categories: tuple[str, ...] = ()
    description: str = ""
    """Plain text, never HTML."""
    url: str | None = None
    """The page, absolute; None where the site has no address yet."""
    repetition: Repetition | None = None


class CalendarView(NamedTuple):
    """One .ics file."""

    uid: str
    name: str
    description: str
    zone: str
    """A name for which `zones.supported_zone` is true."""
    meetings: tuple[Meeting, ...]
    url: str | None = None
    """The agenda's page, absolute."""


class AtomEntry(NamedTuple):
    """One entry of an Atom feed. `updated` and `published` are ISO days or RFC 3339 moments."""

    id: str
    title: str
    address: str
    updated: str
    published: str | None = None
    summary: str = ""
    """Plain text."""
    content: str | None = None
    """HTML, cleaned by whoever gives it."""
    author: str | None = None
    categories: tuple[str, ...] = ()


class AtomView(NamedTuple):
    """One Atom feed. Addresses are absolute, or relative to the feed's own."""

    id: str
    title: str
    self_address: str
    site_address: str
    updated: str
    author: str
    entries: tuple[AtomEntry, ...]
    subtitle: str = ""


class SitemapEntry(NamedTuple):
    """One public page."""

    address: str
    """Absolute."""
    lastmod: str | None = None


class SitemapView(NamedTuple):
    """All public pages."""

    entries: tuple[SitemapEntry, ...]
