"""Where a débat stands on a day: its phases, the current one, and whether it is over."""

from cq.content.item import DebateFacts, Phase

PAST, NOW, COMING = "passée", "en cours", "à venir"
OPEN, BETWEEN, UNFINISHED, CLOSED = "en cours", "entre deux phases", "à conclure", "conclu"


def state(phase: Phase, today: str) -> str:
    """« passée », « en cours » or « à venir » on `today` (ISO); first and last day included."""
    if phase.end < today:
        return PAST
    return COMING if phase.start > today else NOW


def in_order(debate: DebateFacts) -> tuple[Phase, ...]:
    """The phases by their first day, whatever order they were written in."""
    return tuple(sorted(debate.phases, key=lambda one: (one.start, one.end)))


def current(debate: DebateFacts, today: str) -> Phase | None:
    """The phase of `today`; where two overlap, the one that began last."""
    running = [one for one in in_order(debate) if state(one, today) == NOW]
    return running[-1] if running else None


def following(debate: DebateFacts, today: str) -> Phase | None:
    """The next phase to begin after `today`."""
    return next((one for one in in_order(debate) if one.start > today), None)


def span(debate: DebateFacts) -> tuple[str, str]:
    """The first and the last day (ISO) of all phases."""
    return min(one.start for one in debate.phases), max(one.end for one in debate.phases)


def standing(debate: DebateFacts, today: str) -> str:
    """« à venir », « en cours », « entre deux phases », « à conclure » or « conclu ».

    A synthesis is what ends a débat; without it, one whose phases are over is still to be ended.
    """
    if debate.synthesis:
        return CLOSED
    first, last = span(debate)
    if today < first:
        return COMING
    if today > last:
        return UNFINISHED
    return OPEN if current(debate, today) is not None else BETWEEN
