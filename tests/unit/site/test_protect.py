"""Only protect makes artifacts; what is not public, or not a plain address, does not pass."""

import copy
import dataclasses
import re
from pathlib import Path

import pytest

from cq import digest
from cq.seal.file import unseal
from cq.seal.keys import SpaceKey
from cq.site.protect import Artifact, Leak, Sealing, Stream, checked_path, public, sealed
from cq.site.rendered import Attached, Rendered


def test_a_public_page_passes_as_it_is():
    artifact = public(Rendered("agenda/index.html", b"<p>Bonjour</p>", "public"))
    assert (artifact.path, artifact.content) == ("agenda/index.html", b"<p>Bonjour</p>")


def test_an_attachment_stays_in_its_file():
    artifact = public(Attached("documents/pv.pdf", Path("pv.pdf"), "ab" * 16, 12, "public"))
    assert artifact.content == Stream(Path("pv.pdf"), "ab" * 16, 12)


@pytest.mark.parametrize("space", ["conseillers", "q-aqueduc", "g-velo", "", "Public", "public "])
def test_another_space_is_refused(space):
    with pytest.raises(Leak):
        public(Rendered("a/index.html", b"secret", space))
    with pytest.raises(Leak):
        public(Attached("a.pdf", Path("a.pdf"), "ab" * 16, 1, space))


def test_text_is_not_bytes():
    with pytest.raises(TypeError):
        public(Rendered("a/index.html", "texte", "public"))


def test_nobody_else_makes_an_artifact():
    artifact = public(Rendered("a/index.html", b"a", "public"))
    with pytest.raises(TypeError):
        Artifact("a/index.html", b"a", object())
    with pytest.raises(TypeError):
        Artifact("a/index.html", b"a", None)
    with pytest.raises(TypeError):
        Artifact("a/index.html", b"a")
    with pytest.raises((TypeError, ValueError)):
        dataclasses.replace(artifact, content=b"b")
    with pytest.raises(TypeError):
        copy.copy(artifact)
    with pytest.raises(TypeError):
        artifact.__reduce_ex__(2)
    with pytest.raises(TypeError):
        type("Other", (Artifact,), {})
    with pytest.raises(dataclasses.FrozenInstanceError):
        artifact.content = b"b"
    assert not hasattr(artifact, "__dict__")


def test_bytes_do_not_show_in_a_traceback():
    assert "secret" not in repr(public(Rendered("a/index.html", b"secret", "public")))


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "/etc/passwd",
        "a/../../b",
        "..",
        "a/..",
        "./a",
        "a/./b",
        "a//b",
        "a/",
        "a\\b",
        "a\x00b",
        "a\nb",
        "a\x7f",
        "a\x85",
        "a\u202eb",
        "a\u2028b",
        "a\ud800",
        "prive/index.html",
        "quartiers/x/prive/index.html",
        "quartiers/x/Prive/index.html",
        "quartiers/x/privé/index.html",
        "quartiers/x/prive\u0301/index.html",
        "quartiers/x/ｐｒｉｖｅ/index.html",
        "quartiers/x/PRIVÉ",
    ],
)
def test_such_a_path_is_never_written(path):
    with pytest.raises(ValueError, match="path"):
        checked_path(path)


@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        ".well-known/security.txt",
        "quartiers/x/agenda/2026-03-10-pleniere/index.html",
        "documents/Procès-verbal d’octobre.pdf",
        "documents/a..b.pdf",
        "privatisation/index.html",
        "wiki/prive.html",
    ],
)
def test_such_a_path_is(path):
    assert checked_path(path) == path


KEY = SpaceKey(bytes(16), "q-port", 2, bytes(range(32)))


def bytes_of(artifact: Artifact) -> bytes:
    assert isinstance(artifact.content, Sealing)
    return b"".join(artifact.content.pieces())


def test_what_belongs_to_a_space_is_sealed_under_a_name_that_tells_nothing() -> None:
    artifact = sealed(Rendered("wiki/secret/index.html", b"<h1>Secret</h1>", "q-port"), KEY)
    assert re.fullmatch(r"espace/f/[a-z0-9_-]{2}/[\w-]{22}", artifact.path)
    data = bytes_of(artifact)
    assert b"ecret" not in data
    opened = unseal(KEY, KEY.file_id("/wiki/secret/"), data)
    assert (opened.body, opened.type, opened.name) == (b"<h1>Secret</h1>", "text/html", "")


@pytest.mark.parametrize("space", ["public", "q-autre", "conseillers", ""])
def test_nothing_is_sealed_with_another_space_s_key(space: str) -> None:
    with pytest.raises(Leak):
        sealed(Rendered("wiki/x/index.html", b"x", space), KEY)


def test_an_attachment_is_sealed_as_it_was_checked(tmp_path: Path) -> None:
    file = tmp_path / "notes.csv"
    file.write_bytes(b"a,b\n" * 50_000)
    known = digest.of_bytes(file.read_bytes())
    thing = Attached("documents/notes.csv", file, known, file.stat().st_size, "q-port")
    opened = unseal(KEY, KEY.file_id("/documents/notes.csv"), bytes_of(sealed(thing, KEY)))
    assert (opened.body, opened.type, opened.name) == (file.read_bytes(), "text/csv", "notes.csv")
    file.write_bytes(b"c,d\n" * 50_000)
    with pytest.raises(OSError, match="notes"):
        sealed(thing, KEY)
