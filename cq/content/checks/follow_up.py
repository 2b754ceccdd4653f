"""Dossiers and questions that the day, a meeting or a name contradicts.

What one file says wrongly by itself its kind has said; nothing here says it again.
"""

import datetime
from collections.abc import Iterator
from pathlib import PurePosixPath

from cq.content import people
from cq.content.item import CLOSED_STATES, Item, Reference
from cq.content.links import of_reference
from cq.content.model import Content
from cq.content.pointing import at, at_key
from cq.diagnostic import Diagnostic, Label, Span, error, note, warning
from cq.french.dates import date_range, iso_words
from cq.french.folding import fold
from cq.french.read_date import read_date

_FUNCTIONS = {
    "responsable": "commission propreté",
    "par": "conseil de quartier",
    "reponse.par": "direction de la voirie",
}


def future_steps(content: Content) -> Iterator[Diagnostic]:
    """A step tells what happened; what is still to come is the next step, and its day."""
    for item in content.items:
        if item.dossier is None:
            continue
        later = [step.day for step in item.dossier.steps if step.day > content.today]
        if not later:
            continue
        yield warning(
            "future-step",
            f"une étape est datée du {iso_words(later[0])}, qui n’est pas encore passé",
            _step_at(item, later[0]),
            "les étapes disent ce qui s’est passé : celle-ci est montrée « à venir »",
            f"corrigez la date, ou écrivez plutôt : prochaine_etape: …\necheance: {later[0]}",
        )


def overdue_dossiers(content: Content) -> Iterator[Diagnostic]:
    """A date that everybody reads and that is over: something came, or another date is due."""
    for item in content.items:
        dossier = item.dossier
        if dossier is None or dossier.due is None or dossier.state in CLOSED_STATES:
            continue
        if (item.day or "") <= dossier.due < content.today:
            yield note(
                "overdue-dossier",
                f"l’échéance du dossier est passée depuis le {iso_words(dossier.due)}",
                at_key(item, "echeance"),
                "la page le montre « en retard »",
                "ajoutez l’étape qui a eu lieu, ou changez l’échéance",
            )


def future_answers(content: Content) -> Iterator[Diagnostic]:
    """Nobody has answered tomorrow."""
    for item in content.items:
        answer = item.question and item.question.answer
        if answer and content.today < answer.day and (item.day or "") <= answer.day:
            yield error(
                "future-answer",
                f"la réponse est datée du {iso_words(answer.day)}, qui n’est pas encore passé",
                at_key(item, "reponse.date"),
                "une réponse à venir n’en est pas encore une",
                "corrigez la date, ou retirez la réponse en attendant",
            )


def questions_off_meetings(content: Content) -> Iterator[Diagnostic]:
    """A question asked at a meeting was asked on its day: one of the two dates is wrong."""
    for item in content.items:
        if item.question is None or item.day is None:
            continue
        for reference in item.references:
            if reference.field != "evenement":
                continue
            meeting = of_reference(content, item, "evenement", reference.target).item
            if meeting is not None and not _held(meeting, item.day):
                yield _off(item, meeting, reference)


def _held(meeting: Item, day: str) -> bool:
    """Whether the meeting may have been on `day`: a repeated one, or none at all, may."""
    event = meeting.event
    if event is None or event.repetition is not None or meeting.day is None:
        return True
    return meeting.day <= day <= (event.end_day or meeting.day)


def _off(item: Item, meeting: Item, reference: Reference) -> Diagnostic:
    first = datetime.date.fromisoformat(meeting.day or "")
    last = datetime.date.fromisoformat((meeting.event and meeting.event.end_day) or str(first))
    return warning(
        "question-off-meeting",
        f"la question est posée le {iso_words(item.day or '')}, "
        f"sa réunion a lieu {date_range(first, last)}",
        at(item, reference),
        "la page montrerait les deux dates",
        f"écrivez : posee_le: {first}, ou le nom de la bonne réunion",
        labels=(Label(Span(PurePosixPath(meeting.path)), "la réunion"),),
    )


def named_people(content: Content) -> Iterator[Diagnostic]:
    """Who follows, asks or answers is a function: the public page needs no name for it."""
    places = [fold(one.name) for one in content.communities.values()]
    for item in content.items:
        if item.dossier is None and item.question is None:
            continue
        said = {trace.line for trace in item.traces if trace.kind == "resident"}
        for one in item.written:
            if one.field not in _FUNCTIONS or one.line in said:
                continue
            if fold(one.target).startswith(tuple(places)):
                continue
            if people.names_person(one.target):
                key = one.field.rpartition(".")[2]
                yield warning(
                    "named-person",
                    f"« {one.target} » semble être le nom d’une personne",
                    at(item, one),
                    "une fonction suffit, et reste vraie quand la personne change",
                    f"écrivez par exemple : {key}: {_FUNCTIONS[one.field]}",
                )


def _step_at(item: Item, iso: str) -> Span:
    """The place of the date of a step, however it is written."""
    for one in item.written:
        if one.field == "etapes.date":
            day = read_date(one.target).value
            if day is not None and day.isoformat() == iso:
                return at(item, one)
    return Span(PurePosixPath(item.path))
