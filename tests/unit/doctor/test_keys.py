"""What `cq doctor` says of the keys, without opening anything."""

import secrets
from collections.abc import Callable
from pathlib import Path

import pytest

from cq import settings
from cq.access import kept
from cq.doctor.keys import keys
from cq.doctor.remark import State
from cq.seal import slots

Git = Callable[..., str]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "site"
    (place / "content/prive").mkdir(parents=True)
    (place / "content/site.yml").write_text("nom: X\n")
    for name in ("CQ_ACCES", "CQ_CLES", "CQ_OUTPUT", "CQ_ROOT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CQ_KEYRING", str(tmp_path / "k/trousseau.cqk"))
    monkeypatch.setenv("CQ_CACHE_DIR", str(tmp_path / "cache"))
    return place


def said(root: Path) -> dict[str, tuple[State, str, str]]:
    found = keys(settings.resolve(root=root))
    return {one.subject: (one.state, one.words, one.remedy) for one in found}


def written(iterations: int = 1_000_000) -> bytes:
    return slots.written(
        bytes(16), bytes(16), iterations, {}, dummies=[], random=secrets.token_bytes
    )


def test_without_private_folders_nothing_is_said(root: Path) -> None:
    (root / "content/prive").rmdir()
    assert said(root) == {}
    (root / "content/quartiers/x/prive").mkdir(parents=True)
    assert said(root).keys() == {"trousseau"}


def test_no_keyring(root: Path) -> None:
    state, words, remedy = said(root)["trousseau"]
    assert state is State.ATTENTION
    assert "--public-only" in words
    assert "cq access init" in remedy


def test_all_is_well(root: Path, tmp_path: Path) -> None:
    kept.write(tmp_path / "k/trousseau.cqk", b"x")
    (root / "content/acces.json").write_bytes(written())
    found = said(root)
    assert {one[0] for one in found.values()} == {State.OK}
    assert found.keys() == {"trousseau", "accès"}


def test_others_could_read_it(root: Path, tmp_path: Path) -> None:
    kept.write(tmp_path / "k/trousseau.cqk", b"x")
    (tmp_path / "k/trousseau.cqk").chmod(0o640)
    assert said(root)["trousseau"][0] is State.TO_DO
    assert said(root)["trousseau"][2].startswith("chmod 600 ")


def test_git_would_keep_it(root: Path, git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    git(root, "init")
    monkeypatch.setenv("CQ_KEYRING", str(root / "t.cqk"))
    kept.write(root / "t.cqk", b"x")
    assert said(root)["trousseau"][0] is State.ATTENTION
    (root / ".gitignore").write_text("*t.cqk*\n")
    assert said(root)["trousseau"][0] is State.OK


def test_the_file_of_slots(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CQ_CLES", "cq1.x")
    found = said(root)
    assert found["trousseau"][0] is State.OK
    assert "cq1" not in str(found)
    assert found["accès"] == (
        State.TO_DO, "content/acces.json n’est pas là : personne n’entrerait", "cq access add"
    )  # fmt: skip
    (root / "content/acces.json").write_text("{}")
    assert said(root)["accès"][0] is State.TO_DO
    (root / "content/acces.json").write_bytes(written(1000))
    assert said(root)["accès"][0] is State.TO_DO
