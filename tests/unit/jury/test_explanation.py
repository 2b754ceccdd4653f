"""What one person is told of a draw: why they sit, or do not, with their own figures."""

import json

import pytest

from cq.draw.replacement import Event
from cq.draw.transcript import NAMES, Result
from cq.draw.verify import verified
from cq.jury.explanation import NotListed, explained
from tests.conftest import ROOT

DEMO = ROOT / "content" / "jurys" / "jury-des-bancs-2026"


@pytest.fixture(scope="module")
def drawn() -> tuple[Result, list[Event]]:
    files = {name: (DEMO / name).read_bytes() for name in NAMES}
    result = verified(files).result
    assert result
    panel = result.panel()
    for event in json.loads(files["transcript.json"])["events"]:
        panel.replace(event["out"])
    return result, panel.events


def told(drawn: tuple[Result, list[Event]], pid: str) -> str:
    return "\n".join(explained(*drawn, pid))


def test_somebody_who_sits(drawn: tuple[Result, list[Event]]):
    text = told(drawn, drawn[0].drawn.seats[0].pid)
    assert "personne tirée, qui siège" in text
    assert "quartier : Château-d’Eau – Lancry, âge : 16 à 34 ans" in text
    assert "1 chance sur 17 (5,88 %) avant la règle des foyers" in text.replace("\u00a0", " ")
    assert "composition 11 sur 12" in text
    assert "19 mars 2026" in text


def test_somebody_who_left_and_who_came(drawn: tuple[Result, list[Event]]):
    event = drawn[1][0]
    assert event.entering
    assert "tirée, puis remplacée (remplacement 1)" in told(drawn, event.leaving)
    assert "La raison n’est pas publique" in told(drawn, event.leaving)
    assert "appelée à siéger par le remplacement 1" in told(drawn, event.entering)
    assert event.leaving in told(drawn, event.entering)


def test_each_number_has_an_explanation(drawn: tuple[Result, list[Event]]):
    for person in drawn[0].order:
        assert told(drawn, person.pid).startswith(f"Numéro {person.pid} : personne ")


def test_a_number_that_is_not_listed_says_nothing_more(drawn: tuple[Result, list[Event]]):
    with pytest.raises(NotListed, match=r"^ce numéro n’est pas dans la liste$"):
        explained(*drawn, "0" * 32)
