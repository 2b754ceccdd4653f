"""A question to the institution: asked when, by whom, to whom, and what became of it."""

from collections.abc import Iterator

from pydantic import Field

from cq.content.item import Answer, QuestionFacts
from cq.content.kind import Draft, Kind, PageFields
from cq.content.schema import FrontMatter
from cq.content.types import Day, Prose, Text, Words
from cq.diagnostic import Diagnostic, error, warning
from cq.french.dates import date_words


class AnswerFields(FrontMatter):
    """The institution's answer, in its own words."""

    day: Day = Field(alias="date", description="Jour de la réponse.", examples=["2026-04-02"])
    by: Words = Field(
        alias="par",
        description="Qui répond : une fonction, pas un nom.",
        examples=["direction de la voirie"],
    )
    text: Prose = Field(
        "",
        alias="texte",
        description="La réponse ; ou un document.",
        examples=["Les travaux commenceront en mai."],
    )
    document: Text = Field(
        "",
        alias="document",
        description="Le document qui contient la réponse.",
        examples=["courrier-2026-04-02"],
    )
    follow_up: Prose = Field(
        "",
        alias="suite",
        description="Ce qui a suivi la réponse.",
        examples=["Les travaux ont été faits en juin."],
    )


class QuestionFields(PageFields):
    """Keys of a question."""

    day: Day | None = Field(
        None,
        alias="posee_le",
        description="Jour où elle a été posée ; à défaut, celui du nom du fichier.",
        examples=["2026-03-10"],
    )
    asked_by: Words = Field(
        alias="par",
        description="Qui pose la question : une instance, pas une personne.",
        examples=["conseil de quartier Louis-Blanc – Aqueduc"],
    )
    to: Words = Field(
        alias="adressee_a",
        description="À qui elle est posée.",
        examples=["conseil d’arrondissement"],
    )
    event: Text | None = Field(
        None,
        alias="evenement",
        description="Réunion où elle a été posée.",
        examples=["2026-03-10-pleniere"],
    )
    due: Day | None = Field(
        None, alias="echeance", description="Réponse attendue pour le.", examples=["2026-05-10"]
    )
    answer: AnswerFields | None = Field(
        None, alias="reponse", description="La réponse de l’institution."
    )


def check(draft: Draft) -> Iterator[Diagnostic]:
    """What one question can say wrongly by itself: its days in their order, an empty answer."""
    fields: QuestionFields = draft.fields
    asked, answer = draft.day, fields.answer
    if asked is not None and fields.due is not None and fields.due < asked:
        yield warning(
            "due-before-start",
            f"l’échéance, le {date_words(fields.due)}, précède la question, "
            f"posée le {date_words(asked)}",
            draft.at("echeance"),
            "la réponse serait en retard avant d’être demandée",
            "corrigez l’une des deux dates",
        )
    if answer is None:
        return
    if asked is not None and answer.day < asked:
        yield error(
            "answer-before-question",
            f"la réponse, le {date_words(answer.day)}, précède la question, "
            f"posée le {date_words(asked)}",
            draft.at("reponse", "date"),
            "le délai de réponse n’aurait pas de sens",
            "corrigez l’une des deux dates",
        )
    if not answer.text and not answer.document:
        yield error(
            "empty-answer",
            "la réponse n’a ni texte ni document",
            draft.at("reponse"),
            "la page dirait qu’on a répondu, sans dire quoi",
            "ajoutez sous « reponse » la ligne : texte: Les travaux commenceront en mai.",
        )


def facts(draft: Draft) -> QuestionFacts:
    fields: QuestionFields = draft.fields
    due = fields.due.isoformat() if fields.due else None
    return QuestionFacts(fields.asked_by, fields.to, due, _answer(fields.answer))


def _answer(said: AnswerFields | None) -> Answer | None:
    if said is None:
        return None
    return Answer(said.day.isoformat(), said.by, said.text, said.document, said.follow_up)


EXAMPLE = """\
---
titre: Quand les toilettes du quai rouvriront-elles ?
posee_le: 2026-03-10
par: conseil de quartier Louis-Blanc – Aqueduc
adressee_a: conseil d’arrondissement
evenement: 2026-03-10-pleniere
echeance: 2026-05-10
reponse:
  date: 2026-04-02
  par: direction de la voirie
  texte: Les travaux commenceront en mai.
  suite: Elles ont rouvert le 15 juin 2026.
---

Elles sont fermées depuis l’été 2025, et le marché n’en a pas d’autres.
"""

KIND = Kind(
    name="question",
    label="question",
    plural="questions",
    folder="questions",
    model=QuestionFields,
    template="question.html",
    check=check,
    dated=True,
    day_key="posee_le",
    references=("groupes", "dossiers", "evenement", "reponse.document"),
    pointed=("par", "reponse.par", "reponse.date"),
    facts=facts,
    example=("questions/2026-03-10-toilettes-du-quai.md", EXAMPLE),
)
