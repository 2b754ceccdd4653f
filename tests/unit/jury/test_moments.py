"""Moments by the clocks here, by others' and in universal time; hours that are skipped or twice."""

import pytest

from cq.jury import moments
from cq.jury.folders import Refused

PARIS = "Europe/Paris"


@pytest.mark.parametrize(
    ("typed", "zone", "iso"),
    [
        ("2026-12-05T11:00", PARIS, "2026-12-05T10:00:00Z"),
        ("2026-07-05 11:00", PARIS, "2026-07-05T09:00:00Z"),
        ("2026-12-05T11:00:30", PARIS, "2026-12-05T10:00:30Z"),
        ("2026-12-05T11:00:00Z", PARIS, "2026-12-05T11:00:00Z"),
        ("2026-12-05T11:00+01:00", "America/Guadeloupe", "2026-12-05T10:00:00Z"),
        ("2026-12-05T11:00", "America/Guadeloupe", "2026-12-05T15:00:00Z"),
        ("2026-10-25T02:30+01:00", PARIS, "2026-10-25T01:30:00Z"),
    ],
)
def test_what_is_typed(typed: str, zone: str, iso: str) -> None:
    assert moments.iso(moments.seconds(typed, zone)) == iso


@pytest.mark.parametrize(
    "typed",
    ["", "demain", "2026-12-05", "05/12/2026 11:00", "2026-13-05T11:00", "2026-12-05T25:00",
     "9999-12-31T23:59", "0001-01-01T00:00Z", "2026-12-05T11:00:00+99:99",
     "2026-03-29T02:30", "2026-10-25T02:30"],
)  # fmt: skip
def test_what_is_no_moment(typed: str) -> None:
    with pytest.raises(Refused, match="--at"):
        moments.seconds(typed, PARIS)


def test_a_moment_is_told_by_both_clocks() -> None:
    def told(moment: int, zone: str) -> str:
        return moments.words(moment, zone).replace("\u00a0", " ")

    instant = moments.seconds("2026-12-05T23:30:00Z", PARIS)
    assert told(instant, PARIS) == (
        "dimanche 6 décembre 2026 à 0 h 30 (le 5/12 23 h 30 en temps universel)"
    )
    assert told(instant, "UTC") == "samedi 5 décembre 2026 à 23 h 30 en temps universel"
    exact = moments.seconds("2026-04-02T16:30:03Z", PARIS)  # drand has a round every three seconds
    assert told(exact, PARIS) == (
        "jeudi 2 avril 2026 à 18 h 30 min 03 s (16 h 30 min 03 s en temps universel)"
    )
