"""Only protect makes artifacts; what is not public, or not a plain address, does not pass."""

import copy
import dataclasses
from pathlib import Path

import pytest

from cq.site.protect import Artifact, Leak, Stream, checked_path, public
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
