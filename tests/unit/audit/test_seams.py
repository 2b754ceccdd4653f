"""A run of words that a page makes of two public texts is no leak; a sentence always is one."""

import pytest

from cq.audit import folded
from cq.audit.seams import Seams

SEAMS = Seams(
    folded.words(one)
    for one in (
        "Vide-grenier : l’avenue Parmentier",
        "L’association des parents d’élèves propose une date.",
        "Conseil de quartier",
        "Louis-Blanc",
        "Publié le",
    )
)


@pytest.mark.parametrize(
    "run",
    [
        "grenier : l’avenue Parmentier, L’association",
        "avenue Parmentier 3 mars 2026 L’association",
        "Conseil de quartier Louis-Blanc 12",
        "avenue Parmentier Louis-Blanc L’association",
        "Publié le 3 mars 2026 Louis",
    ],
)
def test_parts_that_stand_side_by_side_are_explained(run: str) -> None:
    assert SEAMS.explain(folded.words(run))


@pytest.mark.parametrize(
    "run",
    [
        "la trésorière quitte l’association des parents",
        "avenue Parmentier la date est refusée",
        "nous cherchons une date avec l’association",
        "Conseil de quartier le 3 quelqu’un part",
    ],
)
def test_a_sentence_is_not(run: str) -> None:
    assert not SEAMS.explain(folded.words(run))
