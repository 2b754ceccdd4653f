"""« Tirer un jury au sort, pas à pas »: every command that it types is run, in its order."""

import datetime
import importlib.util
import json
import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, RunCq

GUIDE = ROOT / "docs" / "guide-tirage.md"
DEMO = "jury-des-bancs-2026"


def commands(title: str) -> list[list[str]]:
    """The words of each `cq` line under one heading."""
    text = GUIDE.read_text("utf-8").split(f"\n## {title}", 1)[1].split("\n## ", 1)[0]
    lines = "".join(re.findall(r"^```sh\n(.*?)^```", text, re.DOTALL | re.MULTILINE)).splitlines()
    typed = [shlex.split(line) for line in lines]
    return [words for words in typed if words[0] == "cq"]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo's content, and the town hall's own side of its draw."""
    spec = importlib.util.spec_from_file_location("demo_jury", ROOT / "docs" / "demo" / "jury.py")
    assert spec
    assert spec.loader
    jury = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(jury)
    monkeypatch.setattr("sys.argv", ["jury.py"])
    site = tmp_path / "site"
    shutil.copytree(ROOT / "content", site / "content")
    jury.main(site / ".cache/demo", site)
    shutil.copy(site / ".cache/demo/volontaires.csv", tmp_path)
    return site


Run = Callable[..., str]


@pytest.fixture
def ran(desk: Path, run_cq: RunCq) -> Run:
    """What a command of the guide says, run in the site."""

    def run(words: list[str], private: str = "jurys") -> str:
        environ = {"CQ_JURYS": str(desk.parent / private), "PYTHONPATH": str(ROOT)}
        done = run_cq(*words[1:], cwd=desk, env=environ)
        assert done.returncode == 0, f"{shlex.join(words)}\n{done.stdout}{done.stderr}"
        return done.stdout

    return run


def test_the_rehearsal_goes_as_the_guide_says(desk: Path, ran: Run):
    typed = commands("S’exercer d’abord")
    assert [words[2] for words in typed] == [
        "--rehearsal", "freeze", "plan", "draw", "purge", "verify", "explain", "letters", "minutes",
    ]  # fmt: skip
    shutil.copytree(desk / ".cache/demo/jurys", desk.parent / "done")
    before = sorted((desk / "content").rglob("*"))
    for words in typed:
        said = ran(words, "done" if DEMO in words else "jurys")
        assert ("RÉPÉTITION" in said) == ("--rehearsal" in words)
    added = {path.name for path in set((desk / "content").rglob("*")) - set(before)}
    assert added <= {"repetition", "journal.csv"}


def test_the_steps_before_the_draw_go_as_the_guide_says(desk: Path, ran: Run):
    later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=20)  # noqa: TID251
    for title in (
        "Trois semaines avant", "Deux semaines avant", "Puis : le plan", "Dix jours avant au moins"
    ):  # fmt: skip
        [words] = commands(title)
        made = [
            f"{later.date()}T18:30" if re.fullmatch(r"20\d\d-\d\d-\d\dT18:30", word) else word
            for word in words
        ]
        ran([*made, "--yes"] if "commit" in made else made)
    assert (desk / "content/jurys/jury-2027/commitment.json").is_file()
    # Nobody can draw yet: what follows is tried on a draw that was done.
    ran(commands("Dans la salle")[0])


def test_a_second_draw_begins_as_the_guide_says(desk: Path, ran: Run):
    shutil.copytree(desk / ".cache/demo/jurys", desk.parent / "jurys")
    transcript = json.loads((desk / "content/jurys" / DEMO / "transcript.json").read_text("utf-8"))
    lines = ["numero;diplome", *(f"{pid};supérieur" for pid, _ in transcript["seats"])]
    (desk.parent / "reponses.csv").write_text("\n".join(lines), "utf-8")
    [words] = commands("En deux temps")
    said = ran([DEMO if word == "jury-2027" else word for word in words])
    assert "cq draw-jury plan jury-2027-2" in said


def test_the_steps_after_the_draw_go_as_the_guide_says(desk: Path, ran: Run):
    shutil.copytree(desk / ".cache/demo/jurys", desk.parent / "jurys")
    typed = [words for words in commands("Dans la salle") if words[2] != "draw"]
    done = []
    for words in [*typed, *commands("Après")]:
        known = {"jury-2027": DEMO, "4f0c21d9": "d191ae89"}
        made = [known.get(word, word) for word in words]
        yes = ["--yes"] if made[2] in {"replace", "purge"} else []
        late = ["--today", "2100-01-01"] if made[2] == "purge" else []
        days = ["--contestation", "0"] if made[2] == "purge" else []
        ran([*made, *yes, *late, *days])
        done.append(made[2])
    assert done == [
        "verify", "minutes", "letters", "replace", "letters", "minutes", "explain", "purge",
    ]  # fmt: skip
    assert "conforme" in ran(["cq", "draw-jury", "verify", DEMO])
    assert not (desk.parent / "jurys" / DEMO / "personnes.csv").exists()
