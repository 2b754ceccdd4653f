"""The demo's draw is the one that docs/demo/jury.py makes, whole and verified."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from cq.draw.transcript import NAMES
from cq.draw.verify import State, verified
from cq.jury.folders import Folders
from tests.conftest import ROOT

AGAIN = "refaites-le : .venv/bin/python docs/demo/jury.py --public"


@pytest.fixture(scope="module")
def jury() -> ModuleType:
    spec = importlib.util.spec_from_file_location("demo_jury", ROOT / "docs" / "demo" / "jury.py")
    assert spec
    assert spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def published(jury: ModuleType) -> Path:
    return ROOT / "content" / "jurys" / jury.NAME


def test_the_public_side_is_what_the_script_makes(
    jury: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("sys.argv", ["jury.py", "--public"])
    jury.main(tmp_path / "home", tmp_path)
    for path in (tmp_path / "content" / "jurys" / jury.NAME).iterdir():
        assert (published(jury) / path.name).read_bytes() == path.read_bytes(), AGAIN


def test_every_light_is_green(jury: ModuleType):
    folders = Folders(jury.NAME, published(jury), Path("nowhere"))
    verdict = verified(folders.files(), signed=lambda number, _: number == jury.ROUND)
    assert set(folders.files()) == set(NAMES)
    assert {light.state for light in verdict.lights.values()} == {State.GREEN}
    assert verdict.promise
    fingerprint = verdict.promise.digest().hex()
    assert fingerprint in {entry.fingerprint for entry in folders.journal()}


def test_nobody_is_named_in_public(jury: ModuleType):
    """Even invented names: what the demo shows is what a true draw shows."""
    texts = [
        path.read_text("utf-8")
        for path in published(jury).iterdir()
        if path.name != "verifier.html"
    ]
    for row in jury.people():
        assert not [text for text in texts if row["nom"] in text or row["adresse"] in text]


def test_no_cell_has_less_than_five_people(jury: ModuleType):
    assert min(jury.proposed().counts) >= 5
