"""A promise as it is told: to be read aloud, printed, and aimed at with a telephone."""

from collections.abc import Iterator

from cq.draw.plan import Plan
from cq.draw.sources import DICE, DRAND, LOTTO, Source
from cq.draw.transcript import Commitment
from cq.draw.words import control
from cq.french.numbers import counted
from cq.jury import moments
from cq.terminal import one_line

_GROUP, _LINE = 4, 8  # digits of a fingerprint that are read in one breath; groups of a line


def source_words(source: Source, zone: str) -> str:
    """« le tour 1000 de drand, mardi 22 août 2023 à 17 h 59 », « 32 dés : Dés de la salle »."""
    if source.kind == DRAND:
        return f"le tour {source.round} de drand, {moments.words(source.time(), zone)}"
    label = one_line(source.label)
    if source.kind == DICE:
        return f"{counted(source.count, 'dé')} : {label}"
    if source.kind == LOTTO:
        return f"{counted(source.count, 'numéro')} de loto : {label}"
    return f"des mots : {label}"


def grouped(fingerprint: str) -> list[str]:
    """The lines of a fingerprint, in groups of four digits."""
    groups = [fingerprint[at : at + _GROUP] for at in range(0, len(fingerprint), _GROUP)]
    return [" ".join(groups[at : at + _LINE]) for at in range(0, len(groups), _LINE)]


def control_words(promise: Commitment) -> str:
    """« 1 abaisser  2 bougie … »."""
    words = control(promise.digest())
    return "  ".join(f"{number} {word}" for number, word in enumerate(words, 1))


def told(promise: Commitment, plan: Plan, zone: str) -> Iterator[str]:
    """A promise, on a screen."""
    yield f"tirage : {promise.draw} « {one_line(promise.title)} »"
    people = counted(promise.pool_size, "personne")
    yield f"liste : {people}, dont {plan.k} à tirer"
    for one in promise.sources:
        yield f"source : {source_words(one, zone)}"
    yield "empreinte de l’engagement, à publier et à lire à voix haute :"
    yield from (f"  {line}" for line in grouped(promise.digest().hex()))
    yield f"mots de contrôle : {control_words(promise)}"


def code(promise: Commitment) -> str:
    """What the drawing to aim at says: enough to compare with what the site shows."""
    return f"cq/jury/v1 {promise.draw} {promise.digest().hex()}"


def drawing(promise: Commitment) -> bytes:
    """The same as a picture to print: SVG."""
    import io

    import segno

    made = io.BytesIO()
    segno.make(code(promise), error="m", micro=False).save(
        made, kind="svg", border=4, scale=8, title="Empreinte de l’engagement, en code QR"
    )
    return made.getvalue()


def on_screen(promise: Commitment) -> str:
    """The same for a terminal."""
    import io

    import segno

    made = io.StringIO()
    segno.make(code(promise), error="l", micro=False).terminal(made, compact=True)
    return made.getvalue().rstrip("\n")
