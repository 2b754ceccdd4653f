"""How many of each list are in: a table that a terminal shows whole."""

from typing import Any

from cq.jury import counts

FEW = {"label": "LE", "read": 2250, "kept": 2249, "excluded": {"retrait": 1}}
MANY = {
    "label": "volontaires", "read": 801, "kept": 733,
    "excluded": {"age": 36, "date": 7, "doublon": 24, "repetition": 1},
}  # fmt: skip


def lines(*lists: dict[str, Any]) -> list[str]:
    return list(counts.table({"kept": sum(one["kept"] for one in lists), "lists": list(lists)}))


def test_a_narrow_table_has_a_line_a_list():
    said = [" ".join(line.split()) for line in lines(FEW)]
    assert said == ["Liste lues retrait demandé gardées", "LE 2 250 1 2 249"]


def test_a_wide_one_has_a_line_a_reason():
    said = lines(FEW, MANY)
    assert max(map(len, said)) < 60
    assert " ".join(said[0].split()) == "Liste LE volontaires ensemble"
    assert " ".join(said[-1].split()) == "gardées 2 249 733 2 982"
    assert " ".join(said[5].split()).startswith("date de naissance inconnue 0 7 7")
