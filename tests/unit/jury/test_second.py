"""A second stage: those who answered, with the numbers of the first, provably within it."""

from pathlib import Path

import pytest

from cq.draw import canon, plan, pool, sources
from cq.draw.sealing import nonce_of
from cq.draw.transcript import Commitment, Result, stage_digest
from cq.draw.verify import State, verified
from cq.jury import checked, committing, people, planning, sharing
from cq.jury.columns import Wanted
from cq.jury.folders import TYPES, Backwards, Folders, Refused
from tests.unit.jury.test_freezing import HEAD, KEY, freeze, wish

TWENTY = HEAD + "".join(
    f"E{n},Nom{n},Zoé,1980-01-{n:02},{n} rue A,{'f' if n == 3 else 'FM'[n % 2]}\n"
    for n in range(1, 21)
)
EXAMPLE = Path(__file__).parents[2] / "vectors" / "draw-simple-12"
ROUND = sources.Source(sources.DRAND, round=1000)
SIGNATURE = canon.read((EXAMPLE / "sources.json").read_bytes())[0]["signature"]


def draw(folders: Folders, seats: int, previous: str | None = None) -> Result:
    """Promise and draw, without the commands."""
    made = plan.simple(len(folders.people()), seats)
    found = people.pool(people.entries(folders), made, folders.key())
    data = pool.written(found)
    promise = Commitment(
        folders.name, "Essai", len(found), pool.root(data), made.digest(), (ROUND,),
        "2023-08-22T10:00:00Z", previous,
    )  # fmt: skip
    values = [ROUND.valued(SIGNATURE)]
    result = Result(promise, made, found, values)
    panel = result.panel()
    panel.replace(result.drawn.seats[0].pid)
    for name, value in (
        ("plan.json", made.as_json()),
        ("commitment.json", promise.as_json()),
        ("sources.json", [one.as_json() for one in values]),
        ("transcript.json", result.transcript(panel.events)),
    ):
        folders.publish(name, canon.written(value))
    folders.publish("pool.txt", data)
    return result


@pytest.fixture
def first(tmp_path: Path) -> Folders:
    folders = Folders("courriers", tmp_path / "jurys" / "courriers", tmp_path / "prive" / "c")
    freeze(folders, wish(TWENTY, wanted=Wanted(kept=("sexe",))))
    return folders


@pytest.fixture
def ids(first: Folders) -> list[str]:
    """The private numbers of whom the first draw has called."""
    result = draw(first, 8)
    called = {one.pid for one in result.drawn.seats}
    return [one.row["id"] for one in people.entries(first) if one.pid in called]


def second_of(first: Folders) -> Folders:
    return Folders("jury", first.public.parent / "jury", first.private.parent / "j")


def answers(ids: list[str], **more: str) -> str:
    lines = [f"{one},{'FM'[at % 2]},{more.get(one, 'bac')}" for at, one in enumerate(ids)]
    return "\n".join(["id,sexe,diplome", *lines]) + "\n"


def test_numbers_are_those_of_the_first_and_the_second_lies_within(first: Folders, ids: list[str]):
    second = second_of(first)
    asked = wish(answers(ids[:6]), wanted=Wanted(features=("diplome", "sexe")))
    freeze(second, asked._replace(after=first))
    assert second.frozen()["features"] == ["diplome", "critere_sexe"]
    numbers = {one.row["id"]: one.pid for one in people.entries(first)}
    assert all(numbers[one.row["id"]] == one.pid for one in people.entries(second))
    assert second.key() == KEY
    transcript = (first.public / "transcript.json").read_bytes()
    draw(second, 2, stage_digest(canon.read(transcript)))
    verdict = verified(second.files(), signed=lambda *_: True, previous=transcript)
    assert verdict.lights["liste"].state is State.GREEN


def test_a_second_stage_seals_its_types_with_a_nonce_of_its_own(first: Folders, ids: list[str]):
    second = second_of(first)
    asked = wish(answers(ids[:6]), wanted=Wanted(features=("diplome", "sexe")))
    freeze(second, asked._replace(after=first))
    planning.propose(second, planning.Wish(2, sharing.Proportional(unlucky=False).plan, seal=True))
    dice = committing.source("des:31:Dés", None)
    ready = committing.ready(second, committing.Wish("Second", (dice,), None, 1_700_000_000))
    table = {TYPES: second.kept(TYPES)}
    said = canon.read(table[TYPES])
    assert sorted(said["types"]) == [["bac", "F"], ["bac", "M"]]
    assert said["nonce"] != nonce_of(first.key(), first.name)
    transcript = (first.public / "transcript.json").read_bytes()
    verdict = verified({**ready.files, **table}, previous=transcript)
    assert verdict.lights["liste"].state is State.GREEN
    assert verdict.lights["plan"].state is State.GREEN
    assert b"bac" not in ready.files["plan.json"]


def test_the_second_outlives_the_private_side_of_the_first(first: Folders, ids: list[str]):
    second = second_of(first)
    freeze(second, wish(answers(ids[:6]))._replace(after=first))
    before = [one.pid for one in people.entries(second)]
    (first.private / "personnes.csv").unlink()
    (first.private / "cle.hex").unlink()
    assert [one.pid for one in people.entries(second)] == before


