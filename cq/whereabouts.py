"""Where the repositories of a site stand: its own, and those inside it.

No history is read here, and git is started only where its files cannot be understood.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from cq import digest
from cq.content.past import is_private
from cq.repository.head import RepositoryFault, Standing, standing
from cq.repository.places import places


class Stand(NamedTuple):
    """Where one repository stands."""

    place: str  # its folder in the site
    standing: Standing | None
    fault: str = ""  # why git could not say

    @property
    def private(self) -> bool:
        """Whether nothing that is public lies in it."""
        return is_inner(self.place)

    @property
    def mark(self) -> str:
        """Equal ones have the same history; "" where that cannot be known."""
        return "" if self.fault else self.standing.mark if self.standing else "-"


class Where(NamedTuple):
    """Where the repositories of a site stand, before anything is read of them."""

    stands: tuple[Stand, ...]

    @property
    def places(self) -> tuple[str, ...]:
        return tuple(one.place for one in self.stands)

    @property
    def mark(self) -> str:
        """As of one repository, of all that hold public texts."""
        return _mark(one for one in self.stands if not one.private)

    @property
    def inner_mark(self) -> str:
        """Of those that hold private texts alone: the others are in `mark`."""
        return _mark(one for one in self.stands if one.private)


def _mark(stands: Iterable[Stand]) -> str:
    marks = [(one.place, one.mark) for one in stands]
    return digest.of_value(marks) if all(mark for _, mark in marks) else ""


def is_inner(place: str) -> bool:
    """Whether nothing that is public lies in the folder `place`."""
    return is_private(f"{place}/x.md")


def where(root: Path, paths: Iterable[str] = ()) -> Where:
    """Where the site's repository stands, and those inside it that hold the files at `paths`."""
    return Where(tuple(_stand(root, place) for place in places(root, paths)))


def _stand(root: Path, place: str) -> Stand:
    try:
        return Stand(place, standing(root / place))
    except RepositoryFault as fault:
        return Stand(place, None, str(fault))
