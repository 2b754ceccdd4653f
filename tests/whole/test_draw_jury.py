"""A jury drawn from a list of names to a replacement, typed as a town hall types it."""

import csv
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.jury.town import SIGNATURES

Site = Callable[[str], Path]
RunCq = Callable[..., subprocess.CompletedProcess[str]]
StartCq = Callable[..., subprocess.Popen[str]]
NAMES = ("Zéphyrine", "Athénaïs", "Théodule", "Barnabé", "Clotilde", "Firmin")
LIST = "id,nom,prénom,naissance,adresse\n" + "".join(
    f"{number},Personne{number},{NAMES[number % 6]},19{60 + number % 40}-03-0{number % 9 + 1},"
    f"{number} rue du Canal\n"
    for number in range(1, 41)
)
COMMIT = (
    "commit", "jury-2027", "--title", "Jury du canal", "--source", "drand:1000", "--source",
    "des:10:Dés de la salle", "--published", "2023-08-22T10:00:00Z", "--yes",
)  # fmt: skip
DRAW = ("draw", "jury-2027", "--value", "1 2 3 4 5 6 1 2 3 4", "--signature", SIGNATURES[1000])


@pytest.fixture
def typed(run_cq: RunCq, site: Site) -> Callable[..., tuple[int, str]]:
    root = site("minimal")

    def typed(*arguments: str) -> tuple[int, str]:
        done = run_cq("draw-jury", *arguments, "--root", root)
        return done.returncode, done.stdout + done.stderr

    return typed


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "minimal"


def prepared(typed: Callable[..., tuple[int, str]], place: Path) -> None:
    (place / "liste.csv").write_text(LIST, "utf-8")
    code, said = typed(
        "freeze", "jury-2027", str(place / "liste.csv"), "--source", "volontaires",
        "--finalite", "un jury", "--detruire", "2030-01-01", "--information", "affiche",
    )  # fmt: skip
    assert code == 0, said
    code, said = typed("plan", "jury-2027", "--seats", "6")
    assert code == 0, said


def test_from_a_list_of_names_to_a_replacement(
    typed: Callable[..., tuple[int, str]], root: Path, tmp_path: Path
) -> None:
    assert "aucun tirage" in typed()[1]
    prepared(typed, tmp_path)
    assert "cq draw-jury commit jury-2027" in typed()[1]
    code, said = typed(*COMMIT)
    assert code == 0, said
    assert "cq draw-jury draw jury-2027" in typed()[1]
    code, said = typed(*DRAW)
    assert code == 0, said
    public = root / "content" / "jurys" / "jury-2027"
    code, said = typed("verify", str(public))
    assert (code, said.count("VERT")) == (0, 5), said
    seat = (public / "transcript.json").read_text().partition('"seats":[["')[2][:32]
    code, said = typed("explain", "jury-2027", seat)
    assert (code, "qui siège" in said) == (0, True), said
    code, said = typed("replace", "jury-2027", seat, "--yes")
    assert code == 0, said
    assert typed("verify", "jury-2027")[0] == 0
    # Nobody is named in what is public, nor by what is said of it.
    text = b"".join(path.read_bytes() for path in public.iterdir()).decode()
    assert not [name for name in NAMES if name in text]
    assert "rue du Canal" not in text
    with (public / "journal.csv").open(encoding="utf-8", newline="") as stream:
        steps = [row["etape"] for row in csv.DictReader(stream)]
    assert steps[-5:] == ["page", "engagement", "valeurs", "tirage", "remplacement 1"]


def test_steps_in_another_order(typed: Callable[..., tuple[int, str]], root: Path) -> None:
    for arguments in (COMMIT, DRAW, ("replace", "jury-2027", "0" * 32, "--yes")):
        code, said = typed(*arguments)
        assert code == 1, said
        assert "cq draw-jury" in said
    assert typed("verify", "jury-2027")[0] == 1
    assert typed("verify")[0] == 2
    assert not (root / "content" / "jurys").exists()


# Where files are put beside those that they replace, so slowly that no finger comes too late.
_SLOWLY = """
import pathlib, time
import cq.jury.folders as stage
quickly = stage.prepared
def slowly(*given):
    pathlib.Path({begun!r}).touch()
    time.sleep(1)
    return quickly(*given)
stage.prepared = slowly
"""


def test_ctrl_c_leaves_no_half_of_a_promise(
    site: Site, start_cq: StartCq, root: Path, tmp_path: Path
) -> None:
    site("minimal")

    def finished(*arguments: str) -> tuple[int, str]:
        running = start_cq("draw-jury", *arguments, "--root", str(root))
        said = "".join(running.communicate(timeout=60))
        return running.returncode, said

    prepared(finished, tmp_path)
    public = root / "content" / "jurys" / "jury-2027"
    before = {path: path.read_bytes() for path in public.glob("*")}
    begun = tmp_path / "begun"
    stopped = start_cq(
        "draw-jury", *COMMIT, "--root", str(root), first=_SLOWLY.format(begun=str(begun))
    )
    while not begun.exists():
        assert stopped.poll() is None, stopped.communicate()
        time.sleep(0.01)
    os.kill(stopped.pid, signal.SIGINT)
    said = "".join(stopped.communicate(timeout=60))
    assert stopped.returncode == 130, said
    assert "interrompu" in said
    assert {path: path.read_bytes() for path in public.glob("*")} == before
    code, said = finished(*COMMIT)
    assert code == 0, said