def test_a_third_stage_lies_within_the_second(first: Folders, ids: list[str]):
    second = second_of(first)
    wanted = Wanted(features=("sexe", "diplome"))
    freeze(second, wish(answers(ids), wanted=wanted)._replace(after=first))
    transcript = canon.read((first.public / "transcript.json").read_bytes())
    result = draw(second, 4, stage_digest(transcript))
    seated = {one.pid for one in result.drawn.seats}
    called = [one.row["id"] for one in people.entries(second) if one.pid in seated]
    third = Folders("bureau", first.public.parent / "bureau", first.private.parent / "b")
    text = "id,sexe\n" + "".join(f"{one},X\n" for one in called)
    asked = wish(text, wanted=Wanted(features=("sexe", "diplome")))
    freeze(third, asked._replace(after=second))
    assert third.key() == KEY
    assert {row["critere_sexe"] for row in third.people()} == {"X"}
    assert {row["diplome"] for row in third.people()} == {"bac"}
    numbers = {one.row["id"]: one.pid for one in people.entries(first)}
    assert all(numbers[one.row["id"]] == one.pid for one in people.entries(third))


def test_answers_may_name_the_public_number(first: Folders, ids: list[str]):
    numbers = {one.row["id"]: one.pid for one in people.entries(first)}
    second = second_of(first)
    freeze(second, wish(answers([numbers[ids[0]], *ids[1:6]]))._replace(after=first))
    assert {row["id"] for row in second.people()} == set(ids[:6])
    twice = answers([numbers[ids[0]], *ids[:6]], **{ids[0]: "autre"})
    asked = wish(twice, wanted=Wanted(features=("diplome",)), redo=True)
    with pytest.raises(Refused, match="le même numéro"):
        freeze(second, asked._replace(after=first))


def test_of_answers_too_no_more_is_kept_than_was_asked(first: Folders, ids: list[str]):
    second = second_of(first)
    said = "\n".join(freeze(second, wish(answers(ids[:6]))._replace(after=first)))
    assert "laissées de côté, rien n’en a besoin : diplome" in said
    assert "diplome" not in second.people()[0]
    assert "sexe" in second.people()[0]  # of the first list, and in the number
    asked = wish(answers(ids[:6]), wanted=Wanted(kept=("diplome",)), redo=True)
    freeze(second, asked._replace(after=first))
    assert second.people()[0]["diplome"] == "bac"
    with pytest.raises(Refused, match="aucune colonne « diplomes »"):
        freeze(second, asked._replace(after=first, wanted=Wanted(kept=("diplomes",))))


def test_a_criterion_may_be_the_first_list_s_and_is_spelt_one_way(first: Folders, ids: list[str]):
    second = second_of(first)
    text = "id,diplome\n" + "".join(f"{one},Bac\n" for one in ids[:5]) + f"{ids[5]},BAC\n"
    asked = wish(text, wanted=Wanted(features=("sexe", "diplome")))
    said = "\n".join(freeze(second, asked._replace(after=first)))
    assert {row["diplome"] for row in second.people()} == {"Bac"}
    assert "« BAC » est « Bac »" in said
    assert {row["critere_sexe"] for row in second.people()} <= {"F", "M", "f"}
    numbers = {one.row["id"]: one.pid for one in people.entries(first)}
    assert all(numbers[one.row["id"]] == one.pid for one in people.entries(second))


def test_who_was_not_called_is_refused_by_line(first: Folders, ids: list[str]):
    strangers = [f"E{n}" for n in range(1, 21) if f"E{n}" not in ids]
    replaced = {one.row["id"] for one in people.entries(first)} - set(ids)
    assert replaced
    with pytest.raises(Refused) as refused:
        freeze(second_of(first), wish(answers([*ids, *strangers]))._replace(after=first))
    # One of them was called since, by a replacement.
    assert str(refused.value).count("n’est pas parmi les personnes tirées") == 10
    assert "et 1 de plus" in str(refused.value)


def test_a_first_draw_that_was_not_done_has_no_second(first: Folders):
    with pytest.raises(Backwards, match="n’a pas eu lieu"):
        freeze(second_of(first), wish(answers(["E1"]))._replace(after=first))


def test_the_first_is_found_among_many_and_none_is_read_for_ever(
    first: Folders, ids: list[str], monkeypatch: pytest.MonkeyPatch
):
    second = second_of(first)
    freeze(second, wish(answers(ids[:6]))._replace(after=first))
    data = (first.public / "transcript.json").read_bytes()
    draw(second, 2, stage_digest(canon.read(data)))
    for number in range(30):
        other = first.public.parent / f"a{number:02}"
        other.mkdir()
        (other / "transcript.json").write_bytes(b"[" * 5_000)
    promise = (second.public / "commitment.json").read_bytes()
    assert checked._sibling(second.public, promise) == data
    monkeypatch.setattr(checked, "_MOST_READ", 100_000)
    assert checked._sibling(second.public, promise) is None
