"""A plan is proposed for a frozen list, as often as one likes, until the draw is committed."""

import dataclasses
import re
from pathlib import Path

import pytest

from cq.draw import canon
from cq.draw import plan as plans
from cq.jury import homes, people, planning
from cq.jury.columns import Wanted
from cq.jury.folders import Backwards, Folders, Refused, Step
from tests.unit.jury.test_freezing import HEAD, KEY, freeze, wish

SIX = HEAD + "".join(
    f"{n},Nom{n},X,1980-01-01,{n // 2} rue A,{'F' if n < 4 else 'M'}\n" for n in range(6)
)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    made = Folders("essai", tmp_path / "public", tmp_path / "prive")
    freeze(made, wish(SIX, wanted=Wanted(features=("sexe",))))
    return made


def alone(pool: planning.Pool, seats: int) -> plans.Plan:
    """All seats for the first type."""
    composition = (seats, *(0 for _ in pool.types[1:]))
    return plans.Plan(pool.features, pool.types, pool.counts, seats, (), (composition,), (1,))


def simple(pool: planning.Pool, seats: int) -> plans.Plan:
    return plans.simple(sum(pool.counts), seats)


def kept(folders: Folders) -> plans.Plan:
    return plans.of_json(canon.read(folders.kept("plan.json")))


def test_a_simple_plan_is_kept_and_told(folders: Folders):
    said = "\n".join(planning.propose(folders, planning.Wish(2, simple, ())))
    assert folders.step() == Step.PLANNED
    assert kept(folders) == plans.simple(6, 2)
    assert "1 chance sur 3" in said.replace("\u00a0", " ")
    assert not (folders.public / "plan.json").exists()
    planning.propose(folders, planning.Wish(3, simple, ()))
    assert kept(folders).k == 3


def test_types_are_those_of_the_rows_and_small_ones_are_told(folders: Folders):
    said = "\n".join(planning.propose(folders, planning.Wish(2, alone)))
    assert kept(folders).types == (("F",), ("M",))
    assert kept(folders).counts == (4, 2)
    assert "moins de 5" in said
    assert "sans aucune chance" in said
    assert "enlevez un critère" in said  # two values: merged, they would be no criterion


def test_the_rarest_value_is_what_merging_is_shown_with(tmp_path: Path):
    made = Folders("ages", tmp_path / "public", tmp_path / "prive")
    text = "id,âge\n" + "".join(f"{n},{'ABBCCCCCCCC'[n]}\n" for n in range(11))
    freeze(made, wish(text, wanted=Wanted(features=("âge",))))
    said = "\n".join(planning.propose(made, planning.Wish(1, alone)))
    line = "--regrouper 'age=A+B:A ou B'"
    assert line in said
    merge = planning.merge_of(line.split("'")[1])
    planning.propose(made, planning.Wish(1, alone, merges=(merge,)))
    assert kept(made).types == (("A ou B",), ("C",))


def test_a_seat_that_a_tie_gives_is_told() -> None:
    types = (("30-59",), ("60+",), ("moins de 30",))
    made = plans.Plan(("age",), types, (10, 30, 10), 2, (), ((1, 1, 0),), (1,))
    said = "\n".join(planning.told(made))
    assert "va à âge : 30-59, et non à âge : moins de 30" in said.replace("\u00a0", " ")
    other = dataclasses.replace(made, compositions=((0, 2, 0),))
    assert "égalité de reste" not in "\n".join(planning.told(other))


def test_merging_changes_types_and_no_number(folders: Folders):
    before = [one.pid for one in people.entries(folders)]
    merge = planning.merge_of("Sexe=f+M:toutes et tous")
    planning.propose(folders, planning.Wish(2, alone, merges=(merge,)))
    plan = kept(folders)
    assert plan.features == ("sexe_regroupe",)
    assert plan.types == (("toutes et tous",),)
    entries = people.entries(folders)
    assert [one.pid for one in entries] == before
    assert {one.type for one in people.pool(entries, plan, KEY)} == {0}


def test_households_are_counted_and_warned_of(folders: Folders):
    said = "\n".join(planning.propose(folders, planning.Wish(2, simple, (), households=True)))
    assert kept(folders).household == ("adresse",)
    plain = said.replace("\u00a0", " ")
    assert "3 foyers" in plain
    assert "sur 500 tirages d’essai" in plain
    assert "une personne d’un foyer de 2 ou plus garde 100 % de la chance dite" in plain
    assert "attention" not in plain  # all live by two: nobody loses
    found = homes.kept(folders, kept(folders))
    assert found is not None
    assert homes.recalled(found).endswith("garde 100\u00a0% de la chance dite.")


def test_what_the_rule_of_households_costs_is_told(tmp_path: Path):
    made = Folders("cher", tmp_path / "public", tmp_path / "prive")
    text = HEAD + "".join(f"{n},Nom{n},X,1980-01-01,{min(n, 6)} rue A,F\n" for n in range(12))
    freeze(made, wish(text))
    said = "\n".join(planning.propose(made, planning.Wish(4, simple, (), households=True)))
    plain = said.replace("\u00a0", " ")
    share = int(re.search(r"foyer de 4 ou plus garde (\d+) % de la chance dite", plain)[1])
    # Six of twelve live together, for four seats: 4 × 6 / 12 = 2 seats without the rule, one with.
    assert 45 < share < 55
    assert "la même commande sans --foyers" in plain
    planning.propose(made, planning.Wish(4, simple, ()))
    assert homes.kept(made, kept(made)) is None  # trials of another plan
    made.keep(homes.FILE, b"{}")
    assert homes.kept(made, kept(made)) is None


@pytest.mark.parametrize(("seats", "words"), [(6, "rien à tirer"), (7, "pas assez de monde")])
def test_as_many_seats_as_people_is_no_draw(folders: Folders, seats: int, words: str):
    with pytest.raises(Refused, match=words):
        planning.propose(folders, planning.Wish(seats, simple, ()))
    assert folders.step() == Step.FROZEN


@pytest.mark.parametrize("typed", ["sexe", "sexe=F:M", "=F+M:x", "sexe=F+M:"])
def test_a_merge_that_says_nothing_is_refused(typed: str):
    with pytest.raises(Refused, match="attendu --regrouper"):
        planning.merge_of(typed)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("sexe=F+X:x", "personne n’a « X »"),
        ("sex=F+M:x", "vouliez-vous dire « sexe »"),
        ("sexe=F+M+f:x", "deux fois"),
    ],
)
def test_a_merge_of_what_is_not_there_is_refused(folders: Folders, typed: str, words: str):
    with pytest.raises(Refused, match=words):
        planning.propose(folders, planning.Wish(2, alone, merges=(planning.merge_of(typed),)))


def test_no_plan_before_the_freeze_nor_after_the_promise(folders: Folders):
    other = folders.sibling("autre")
    with pytest.raises(Backwards, match="pas gelée"):
        planning.propose(other, planning.Wish(2, simple, ()))
    folders.publish("commitment.json", b"{}\n")
    with pytest.raises(Backwards, match="engagé"):
        planning.propose(folders, planning.Wish(2, simple, ()))


def test_an_impossible_plan_is_refused_before_it_is_kept(folders: Folders):
    def wrong(pool: planning.Pool, seats: int) -> plans.Plan:
        return dataclasses.replace(alone(pool, seats), compositions=((5, 0),))

    with pytest.raises(canon.BadFile):
        planning.propose(folders, planning.Wish(5, wrong))
    assert folders.step() == Step.FROZEN
