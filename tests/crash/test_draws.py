"""A draw killed at each change to the disk, step by step: what comes next makes it good.

And two commands at once, in two processes: the second one says who is before it.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cq.access import kept
from cq.cli import run
from cq.draw import canon
from cq.jury import checked, lock, logged, people
from cq.jury.folders import FROZEN, PLAN, Folders, Step
from tests.conftest import ROOT
from tests.crash.test_crash import MUTATING
from tests.unit.jury import town

NAME = "jury-2027"
PEOPLE = "id,nom,naissance,adresse,quartier,sexe\n" + "".join(
    f"{number},Personne{number},19{60 + number % 40}-03-0{number % 9 + 1},{number} rue du Canal,"
    f"{'ABC'[number % 3]},{'FM'[number % 2]}\n"
    for number in range(1, 31)
)
FREEZE = (
    "freeze", NAME, "liste.csv", "--source", "volontaires", "--finalite", "un jury", "--detruire",
    "2030-01-01", "--information", "affiche", "--criteres", "quartier,sexe", "--today",
    "2023-08-20", "--adresse", "adresse",
)  # fmt: skip
PLANS = (
    "plan",
    NAME,
    "--seats",
    "6",
    "--strates",
    "proportionnel",
    "--regrouper",
    "quartier=A+B:AB",
)
COMMIT = (
    "commit", NAME, "--title", "Jury du canal", "--source", "drand:1000", "--source",
    "des:4:Dés de la salle", "--published", "2023-08-22T10:00:00Z", "--yes",
)  # fmt: skip
DRAW = (
    "draw", NAME, "--value", "1 2 3 4", "--signature", town.SIGNATURES[1000], "--valide-par",
    "la directrice",
)  # fmt: skip
PURGE = ("purge", NAME, "--yes", "--today", "2099-01-01")
NOTES = {
    "page": "verifier.html",
    "engagement": "date donnée à la main",
    "valeurs": "Dés de la salle : 1 2 3 4",
    "tirage": "validé par : la directrice",
    "remplacement 1": "",
    "purge": "clé, liste des personnes, décisions et lettres détruites",
}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(town.settle(tmp_path, monkeypatch))
    Path("liste.csv").write_text(PEOPLE, "utf-8")
    return tmp_path


def folders(place: Path) -> Folders:
    return Folders(NAME, place / "site/content/jurys" / NAME, place / "jurys" / NAME)


def typed(*arguments: str) -> int:
    return run(["draw-jury", *arguments])


def killed(step: int, arguments: tuple[str, ...]) -> bool:
    """Whether the command, in a process of its own, died in place of its `step`th change."""
    child = os.fork()
    if not child:
        left = iter(range(step - 1, -1, -1))
        for name in MUTATING:
            real = getattr(os, name)

            def counted(*given: object, _real: Callable[..., object] = real, **more: object):
                if not next(left, 1):
                    os.kill(os.getpid(), signal.SIGKILL)
                return _real(*given, **more)

            setattr(os, name, counted)
        os._exit(typed(*arguments))
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in {0, -signal.SIGKILL}
    return code != 0


def kills(place: Path, arguments: tuple[str, ...]) -> Iterator[int]:
    """The command killed at each of its changes to the disk, each time from where it stands now."""
    before = place.with_name(f"{place.name}-before")
    shutil.copytree(place, before, symlinks=True)
    for step in range(1, 200):
        died = killed(step, arguments)
        if died:
            yield step
        for name in ("site/content/jurys", "jurys"):
            shutil.rmtree(place / name, ignore_errors=True)
            if (before / name).is_dir():
                shutil.copytree(before / name, place / name)
        if not died:
            shutil.rmtree(before)
            assert step > 4, "no kill came between two changes: the test tests nothing"
            return
    pytest.fail("the command never came to its end")


def whole(draw: Folders) -> None:
    """Nothing is left behind, and the journal has what the files have."""
    hidden = [path.name for path in draw.public.glob(".*")]
    assert not hidden
    assert not [path for path in draw.private.rglob(".*") if kept.is_left(path)]
    assert not logged.is_behind(draw)
    if draw.step() >= Step.COMMITTED:
        assert checked.of(draw.public).good


class Town:
    """Somebody who types the steps of a draw, and is interrupted at each."""

    def __init__(self, place: Path) -> None:
        self.place, self.draw, self.said = place, folders(place), [*""]

    def type(self, arguments: tuple[str, ...], *lines: str) -> None:
        assert typed(*arguments) == 0
        self.said += lines
        self.told()

    def told(self, *more: str) -> None:
        """The journal has these lines and no other, each with what it was to say."""
        wanted = [*self.said, *more]
        assert [one.step for one in self.draw.journal()] == wanted
        for one in self.draw.journal():
            assert one.note == NOTES.get(one.step, one.note)

    def killed(
        self, arguments: tuple[str, ...], *lines: str, codes: tuple[int, ...] = (0,)
    ) -> None:
        """Killed at each change, then typed again: it ends well, or was done already."""
        for step in kills(self.place, arguments):
            assert typed(*arguments) in codes, step
            whole(self.draw)
            self.told(*lines)
        self.type(arguments, *lines)

    def looked(self, arguments: tuple[str, ...], *lines: str) -> None:
        """Killed at each change, then only `cq draw-jury`: done with its lines, or not at all."""
        seen = set()
        for step in kills(self.place, arguments):
            before = self.draw.step(), len(self.draw.reasons())
            assert typed() == 0, step
            assert not logged.is_behind(self.draw)
            told = [one.step for one in self.draw.journal()[len(self.said) :]]
            assert told in ([], list(lines), list(lines[:1])), step
            assert (self.draw.step(), len(self.draw.reasons())) == before
            seen.add(tuple(told))
        assert {(), lines} <= seen, "no kill came before the line, or none between it and the files"
        self.type(arguments, *lines)
        whole(self.draw)


def seats_of(draw: Folders) -> list[str]:
    return [seat for seat, _ in canon.read(draw.files()["transcript.json"])["seats"]]


def seat_of(draw: Folders) -> str:
    return seats_of(draw)[0]


def test_killed_before_every_single_change(place: Path) -> None:
    town = Town(place)
    draw = town.draw
    town.killed(FREEZE, "gel")
    people = bytes.fromhex(draw.frozen()["people"])
    assert draw.journal()[0].fingerprint == canon.keyed(draw.key(), "list", people).hex()
    town.killed(PLANS)
    assert (draw.private / PLAN).is_file()
    town.killed(COMMIT, "page", "engagement", codes=(0, 1))
    town.killed(DRAW, "valeurs", "tirage")
    town.killed(("replace", NAME, seat_of(draw), "--yes"), "remplacement 1", codes=(0, 1))
    assert [one["pid"] for one in draw.reasons()] == [seat_of(draw)]
    town.killed(PURGE, "purge")
    assert draw.step() is Step.PURGED


def test_the_list_of_draws_makes_good_what_was_killed(place: Path) -> None:
    town = Town(place)
    town.looked(FREEZE, "gel")
    town.type(PLANS)
    town.looked(COMMIT, "page", "engagement")
    town.looked(DRAW, "valeurs", "tirage")
    town.looked(("replace", NAME, seat_of(town.draw), "--yes"), "remplacement 1")


def test_a_list_destroyed_before_its_promise_is_gone_altogether(place: Path) -> None:
    draw = folders(place)
    assert typed(*FREEZE) == 0
    for step in kills(place, PURGE):
        assert typed() == 0
        assert typed(*PURGE) == 0, step
        assert draw.step() is Step.NEW
        assert [one.step for one in draw.journal()] == ["gel", "purge"]
        assert not (draw.private / FROZEN).exists()
    assert typed(*PURGE) == 0


HOLDS = """
import sys
from pathlib import Path
from cq.jury import lock
from cq.jury.folders import Folders
place = Path(sys.argv[1])
draw = Folders({name!r}, place / "site/content/jurys" / {name!r}, place / "jurys" / {name!r})
with lock.held(draw, "draw"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_two_commands_at_once(
    place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("cq.jury.lock._PATIENCE", 0.2)
    assert typed(*FREEZE) == 0
    other = subprocess.Popen(
        [sys.executable, "-c", HOLDS.format(name=NAME), str(place)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, text=True,
    )  # fmt: skip
    with other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        capfd.readouterr()
        assert typed("plan", NAME, "--seats", "6") == 3
        said = capfd.readouterr().err
        assert f"une autre commande s’occupe du tirage {NAME} : cq draw-jury draw" in said
        assert f"(processus {other.pid} sur " in said
        assert ", depuis " in said
        assert not (folders(place).private / PLAN).exists()
        # What only reads does not wait, and another draw is another's.
        assert typed() == 0
        assert typed("freeze", "autre", *FREEZE[2:]) == 0
        other.kill()  # it dies without a word: its lock dies with it
    begin = time.monotonic()
    assert typed("plan", NAME, "--seats", "6") == 0
    assert time.monotonic() - begin < 20


def test_a_second_stage_holds_its_first_and_a_slip_of_the_keys_nothing(
    place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A promise upon a first stage names it as it stands: nobody is replaced there meanwhile."""
    monkeypatch.setattr("cq.jury.lock._PATIENCE", 0.1)
    for step in (FREEZE, PLANS, COMMIT, DRAW):
        assert typed(*step) == 0
    draw = folders(place)
    called = [one.row["id"] for one in people.entries(draw) if one.pid in seats_of(draw)]
    Path("reponses.csv").write_text("id\n" + "\n".join(called) + "\n", "utf-8")
    assert typed("freeze", "second", "reponses.csv", "--after", NAME, *FREEZE[3:9]) == 0
    capfd.readouterr()
    with lock.held(draw, "replace"):
        assert typed("plan", "second", "--seats", "2") == 3
    assert f"s’occupe du tirage {NAME} : cq draw-jury replace" in capfd.readouterr().err
    assert typed("draw", "jury-2028") == 1
    assert not list((place / "jurys").glob(".jury-2028*"))
