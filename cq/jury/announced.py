"""A promise as it is told: to be read aloud, printed, and aimed at with a telephone."""

from collections.abc import Iterator

from cq.draw.plan import Plan
from cq.draw.sources import DICE, DRAND, LOTTO, Source
from cq.draw.transcript import Commitment, Result
from cq.draw.words import control
from cq.french.numbers import counted, number
from cq.jury import moments
from cq.terminal import one_line

_MOST_SHOWN = 60  # seats on a screen
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
    return "  ".join(f"{place} {word}" for place, word in enumerate(words, 1))


def asked(promise: Commitment, plan: Plan, zone: str) -> Iterator[str]:
    """What would be promised, on a screen. Nothing that would be published: a fingerprint is one
    of a promise that was made.
    """
    yield f"tirage : {promise.draw} « {one_line(promise.title)} »"
    people = counted(promise.pool_size, "personne")
    yield f"liste : {people}, dont {plan.k} à tirer"
    if plan.sealed:
        many = counted(len(plan.counts), "type")
        yield f"types scellés : {many}, dont le plan ne publie que les numéros"
    for one in promise.sources:
        yield f"source : {source_words(one, zone)}"


def told(promise: Commitment) -> Iterator[str]:
    """The fingerprint of a promise, to be read aloud."""
    yield "empreinte de l’engagement, à publier et à lire à voix haute :"
    yield from (f"  {line}" for line in grouped(promise.digest().hex()))
    yield f"mots de contrôle : {control_words(promise)}"


def result(made: Result, *, most: int = _MOST_SHOWN) -> Iterator[str]:
    """A draw, on a screen: the ticket, who sits by rank, who stands behind. Numbers, no names."""
    plan, drawn = made.plan, made.drawn
    yield f"graine : {made.seed.hex()}"
    if len(plan.compositions) > 1:
        yield (
            f"billet {number(drawn.ticket + 1)} sur {number(plan.total)} : composition "
            f"{drawn.composition + 1} sur {len(plan.compositions)}"
        )
    yield f"{counted(len(drawn.seats), 'siège')}, dans l’ordre des rangs :"
    for rank, person in enumerate(drawn.seats[:most], 1):
        yield f"  {rank:>3}  {person.pid}{_type_words(plan, person.type)}"
    if len(drawn.seats) > most:
        yield f"  … et {len(drawn.seats) - most} autres, dans transcript.json"
    left = sum(map(len, drawn.reserve))
    yield f"suppléants : {counted(left, 'personne')} dans l’ordre des rangs, par type"
    if drawn.passed_household:
        passed = counted(len(drawn.passed_household), "personne passée", "personnes passées")
        waived = counted(len(drawn.waived_household), "reprise", "reprises")
        yield f"foyers : {passed}, dont {waived} faute d’autres"


def _type_words(plan: Plan, number: int) -> str:
    values = f"type {number}" if plan.sealed else one_line(", ".join(plan.types[number]))
    return f"  {values}" if values else ""


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
