"""`verify --optimum`: a lottery that could have been fairer is said to be."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cq.draw import canon
from cq.draw.plan import Plan, Quota, simple
from cq.draw.solver import NoSolver
from cq.jury import optimum
from cq.jury.folders import Folders
from tests.unit.jury.town import EXAMPLE

pytest.importorskip("highspy")


def lottery(place: Path, *tickets: int) -> Folders:
    """Two types of ten people each, two seats, from none to two for either."""
    quotas = (Quota("age", "jeune", 0, 2), Quota("age", "vieux", 0, 2))
    compositions = ((0, 2), (1, 1), (2, 0))
    made = Plan(("age",), (("jeune",), ("vieux",)), (10, 10), 2, quotas, compositions, tickets)
    (place / "plan.json").write_bytes(canon.written(made.as_json()))
    return Folders("essai", place, place)


def test_the_fairest_is_the_best(tmp_path: Path) -> None:
    good, said = optimum.told(lottery(tmp_path, 1, 999_998, 1))
    assert (good, "la meilleure possible" in said) == (True, True)


def test_an_unfair_one_is_said_with_what_was_possible(tmp_path: Path) -> None:
    good, said = optimum.told(lottery(tmp_path, 999_998, 1, 1))
    assert (good, "10,00 %" in said.replace("\u202f", " ").replace("\u00a0", " ")) == (False, True)


def test_without_quotas_there_is_one_lottery(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_bytes(canon.written(simple(12, 3).as_json()))
    assert optimum.told(Folders("essai", tmp_path, tmp_path))[0]


def test_without_the_solver_what_to_type_is_said(
    cq: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object) -> float:
        raise NoSolver("tapez : pip install highspy")

    assert cq("verify", str(EXAMPLE), "--optimum")[0] == 0
    monkeypatch.setattr(optimum, "told", none)
    code, said = cq("verify", str(EXAMPLE), "--optimum")
    assert (code, "pip install" in said) == (2, True)
