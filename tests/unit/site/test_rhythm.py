"""A repeated meeting says how it comes back, as one would tell a neighbour."""

import pytest

from cq.content.item import Repetition
from cq.site.plan import rhythm


@pytest.mark.parametrize(
    ("rule", "day", "words"),
    [
        (Repetition("semaine", None, None, None), "2026-10-04", "chaque dimanche"),
        (
            Repetition("semaine", None, 1, "2027-03-01"),
            "2026-10-04",
            "chaque mardi, jusqu’au 1er mars 2027",
        ),
        (Repetition("mois", 1, 5, None), "2026-09-05", "le premier samedi de chaque mois"),
        (Repetition("mois", None, None, None), "2026-09-12", "le deuxième samedi de chaque mois"),
        (Repetition("mois", -1, 4, None), "2026-09-25", "le dernier vendredi de chaque mois"),
        (Repetition("mois", 7, 4, None), "2026-09-25", ""),
    ],
)
def test_words(rule: Repetition, day: str, words: str) -> None:
    assert rhythm.words(rule, day) == words
