"""`cq draw-jury draw`: once, after its promise, with what the sources truly gave."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cq import console
from cq.draw import canon
from cq.draw.transcript import NAMES
from cq.jury import relays
from cq.jury.folders import Folders, Step
from tests.unit.jury import town
from tests.unit.jury.town import SIGNATURES

Cq = Callable[..., tuple[int, str]]
TRUE = SIGNATURES[1000]
DICE = "1 2 3 4 5 6 1 2 3 4"


@pytest.fixture
def promised(draw: Folders, cq: Cq) -> Folders:
    title = "Jury d'essai « simple-12 »"
    arguments = ("--source", "drand:1000", "--published", "2023-08-22T10:00:00Z", "--yes")
    code, said = cq("commit", "simple-12", "--title", title, *arguments)
    assert code == 0, said
    return draw


@pytest.fixture
def with_dice(draw: Folders, cq: Cq) -> Folders:
    code, said = cq(
        "commit", "simple-12", "--title", "Jury", "--source", "des:10:Dés de la salle",
        "--source", "drand", "--at", "2099-12-05T11:00", "--yes",
    )  # fmt: skip
    assert code == 0, said
    return draw


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def fetched(number: int) -> Iterator[tuple[str, str]]:
        raise AssertionError(number)
        yield

    monkeypatch.setattr(relays, "fetched", fetched)


def relay(monkeypatch: pytest.MonkeyPatch, *answers: tuple[str, str]) -> None:
    monkeypatch.setattr(relays, "fetched", lambda _: iter(answers))


@pytest.mark.usefixtures("no_network")
def test_a_pasted_signature_gives_the_bytes_of_the_example(promised: Folders, cq: Cq) -> None:
    code, said = cq(
        "draw", "simple-12", "--signature", TRUE, "--valide-par", "la directrice des services"
    )
    assert code == 0, said
    assert (promised.public / "sources.json").read_bytes() == (
        town.EXAMPLE / "sources.json"
    ).read_bytes()
    # The example has a replacement more.
    expected = canon.read((town.EXAMPLE / "transcript.json").read_bytes())
    made = canon.read((promised.public / "transcript.json").read_bytes())
    assert made == {**expected, "events": []}
    assert "tirage conforme" in said
    assert promised.step() is Step.DRAWN
    last = promised.journal()[-1]
    assert (last.step, last.fingerprint) == ("tirage", expected["seed"])
    assert last.note == "validé par : la directrice des services"


def test_the_round_is_fetched(promised: Folders, cq: Cq, monkeypatch: pytest.MonkeyPatch) -> None:
    assert promised
    # One relay lies; the next is asked, since nobody is believed.
    relay(monkeypatch, ("menteur.example", SIGNATURES[3]), ("juste.example", TRUE))
    code, said = cq("draw", "simple-12")
    assert code == 0, said
    assert "lu sur juste.example" in said


@pytest.mark.parametrize("text", [SIGNATURES[3], "c0" + "00" * 47, TRUE[:-1], "rien"])
def test_a_forged_signature_draws_nothing(text: str, promised: Folders, cq: Cq) -> None:
    code, said = cq("draw", "simple-12", "--signature", text)
    assert code == 1, said
    assert "drand" in said
    assert promised.step() is Step.COMMITTED
    assert not (promised.public / "sources.json").exists()


def test_without_a_relay_the_draw_waits(
    promised: Folders, cq: Cq, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise TimeoutError

    monkeypatch.setattr("urllib.request.OpenerDirector.open", refused)
    code, said = cq("draw", "simple-12")
    assert code == 3
    assert "pas de réponse à temps" in said
    assert "--signature" in said
    assert promised.step() is Step.COMMITTED


@pytest.mark.usefixtures("no_network")
def test_drawn_twice_it_is_the_same_draw(promised: Folders, cq: Cq) -> None:
    assert cq("draw", "simple-12", "--signature", TRUE)[0] == 0
    before = {path: path.read_bytes() for path in promised.public.iterdir()}
    for arguments in ((), ("--signature", TRUE)):
        code, said = cq("draw", "simple-12", *arguments)
        assert code == 0
        assert "a déjà eu lieu" in said
        assert {path: path.read_bytes() for path in promised.public.iterdir()} == before


@pytest.mark.usefixtures("no_network")
def test_another_seed_is_refused_and_both_are_published(promised: Folders, cq: Cq) -> None:
    assert cq("draw", "simple-12", "--signature", TRUE)[0] == 0
    before = (promised.public / "transcript.json").read_bytes()
    for _ in range(2):
        code, said = cq("draw", "simple-12", "--signature", SIGNATURES[3])
        assert code == 1
        assert "ne se refait pas" in said
    assert (promised.public / "transcript.json").read_bytes() == before
    seed = canon.read(before)["seed"]
    (line,) = [one for one in promised.journal() if one.step == "refus"]
    assert line.fingerprint not in {"", seed}
    assert seed in line.note
    code, said = cq("verify", "simple-12")
    assert (code, "refusé" in said) == (0, True)


def test_nothing_is_drawn_before_its_promise(site: Path, cq: Cq) -> None:
    town.planned(site)
    code, said = cq("draw", "simple-12")
    assert (code, "n’est pas engagé" in said) == (1, True)


@pytest.mark.usefixtures("no_network")
def test_dice_are_published_before_the_round(with_dice: Folders, cq: Cq) -> None:
    code, said = cq("draw", "simple-12", "--value", DICE)
    assert code == 1
    assert "5 décembre 2099" in said.replace("\u00a0", " ")
    assert with_dice.journal()[-1].note == f"Dés de la salle : {DICE}"
    # Thrown again: refused, and published too.
    code, said = cq("draw", "simple-12", "--value", DICE.replace("1", "6"))
    assert (code, "a déjà donné" in said) == (1, True)
    assert with_dice.journal()[-1].step == "refus"
    # Said again: the same.
    lines = len(with_dice.journal())
    assert cq("draw", "simple-12", "--value", "1234561234")[0] == 1
    assert len(with_dice.journal()) == lines


@pytest.mark.parametrize("value", ["1 2 3", "7 " * 10, "un deux", "1 2 3 4 5 6 1 2 3 \x07"])
def test_values_that_are_none(value: str, with_dice: Folders, cq: Cq) -> None:
    code, said = cq("draw", "simple-12", "--value", value)
    assert (code, "Dés de la salle" in said) == (1, True)
    assert [one.step for one in with_dice.journal()] == ["page", "engagement"]


def test_where_nobody_types_the_line_to_copy_is_said(with_dice: Folders, cq: Cq) -> None:
    assert with_dice
    code, said = cq("draw", "simple-12")
    assert (code, "--value" in said) == (1, True)


def test_what_is_typed_is_read_again_aloud(
    draw: Folders, cq: Cq, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ("--source", "des:32:Dés de la salle", "--yes")
    assert cq("commit", "simple-12", "--title", "Jury", *arguments)[0] == 0
    monkeypatch.setattr(console, "is_conversation", lambda: True)
    lines = iter(["1 2 3", "6" * 32, "1" * 32])
    heard: list[str] = []
    monkeypatch.setattr("builtins.input", lambda _: next(lines))
    monkeypatch.setattr(console, "agreed", lambda words: heard.append(words) or len(heard) > 1)
    code, said = cq("draw", "simple-12")
    assert code == 0, said
    assert "il faut 32 nombres de 1 à 6" in said
    assert [words.strip()[:5] for words in heard] == ["6 6 6", "1 1 1"]
    assert canon.read((draw.public / "sources.json").read_bytes())[0]["text"] == " ".join("1" * 32)


def test_ctrl_c_among_the_questions_leaves_nothing(
    with_dice: Folders, cq: Cq, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(_: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(console, "is_conversation", lambda: True)
    monkeypatch.setattr("builtins.input", stopped)
    code, said = cq("draw", "simple-12")
    assert (code, "interrompu" in said) == (130, True)
    assert not (with_dice.private / "valeurs.json").exists()


@pytest.mark.parametrize("name", NAMES[:2])
def test_a_list_that_changed_since_is_not_drawn_from(name: str, promised: Folders, cq: Cq) -> None:
    path = promised.public / name
    path.write_bytes(path.read_bytes().replace(b"3", b"4", 1))
    code, said = cq("draw", "simple-12", "--signature", TRUE)
    assert (code, "Tirage refusé" in said) == (1, True)
    assert promised.step() is Step.COMMITTED


def test_a_promise_that_changed_since_is_not_drawn_from(promised: Folders, cq: Cq) -> None:
    path = promised.public / "commitment.json"
    path.write_bytes(path.read_bytes().replace(b"essai", b"essay"))
    code, said = cq("draw", "simple-12", "--signature", TRUE)
    assert (code, "Tirage refusé" in said) == (1, True)
    assert cq("verify", "simple-12")[0] == 1


@pytest.mark.usefixtures("no_network")
def test_a_kill_before_the_last_line_is_made_good(promised: Folders, cq: Cq) -> None:
    journal = promised.public / "journal.csv"
    whole = [one.step for one in promised.journal()]
    journal.unlink()
    assert cq("draw", "simple-12", "--signature", TRUE)[0] == 0
    assert [one.step for one in promised.journal()] == [*whole, "tirage"]
    journal.write_bytes(b"".join(journal.read_bytes().splitlines(keepends=True)[:-1]))
    assert cq("draw", "simple-12")[0] == 0
    assert [one.step for one in promised.journal()] == [*whole, "tirage"]


@pytest.mark.parametrize("function", ["\x07", "x" * 201])
@pytest.mark.usefixtures("no_network")
def test_who_answers_for_it_is_words(function: str, promised: Folders, cq: Cq) -> None:
    code, said = cq("draw", "simple-12", "--signature", TRUE, "--valide-par", function)
    assert (code, "--valide-par" in said) == (1, True)
    assert promised.step() is Step.COMMITTED


@pytest.mark.parametrize("name", ["transcript.json", "sources.json", "commitment.json"])
@pytest.mark.parametrize("data", [b"1\n", b"[]\n", b"{}\n", b"{", b"", b"\xff", b"[[[]]]\n"])
@pytest.mark.usefixtures("no_network")
def test_a_file_that_is_spoilt_is_a_sentence(
    name: str, data: bytes, promised: Folders, cq: Cq
) -> None:
    assert cq("draw", "simple-12", "--signature", TRUE)[0] == 0
    (promised.public / name).write_bytes(data)
    for arguments in (
        (), ("draw", "simple-12"), ("verify", "simple-12"), ("explain", "simple-12", "1"),
        ("replace", "simple-12", "1", "--yes"),
    ):  # fmt: skip
        code, said = cq(*arguments)
        assert code in {0, 1}, said
        assert "erreur interne" not in said
