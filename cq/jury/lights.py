"""Five lights as they are told: a word for each state, a colour where there are colours."""

from collections.abc import Iterator

from cq import remedies
from cq.draw.verify import Light, State, Verdict
from cq.french.numbers import counted
from cq.jury import signature
from cq.terminal import one_line

_COLOURS = {State.GREEN: "32", State.AMBER: "33", State.RED: "31", State.OFF: "2"}
_WIDTH = 13  # of the longest name


def told(verdict: Verdict, *, colour: bool) -> Iterator[str]:
    """A line for each light, its sentences, and what to make of them."""
    for light in verdict.lights.values():
        name = f"{light.name} ".ljust(_WIDTH + 1, ".")
        yield f"{name} {painted(light, colour=colour)}"
        yield from (f"  {one_line(sentence)}" for sentence in light.said)
    yield summary(verdict)
    if verdict.lights["plan"].state is State.AMBER:
        yield "pour vérifier aussi les quotas : --table types.json, la table que le témoin a"
    if not can_check() and verdict.lights["graine"].state is State.AMBER:
        yield f"pour vérifier aussi la signature de drand : {remedies.library(signature.LIBRARY)}"


def can_check() -> bool:
    """Whether a signature can be looked at here."""
    return signature.signed(1, b"") is not None


def painted(light: Light, *, colour: bool) -> str:
    """« VERT »."""
    word = light.state.value.upper()
    return f"\x1b[{_COLOURS[light.state]}m{word}\x1b[0m" if colour else word


def summary(verdict: Verdict) -> str:
    """One sentence for the five."""
    states = [light.state for light in verdict.lights.values()]
    if not verdict.good:
        red = [light.name for light in verdict.lights.values() if light.state is State.RED]
        return f"ce tirage n’est pas conforme : {', '.join(red)}"
    green = states.count(State.GREEN)
    if green == len(states):
        return "tirage conforme : tout a été refait et donne le même résultat"
    amber = states.count(State.AMBER)
    if State.OFF in states:
        return "rien de faux jusqu’ici ; le tirage n’a pas encore eu lieu"
    return f"rien de faux ; {counted(amber, 'feu', 'feux')} orange : tout n’a pas pu être vérifié"
