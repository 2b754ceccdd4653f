"""Files for their owner alone, and the places in which none may lie."""

import io
import os
import signal
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from cq import settings
from cq.access import kept
from cq.access.kept import Misplaced
from cq.repository import would_take
from cq.rewrite import unbroken

Git = Callable[..., str]


def test_a_new_file_follows_no_link(tmp_path: Path) -> None:
    (tmp_path / "lien").symlink_to(tmp_path / "ailleurs")
    with pytest.raises(Misplaced):
        kept.create(tmp_path / "lien", "secret")
    assert not (tmp_path / "ailleurs").exists()


def test_a_new_file_that_cannot_be_whole_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a letter, and the next try would say that it exists already."""

    class Full(io.BytesIO):
        def write(self, data: object, /) -> int:
            raise OSError(28, f"no space left for {data!r}")

    def on_a_full_disk(path: Path) -> Full:
        path.touch()
        return Full()

    monkeypatch.setattr(kept, "_new", on_a_full_disk)
    with pytest.raises(OSError, match="no space"):
        kept.create(tmp_path / "t", "secret")
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_comes_too_late_between_two_files() -> None:
    with unbroken():
        signal.raise_signal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_a_write_that_fails_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "t"
    kept.write(file, b"old")

    def full(_number: int) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        kept.write(file, b"new", backup=True)
    assert file.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["t"]


def test_a_link_in_the_place_of_the_keyring_is_replaced_not_followed(tmp_path: Path) -> None:
    other = tmp_path / "autre"
    other.write_bytes(b"x")
    (tmp_path / "t").symlink_to(other)
    kept.write(tmp_path / "t", b"secret")
    assert other.read_bytes() == b"x"
    assert not (tmp_path / "t").is_symlink()
    assert stat.S_IMODE((tmp_path / "t").stat().st_mode) == 0o600


def test_guarded_places(tmp_path: Path) -> None:
    root, output = tmp_path / "site", tmp_path / "sortie"
    (root / "content").mkdir(parents=True)
    (tmp_path / "vers").symlink_to(root / "content")
    for bad in (root / "content/x", root / "content/a/b/x", output / "x", tmp_path / "vers/x"):
        with pytest.raises(Misplaced, match="hors du site"):
            kept.guard(bad, root, output)
    kept.guard(root / "x", root, output)
    kept.guard(tmp_path / "nouveau/dossier/x", root, output)


def test_git_would_take_what_it_does_not_ignore(tmp_path: Path, git: Git) -> None:
    top = tmp_path / "depot"
    top.mkdir()
    assert not would_take(top / "x")
    git(top, "init")
    (top / ".gitignore").write_text("*.cqk\n/secret/\n")
    assert would_take(top / "x")
    assert would_take(top / "a/b/x")
    assert not would_take(top / "t.cqk")
    assert not would_take(top / "secret/a/b")
    (top / "connu.cqk").write_text("x")
    git(top, "add", "-f", "connu.cqk")
    assert would_take(top / "connu.cqk")
    assert not would_take(tmp_path / "x")


def test_where_git_cannot_say_it_would(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: nulle part\n")
    assert would_take(tmp_path / "x")


def test_slots_are_read_of_a_file_and_of_no_more(tmp_path: Path) -> None:
    assert kept.slots(tmp_path / "absent") is None
    assert kept.slots(tmp_path) is None
    (tmp_path / "a").write_bytes(b"{}")
    assert kept.slots(tmp_path / "a") == b"{}"


@pytest.mark.parametrize("variable", ["CQ_KEYRING", "CQ_ACCES"])
def test_paths_of_a_run(variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CQ_KEYRING", "CQ_ACCES", "CQ_CLES", "CQ_PHRASE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    root = tmp_path / "site"
    assert settings.access_file(root) == root / "content/acces.json"
    keyring = settings.keyring_file(root)
    assert keyring.name == "trousseau.cqk"
    assert keyring.is_relative_to(tmp_path / "config/cq")
    assert settings.keyring_file(tmp_path / "autre") != keyring
    assert settings.phrase() == settings.keys_line() == ""
    monkeypatch.setenv(variable, str(tmp_path / "la"))
    given = {"CQ_KEYRING": settings.keyring_file, "CQ_ACCES": settings.access_file}[variable]
    assert given(root) == tmp_path / "la"


def test_no_setting_holds_the_phrase(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CQ_PHRASE", "abaisser")
    monkeypatch.setenv("CQ_CLES", "cq1.secret")
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.yml").write_text("nom: X\n")
    monkeypatch.setenv("CQ_CACHE_DIR", str(tmp_path / "cache"))
    shown = repr(settings.resolve(root=tmp_path))
    assert "abaisser" not in shown
    assert "secret" not in shown
