"""One list, one key, one chance: the same public bytes, however the list and the process come.

`tests/unit/draw/test_exact.py` asks this of the protocol alone; here the commands are typed, from
the town hall's files to the transcript.
"""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from cq.draw.transcript import NAMES
from tests.conftest import PATH, ROOT

# All four commands in one process, with the key of the list given: the only thing that is theirs.
_TYPED = """
import json, sys
import cq.freeze
from cq.cli import run
cq.freeze.secrets.token_bytes = lambda many: bytes(range(many))
for typed in json.load(sys.stdin):
    code = run(["draw-jury", *typed])
    if code:
        sys.exit(f"{typed[0]}: {code}")
"""
_HEAD = ["id", "nom", "prénom", "naissance", "voie", "âge", "quartier"]
_QUOTAS = (
    "critère,valeur,min,max\nâge,jeune,4,6\nâge,aîné,3,6\nâge,adulte,3,6\n"
    "quartier,Nord,5,9\nquartier,Sud,5,9\n"
)


def _person(number: int) -> list[str]:
    """Accents, apostrophes of both kinds, a no-break space, blanks: what a list is made of."""
    return [
        f"E{number:03}", ("N’Diaye", "D'Or", "Müller", "  Le\xa0Goff ")[number % 4] + f" {number}",
        ("Zoé", "Œuvrard", "Ñuño")[number % 3], f"{1 + number % 28:02}/0{1 + number % 9}/1970",
        f"{number % 31} RUE de l’Église" if number % 7 else "",
        ("jeune", "adulte", "aîné")[number % 7 % 3], ("Nord", "Sud")[number % 5 == 0],
    ]  # fmt: skip


class Way(NamedTuple):
    """How the list and the process come."""

    why: str
    seed: str = "0"  # of Python's hashes
    utf8: str = "1"
    zone: str = "UTC"
    end: str = "\n"
    sign: str = ","
    coding: str = "utf-8"
    columns: tuple[int, ...] = tuple(range(len(_HEAD)))
    turn: int = 0  # another order of rows
    swapped: bool = False  # the files in another order


WAYS = (
    Way("as it is"),
    Way("another seed", seed="977", turn=1),
    Way("a spreadsheet of France", end="\r\n", sign=";", coding="cp1252", turn=2),
    Way("a spreadsheet's UTF-8", end="\r\n", coding="utf-8-sig", swapped=True, turn=3),
    Way("columns elsewhere", columns=(4, 6, 0, 5, 3, 1, 2), seed="3", turn=4),
    Way("a machine without a language", utf8="0", zone="Asia/Tokyo", swapped=True, turn=5),
)


def _mixed(some: list[int], turn: int) -> list[int]:
    return sorted(some, key=lambda one: hashlib.sha256(f"{turn} {one}".encode()).digest())


def _list(way: Way, numbers: list[int]) -> bytes:
    rows = [_HEAD, *(map(_person, _mixed(numbers, way.turn) if way.turn else numbers))]
    text = way.end.join(way.sign.join(row[at] for at in way.columns) for row in rows) + way.end
    return text.encode(way.coding)


def _drawn(way: Way, place: Path, root: Path) -> dict[str, bytes]:
    """The public files that the commands leave."""
    place.mkdir()
    halves = {"un": list(range(1, 50)), "deux": list(range(50, 121))}
    for name, numbers in halves.items():
        (place / f"{name}.csv").write_bytes(_list(way, numbers))
    (place / "quotas.csv").write_bytes(_QUOTAS.replace("\n", way.end).encode())
    lists = [f"{name}={place / name}.csv" for name in halves]
    typed = [
        ["freeze", "jury-2027", *(reversed(lists) if way.swapped else lists), "--source", "listes",
         "--finalite", "un jury", "--detruire", "2030-01-01", "--information", "affiche",
         "--adresse", "voie", "--criteres", "age,quartier"],
        ["plan", "jury-2027", "--seats", "14", "--quotas", str(place / "quotas.csv"), "--foyers"],
        ["commit", "jury-2027", "--title", "Jury d’été", "--source", "des:31:Dés", "--published",
         "2026-03-01T10:00:00Z", "--yes"],
        ["draw", "jury-2027", "--value", "3162254416352116542336124556214"],
    ]  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", _TYPED],
        cwd=place,
        input=json.dumps([[*one, "--root", str(root)] for one in typed]),
        env={
            "PATH": PATH, "HOME": str(place), "PYTHONPATH": str(ROOT), "CQ_TODAY": "2026-03-01",
            "CQ_CACHE_DIR": str(place / "cache"), "CQ_JURYS": str(place / "jurys"),
            "PYTHONHASHSEED": way.seed, "PYTHONUTF8": way.utf8, "TZ": way.zone,
            "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0",
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    public = root / "content" / "jurys" / "jury-2027"
    return {name: (public / name).read_bytes() for name in NAMES}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory, root: Path) -> dict[str, bytes]:
    pytest.importorskip("highspy")
    return _of(WAYS[0], tmp_path_factory.mktemp("exact"), root)


def _of(way: Way, place: Path, root: Path) -> dict[str, bytes]:
    site = Path(shutil.copytree(root / "tests" / "sites" / "minimal", place / "site"))
    return _drawn(way, place / "mairie", site)


@pytest.mark.parametrize("way", [pytest.param(one, id=one.why) for one in WAYS[1:]])
def test_the_commands_draw_the_same(
    way: Way, plain: dict[str, bytes], tmp_path: Path, root: Path
) -> None:
    assert _of(way, tmp_path, root) == plain


def test_the_draw_is_worth_comparing(plain: dict[str, bytes]) -> None:
    """Several compositions, homes that stood in the way: what could come in another order."""
    plan, transcript = (json.loads(plain[name]) for name in ("plan.json", "transcript.json"))
    assert len(plan["compositions"]) > 1
    assert len(plan["types"]) == 6
    assert transcript["passed_household"]
    assert len(plain["pool.txt"].splitlines()) == 120
