"""A town whose list is frozen and whose plan is proposed: the twelve people of the example."""

import csv
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from cq.draw import canon, plan
from cq.jury.folders import DECISIONS, FROZEN, KEY, PLAN, Folders
from tests.unit.access import town

EXAMPLE = Path(__file__).parents[2] / "vectors" / "draw-simple-12"
# True rounds of quicknet, from public documentation.
SIGNATURES = {
    2: "b6b6a585449b66eb12e875b64fcbab3799861a00e4dbf092d99e969a5eac57dd3f798acf61e705fe4f093db926626807",  # noqa: E501
    3: "b3fab6df720b68cc47175f2c777e86d84187caab5770906f515ff1099cb01e4deaa027075d860823e49477b93c72bd64",  # noqa: E501
    1000: "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39",  # noqa: E501
}


def rows() -> list[dict[str, str]]:
    with (EXAMPLE / "pool.csv").open(encoding="utf-8", newline="") as stream:
        return [
            {name: canon.clean(text) for name, text in row.items()}
            for row in csv.DictReader(stream)
        ]


def settle(place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The site's root; the town hall's own side of draws is `place`/jurys."""
    monkeypatch.setenv("CQ_JURYS", str(place / "jurys"))
    return town.settle(place, monkeypatch)


def folders(root: Path, name: str) -> Folders:
    return Folders(name, root / "content" / "jurys" / name, root.parent / "jurys" / name)


def frozen(root: Path, name: str = "simple-12", *, first: str | None = None) -> Folders:
    """A draw whose list is frozen."""
    made = folders(root, name)
    people = rows()
    if first:
        people = [row for row in people if row["id"] in _called(folders(root, first))]
    made.keep(KEY, (EXAMPLE / "key.hex").read_bytes())
    made.keep_people(people[0], people)
    made.keep(DECISIONS, b"ligne,decision,raison,date\n")
    kept = {
        "features": [], "household": [], "first": first, "counts": {"retenues": len(people)},
        "lists": [], "day": "2026-03-01", "hashed": [], "about": {},
    }  # fmt: skip
    made.keep(FROZEN, canon.written(kept))
    return made


def planned(
    root: Path, name: str = "simple-12", seats: int = 3, *, first: str | None = None
) -> Folders:
    made = frozen(root, name, first=first)
    made.keep(PLAN, canon.written(plan.simple(len(made.people()), seats).as_json()))
    return made


def _called(first: Folders) -> set[str]:
    from cq.jury import people

    said: Mapping[str, list[list[str]]] = json.loads(first.files()["transcript.json"])
    seats = {pid for pid, _ in said["seats"]}
    return {one.row["id"] for one in people.entries(first) if one.pid in seats}


def drawn(made: Folders, cq: Callable[..., tuple[int, str]]) -> Folders:
    """The draw of the example, on its day."""
    code, said = cq(
        "commit", made.name, "--title", "Jury d'essai « simple-12 »", "--source", "drand:1000",
        "--published", "2023-08-22T10:00:00Z", "--yes",
    )  # fmt: skip
    assert code == 0, said
    code, said = cq("draw", made.name, "--signature", SIGNATURES[1000])
    assert code == 0, said
    return made
