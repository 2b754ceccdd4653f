"""`cq new` at a terminal."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from cq import digest
from cq.content.kinds import BY_NAME
from cq.content.parse import parse
from cq.content.scan import Source
from cq.scaffold import questions
from cq.scaffold.item import Wish, new

DAY = datetime.date(2026, 3, 10)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    file = tmp_path / "content/quartiers/canal/quartier.yml"
    file.parent.mkdir(parents=True)
    file.write_text("nom: Canal\n")
    return tmp_path


def answering(answers: dict[str, list[str]]) -> Callable[[str, str], str]:
    def ask(words: str, default: str) -> str:
        for begin, texts in answers.items():
            if begin in words and texts:
                return texts.pop(0)
        return default

    return ask


def test_a_conversation_asks_again_until_the_answer_fits(root: Path) -> None:
    ask = answering({
        "Titre": ["Plénière"], "Date": ["le 32 mars", "2026-04-10"], "Quartier": ["canel", "canal"],
        "Lieu": ["Mairie"], "Heure de début": ["25:00", "19h30"],
    })  # fmt: skip
    kind = BY_NAME["event"]
    made = new(root, kind, questions.conversation(root, kind, Wish(), DAY, ask), DAY)
    assert str(made.path) == "content/quartiers/canal/agenda/2026-04-10-pleniere.md"
    data = made.text.encode()
    card = parse(Source(made.path, data, digest.of_bytes(data))).item
    assert card is not None
    assert card.event is not None
    assert (card.event.start, card.event.place) == ("19:30", "Mairie")


def test_what_options_said_is_not_asked(root: Path) -> None:
    wish = Wish("A", "2026-03-10", "canal", given={"lieu": "x", "debut": "19:00"})
    assert list(questions.questions(root, BY_NAME["event"], wish, DAY)) == []
