"""The follow-up as rows: plain values under French names, for the terminal and for spreadsheets.

From the whole content that the animateur has: `espace` says who else may read a row. Drafts and
files that were refused are not followed yet.
"""

from collections.abc import Iterator
from typing import NamedTuple

from cq.content import layout
from cq.content.item import DOSSIER_STATES
from cq.content.model import Community, Content
from cq.dossiers.board import Board, board, items_of
from cq.dossiers.standing import LATE, DossierStanding, QuestionStanding
from cq.french.folding import slug

_IN_LATE, _ASLEEP = "en-retard", "en-sommeil"
DOSSIER_CHOICES = (_IN_LATE, _ASLEEP, *DOSSIER_STATES)
QUESTION_CHOICES = (_IN_LATE, "en-attente", "repondue")

DOSSIER_KEYS = (
    "etat", "retard_jours", "en_sommeil", "titre", "lieu", "espace", "depuis", "age_jours",
    "dernier_mouvement", "immobile_jours", "responsable", "prochaine_etape", "echeance", "fin",
    "chemin",
)  # fmt: skip
QUESTION_KEYS = (
    "etat", "retard_jours", "titre", "lieu", "espace", "posee_le", "age_jours", "par",
    "adressee_a", "attendue_le", "echeance_ecrite", "repondue_le", "repondue_par", "delai_jours",
    "chemin",
)  # fmt: skip

Row = dict[str, str | int | float | bool | None]


class Rows(NamedTuple):
    """What was asked for, late ones first, and what was left out."""

    rows: tuple[Row, ...]
    late: int
    asleep: int
    veiled: int  # private ones that this run may not show
    refused: int  # files of this kind that could not be read


def dossiers(
    content: Content, community: Community | None, state: str | None, *, veiled: bool
) -> Rows:
    """The dossiers of `content`, of one community, in one of DOSSIER_CHOICES. `veiled`: those of
    private spaces are counted and not shown.
    """
    kept, hidden = _kept(content, community, veiled=veiled)
    found = [one for one in kept.dossiers if state is None or state in _dossier_states(one)]
    left = sum(state is None or state in _dossier_states(one) for one in hidden.dossiers)
    return Rows(
        tuple(_dossier(content, one) for one in found),
        sum(one.late for one in found),
        sum(one.dormant for one in found),
        left,
        _refused(content, "dossier"),
    )


def questions(
    content: Content, community: Community | None, state: str | None, *, veiled: bool
) -> Rows:
    """The questions of `content`, of one community, in one of QUESTION_CHOICES; as `dossiers`."""
    kept, hidden = _kept(content, community, veiled=veiled)
    found = [one for one in kept.questions if state is None or state == slug(one.state)]
    left = sum(state is None or state == slug(one.state) for one in hidden.questions)
    return Rows(
        tuple(_question(content, one) for one in found),
        sum(one.state == LATE for one in found),
        0,
        left,
        _refused(content, "question"),
    )


def _kept(content: Content, community: Community | None, *, veiled: bool) -> tuple[Board, Board]:
    """The board to show, and the one to keep back."""
    items = [one for one in items_of(content, community) if not one.draft and not one.faulty]
    private = [one for one in items if veiled and one.space != layout.PUBLIC]
    shown = [one for one in items if not veiled or one.space == layout.PUBLIC]
    return board(shown, content.today), board(private, content.today)


def _refused(content: Content, kind: str) -> int:
    return sum(one.faulty and one.kind == kind for one in content.items)


def _dossier_states(one: DossierStanding) -> Iterator[str]:
    yield one.facts.state
    if one.late:
        yield _IN_LATE
    if one.dormant:
        yield _ASLEEP


def _dossier(content: Content, one: DossierStanding) -> Row:
    return {
        "etat": one.facts.state,
        "retard_jours": one.overdue,
        "en_sommeil": one.dormant,
        "titre": one.item.title,
        "lieu": content.name_of(one.item.home),
        "espace": one.item.space,
        "depuis": one.since,
        "age_jours": one.age,
        "dernier_mouvement": one.moved,
        "immobile_jours": one.still,
        "responsable": one.facts.owner,
        "prochaine_etape": one.facts.next_step,
        "echeance": one.facts.due,
        "fin": one.closed,
        "chemin": one.item.path,
    }


def _question(content: Content, one: QuestionStanding) -> Row:
    return {
        "etat": slug(one.state),
        "retard_jours": one.overdue,
        "titre": one.item.title,
        "lieu": content.name_of(one.item.home),
        "espace": one.item.space,
        "posee_le": one.asked,
        "age_jours": one.age,
        "par": one.facts.asked_by,
        "adressee_a": one.facts.to,
        "attendue_le": one.due,
        "echeance_ecrite": one.due_given,
        "repondue_le": one.answer.day if one.answer else None,
        "repondue_par": one.answer.by if one.answer else None,
        "delai_jours": one.delay,
        "chemin": one.item.path,
    }
