"""A draw whose types are sealed, from the plan to the purge: nothing public says a value."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from cq.draw import canon
from cq.draw.plan import Plan, Quota
from cq.jury import planning, proposed
from cq.jury.folders import FROZEN, KEY, PEOPLE, PLAN, TYPES, Folders, Refused
from tests.unit.jury import town

Cq = Callable[..., tuple[int, str]]
NAME = "scelles"
# Values of one criterion: seven people, three, two.
VALUES = ("ALPHA",) * 7 + ("BRAVO",) * 3 + ("CHARLIE",) * 2
DICE = "2 6 1 3 5 4 4 1 2 6 3 3 5 1 6 2 4 5 1 1 3 6 2 5 4 3 2 6 1 5 4"


def shares(pool: planning.Pool, seats: int) -> Plan:
    return Plan(
        pool.features, pool.types, pool.counts, seats,
        (Quota("groupe", "BRAVO", 1, 2), Quota("groupe", "CHARLIE", 1, 1)),
        ((1, 2, 1), (2, 1, 1)), (500_000, 500_000),
    )  # fmt: skip


def proposes(folders: Folders, *, seal: bool = True) -> str:
    return "\n".join(planning.propose(folders, planning.Wish(4, shares, seal=seal)))


@pytest.fixture
def frozen(site: Path) -> Folders:
    made = town.folders(site, NAME)
    rows = [{**row, "groupe": value} for row, value in zip(town.rows(), VALUES, strict=True)]
    made.keep(KEY, (town.EXAMPLE / "key.hex").read_bytes())
    made.keep_people(rows[0], rows)
    kept = {
        "features": ["groupe"], "household": [], "first": None, "counts": {}, "lists": [],
        "day": "2026-03-01", "about": {}, "hashed": list(rows[0]),
    }  # fmt: skip
    made.keep(FROZEN, canon.written(kept))
    return made


@pytest.fixture
def committed(frozen: Folders, cq: Cq) -> Folders:
    proposes(frozen)
    code, said = cq(
        "commit", NAME, "--title", "Jury à types scellés", "--source", "des:31:Trente et un dés",
        "--published", "2023-08-22T10:00:00Z", "--yes",
    )  # fmt: skip
    assert code == 0, said
    assert str(frozen.private / TYPES) in said
    assert hidden(said)
    return frozen


@pytest.fixture
def drawn(committed: Folders, cq: Cq) -> Folders:
    code, said = cq("draw", NAME, "--value", DICE)
    assert code == 0, said
    assert hidden(said)  # the room sees this screen
    return committed


def hidden(text: str) -> bool:
    """Whether it says no value."""
    return not any(value in text for value in VALUES)


def published(folders: Folders) -> str:
    """All that is public, but the page that verifies: it is the same for every draw."""
    return "\n".join(
        path.read_text("utf-8") for path in sorted(folders.public.iterdir())
        if path.suffix != ".html"
    )  # fmt: skip


def seated(folders: Folders, value: str) -> list[str]:
    """The numbers that sit and have `value`, as the town hall knows them."""
    types = [kind[0] for kind in proposed.of(folders).types]
    said = canon.read((folders.public / "transcript.json").read_bytes())
    left = {one["out"] for one in said["events"]}
    return [pid for pid, kind in said["seats"] if types[kind] == value and pid not in left]


def test_sealing_is_offered_and_tells_what_it_takes(frozen: Folders) -> None:
    assert "--types-scelles" in proposes(frozen, seal=False)
    said = proposes(frozen)
    assert "type 0, groupe : " in said
    assert f"remettre au témoin avant le tirage : {frozen.private / TYPES}" in said
    assert "on pourrait y reconnaître" not in said
    assert "--regrouper protège mieux" in said
    table = json.loads(frozen.kept(TYPES))
    assert sorted(table["types"]) == [["ALPHA"], ["BRAVO"], ["CHARLIE"]]
    assert hidden(frozen.kept(PLAN).decode())
    assert table["nonce"] not in frozen.kept(PLAN).decode()
    again = frozen.kept(PLAN), frozen.kept(TYPES)
    proposes(frozen)
    assert (frozen.kept(PLAN), frozen.kept(TYPES)) == again


def test_another_plan_forgets_the_table(frozen: Folders) -> None:
    proposes(frozen)
    proposes(frozen, seal=False)
    assert not (frozen.private / TYPES).exists()
    assert proposed.of(frozen).types == (("ALPHA",), ("BRAVO",), ("CHARLIE",))


def test_nothing_is_sealed_where_there_is_one_type(frozen: Folders, cq: Cq) -> None:
    code, said = cq("plan", NAME, "--seats", "3", "--types-scelles")
    assert code == 1
    assert "--quotas ou --strates" in said
    assert not (frozen.private / PLAN).exists()


def test_strata_are_sealed_from_the_command_line(frozen: Folders, cq: Cq) -> None:
    code, said = cq("plan", NAME, "--seats", "4", "--strates", "proportionnel", "--types-scelles")
    assert code == 0, said
    assert proposed.of(frozen).sealed


def test_a_plan_without_its_table_is_not_committed(frozen: Folders, cq: Cq) -> None:
    proposes(frozen)
    (frozen.private / TYPES).unlink()
    code, said = cq("commit", NAME, "--title", "Jury", "--source", "des:31:Dés", "--yes")
    assert code == 1
    assert "leur table n’est pas ici" in said
    assert not frozen.public.exists()


def test_a_table_that_was_touched_is_not_committed(frozen: Folders, cq: Cq) -> None:
    proposes(frozen)
    frozen.keep(TYPES, frozen.kept(TYPES).replace(b"BRAVO", b"DELTA"))
    code, said = cq("commit", NAME, "--title", "Jury", "--source", "des:31:Dés", "--yes")
    assert code == 1
    assert "n’est pas la table des types de ce plan" in said


@pytest.mark.usefixtures("drawn")
def test_without_the_table_the_plan_is_amber(cq: Cq) -> None:
    code, said = cq("verify", NAME)
    assert code == 0
    assert "plan ......... ORANGE" in said
    assert "--table types.json" in said
    assert hidden(said)


def test_with_the_table_all_is_green(drawn: Folders, cq: Cq) -> None:
    code, said = cq("verify", NAME, "--table", str(drawn.private / TYPES))
    assert code == 0
    assert "tirage conforme" in said


def test_a_wrong_table_is_red(drawn: Folders, cq: Cq, tmp_path: Path) -> None:
    other = tmp_path / "table.json"
    other.write_bytes(drawn.kept(TYPES).replace(b"BRAVO", b"DELTA"))
    code, said = cq("verify", NAME, "--table", str(other))
    assert code == 1
    assert "ce n’est pas celle que le plan scelle" in said


def test_whether_a_lottery_is_the_best_takes_the_table(drawn: Folders, cq: Cq) -> None:
    pytest.importorskip("highspy")
    code, said = cq("verify", NAME, "--optimum")
    assert (code, "rien à comparer sans la table des types" in said) == (0, True)
    _, said = cq("verify", NAME, "--optimum", "--table", str(drawn.private / TYPES))
    assert "la plus petite chance" in said


@pytest.mark.usefixtures("drawn")
def test_a_table_that_is_not_there_is_said_to_be_so(cq: Cq, tmp_path: Path) -> None:
    code, said = cq("verify", NAME, "--table", str(tmp_path / "absente.json"))
    assert code != 0
    assert "absente.json" in said
    assert "Traceback" not in said


def test_one_s_own_values_are_told_to_oneself(drawn: Folders, cq: Cq) -> None:
    (pid,) = seated(drawn, "CHARLIE")
    code, said = cq("explain", NAME, pid)
    assert code == 0
    assert "Données : groupe : CHARLIE. Le plan publié n’en dit qu’un numéro, le type" in said
    assert "ALPHA" not in said
    assert "BRAVO" not in said
    code, said = cq("letters", NAME, "--qui", "tous")
    assert code == 0, said
    letters = (drawn.private / "lettres" / "tires.csv").read_text("utf-8")
    assert letters.count("groupe : CHARLIE") >= 1


def test_the_minutes_say_numbers_and_whom_the_table_was_given(drawn: Folders, cq: Cq) -> None:
    code, said = cq("minutes", NAME, "--commissaire", "Étude du canal")
    assert code == 0, said
    text = (drawn.private / "proces-verbal.html").read_text("utf-8")
    assert hidden(text)
    assert "remise à\u00a0: Étude du canal" in text
    assert "type 2" in text


def test_a_replacement_by_another_type_needs_the_table(drawn: Folders, cq: Cq) -> None:
    for pid in seated(drawn, "CHARLIE"):  # one sits, one stands behind
        code, said = cq("replace", NAME, pid, "--yes")
        assert code == 0, said
        assert hidden(said)
    (second,) = [one["in"] for one in canon.read(drawn.files()["transcript.json"])["events"]]
    table = drawn.kept(TYPES)
    (drawn.private / TYPES).unlink()
    code, said = cq("replace", NAME, second, "--yes")
    assert code == 1
    assert "remettez la copie du témoin" in said
    drawn.keep(TYPES, table)
    code, said = cq("replace", NAME, second, "--yes")
    assert code == 0, said
    code, said = cq("verify", NAME)
    assert code == 0
    assert "remplacements  ORANGE" in said
    code, said = cq("verify", NAME, "--table", str(drawn.private / TYPES))
    assert code == 0
    assert "tirage conforme" in said
    assert cq("minutes", NAME)[0] == 0
    assert hidden((drawn.private / "proces-verbal.html").read_text("utf-8"))


@pytest.mark.usefixtures("committed")
def test_a_rehearsal_publishes_no_value(cq: Cq) -> None:
    code, said = cq("draw", NAME, "--rehearsal")
    assert code == 0, said
    assert hidden(said)
    place = Path(said.strip().splitlines()[-1].partition(" : ")[2])
    assert not (place / TYPES).exists()
    assert hidden(
        "".join(one.read_text("utf-8") for one in place.iterdir() if one.suffix != ".html")
    )


def test_nothing_public_says_a_value_or_the_nonce(drawn: Folders, cq: Cq) -> None:
    assert cq("replace", NAME, seated(drawn, "BRAVO")[0], "--yes")[0] == 0
    text = published(drawn)
    assert hidden(text)
    assert json.loads(drawn.kept(TYPES))["nonce"] not in text
    assert not (drawn.public / TYPES).exists()


def test_a_purge_destroys_the_table_and_the_rest_verifies(drawn: Folders, cq: Cq) -> None:
    table, (pid,) = drawn.kept(TYPES), seated(drawn, "CHARLIE")
    code, said = cq("purge", NAME, "--contestation", "0", "--yes", "--today", "2030-01-01")
    assert code == 0, said
    assert "celle du témoin" in said
    assert not (drawn.private / TYPES).exists()
    assert not (drawn.private / PEOPLE).exists()
    assert cq("verify", NAME)[0] == 0
    assert cq("minutes", NAME)[0] == 0
    code, said = cq("explain", NAME, pid)
    assert code == 0, said
    assert "Ses valeurs sont scellées, et leur table n’est pas ici" in said
    witness = drawn.private / "copie.json"
    witness.write_bytes(table)
    code, said = cq("verify", NAME, "--table", str(witness))
    assert "tirage conforme" in said


def test_the_private_table_of_another_plan_is_said_to_be_so(drawn: Folders) -> None:
    drawn.keep(TYPES, drawn.kept(TYPES).replace(b"BRAVO", b"DELTA"))
    with pytest.raises(Refused, match="le témoin en a une copie"):
        proposed.table(drawn)
