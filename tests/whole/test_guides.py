"""What the French guides tell people to type is understood: files, commands and messages."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.conftest import DEMO_DAY, ROOT, RunCq

COUNCIL = "content/quartiers/louis-blanc-aqueduc/"
GUIDES = ("guide-animateur.md", "guide-conseiller.md", "guide-tirage.md")
ROW = re.compile(r"^\| [^|]+ \| `([^`]+/)` \| `([^`]+\.md)`", re.MULTILINE)


def guide(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def test_every_file_that_the_guide_writes_is_right(tmp_path: Path, run_cq: RunCq) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    text = guide("guide-conseiller.md")
    places = [
        folder.replace("<débat>", "sous-le-metro-aerien") + n for folder, n in ROW.findall(text)
    ]
    written = [block for block in blocks(text, "markdown") if block.startswith("---")]
    assert len(written) >= 6
    names = [COUNCIL + place for place in places[: len(written)]]
    for name, block in zip(names, written, strict=True):
        (tmp_path / name).write_text(block, encoding="utf-8")
    paper = tmp_path / "content/documents/mode-d-emploi.pdf"
    shutil.copy(paper, tmp_path / COUNCIL / "documents/plan-des-bancs.pdf")
    ran = run_cq("validate", "--root", tmp_path, "--format", "short", *names, today=DEMO_DAY)
    assert ran.returncode == 0, ran.stdout
    assert "avertissement" not in ran.stdout


def test_the_messages_that_the_guides_quote_are_those_of_cq(tmp_path: Path, run_cq: RunCq) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    quoted = [block for name in GUIDES for block in blocks(guide(name), "text")]
    assert len(quoted) == 2
    name = quoted[0].partition(":")[0]
    wrong = "---\ntitre: Des bancs\ndate: 2026-11-31\n---\n\n![](banc.png)\n"
    (tmp_path / name).write_text(wrong, encoding="utf-8")
    said = run_cq("validate", "--root", tmp_path, name, today=DEMO_DAY).stdout
    assert not [block for block in quoted if block not in said]


@pytest.mark.parametrize("name", GUIDES)
def test_every_command_that_a_guide_types_exists(name: str) -> None:
    import typer.main

    import cq.cli

    for block in blocks(guide(name), "sh"):
        for line in block.splitlines():
            words = shlex.split(line, comments=True)
            if words[:1] != ["cq"]:
                continue
            found = typer.main.get_command(cq.cli.app)
            for word in words[1:]:
                found = getattr(found, "commands", {}).get(word, found)
            known = {option for one in found.params for option in one.opts}
            assert found.name in words, line
            assert {word for word in words if word.startswith("--")} <= known, line
