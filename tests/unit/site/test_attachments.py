"""What leaves as it is, what is cleaned, and what never leaves."""

import errno
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from cq import digest
from cq.content.item import Blob
from cq.site.attachments import BrokenPicture, attach, broken_picture
from cq.site.rendered import Attached, Rendered
from cq.site.target import FileTarget

SECRET = b"Camille-Secret"


def telling() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = SECRET.decode()
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG", exif=exif)
    return out.getvalue()


def target(root: Path, name: str, data: bytes) -> FileTarget:
    (root / name).write_bytes(data)
    return FileTarget(f"x/{name}", Blob(name, "public", digest.of_bytes(data), len(data)), "public")


@pytest.mark.parametrize("name", ["a.pdf", "a.csv", "a.ics", "a.geojson", "a.odt", "a.docx"])
def test_other_files_are_streamed_as_they_are(name: str, tmp_path: Path):
    wanted = target(tmp_path, name, b"%PDF /Author (Camille)")
    assert attach(tmp_path, wanted) == Attached(
        f"x/{name}", tmp_path / name, wanted.blob.digest, wanted.blob.size, "public"
    )


def test_a_bare_picture_is_streamed_too(tmp_path: Path):
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "PNG")
    assert isinstance(attach(tmp_path, target(tmp_path, "a.png", out.getvalue())), Attached)


@pytest.mark.parametrize("name", ["a.jpg", "a.JPEG"])
def test_a_telling_picture_is_cleaned(name: str, tmp_path: Path):
    made = attach(tmp_path, target(tmp_path, name, telling()))
    assert isinstance(made, Rendered)
    assert (made.path, made.space) == (f"x/{name}", "public")
    assert SECRET not in made.data


def test_a_drawing_is_cleaned(tmp_path: Path):
    data = b'<svg xmlns="http://www.w3.org/2000/svg"><script>evil()</script></svg>'
    made = attach(tmp_path, target(tmp_path, "a.svg", data))
    assert isinstance(made, Rendered)
    assert made.data == b'<svg xmlns="http://www.w3.org/2000/svg"/>\n'


@pytest.mark.parametrize("name", ["a.jpg", "a.svg", "a.webp"])
def test_what_is_broken_is_said_and_never_published(name: str, tmp_path: Path):
    wanted = target(tmp_path, name, telling()[:200])
    with pytest.raises(BrokenPicture) as said:
        attach(tmp_path, wanted)
    assert said.value.args[0] == name
    found = broken_picture(tmp_path, name)
    assert found is not None
    assert (found.code, str(found.span.path)) == ("broken-picture", name)
    assert str(said.value.args[1]) in found.message


def test_a_sound_picture_is_not_said(tmp_path: Path):
    target(tmp_path, "a.jpg", telling())
    assert broken_picture(tmp_path, "a.jpg") is None
    assert broken_picture(tmp_path, "gone.png") is None
    assert broken_picture(tmp_path, "a.pdf") is None


def test_a_picture_that_changed_since_it_was_checked_is_refused(tmp_path: Path):
    wanted = target(tmp_path, "a.jpg", telling())
    (tmp_path / "a.jpg").write_bytes(telling() + b"x")
    with pytest.raises(OSError) as said:  # noqa: PT011 - its number is what counts
        attach(tmp_path, wanted)
    assert said.value.errno == errno.ESTALE


def test_a_link_that_came_later_is_not_followed(tmp_path: Path):
    wanted = target(tmp_path, "a.jpg", telling())
    (tmp_path / "secret.jpg").write_bytes(telling())
    (tmp_path / "a.jpg").unlink()
    (tmp_path / "a.jpg").symlink_to(tmp_path / "secret.jpg")
    with pytest.raises(OSError, match="symbolic links"):
        attach(tmp_path, wanted)


def test_the_demo_publishes_no_place(root: Path, built: Path):
    """The demo's own photograph says where it was taken; the site does not."""
    sources = [*(root / "content").rglob("*.jpg")]
    assert any(b"Photographe fictif" in one.read_bytes() for one in sources)
    shown = list(built.rglob("*.jpg"))
    assert shown
    for one in shown:
        data = one.read_bytes()
        assert b"Exif" not in data
        assert b"fictif" not in data


def test_private_pictures_stay_at_home(site: Callable[[str], Path], run_cq: Callable[..., object]):
    place = site("minimal")
    private = place / "content" / "prive" / "documents"
    private.mkdir(parents=True)
    (private / "plan.jpg").write_bytes(telling() + SECRET)
    shutil.copy(private / "plan.jpg", private / "plan-2.jpg")
    (private / "dessin.svg").write_bytes(b"<svg><title>Camille-Secret</title></svg>")
    done = run_cq("build", "--public-only", "--root", place)
    assert done.returncode == 0, done.stdout + done.stderr
    built = [one for one in (place / "build").rglob("*") if one.is_file()]
    assert built
    for one in built:
        assert SECRET not in one.read_bytes()
        assert not {"plan.jpg", "plan-2.jpg", "dessin.svg"} & {one.name}


def test_a_broken_picture_is_found_by_validate_and_keeps_the_site(
    site: Callable[[str], Path], run_cq: Callable[..., object]
):
    place = site("minimal")
    assert run_cq("build", "--root", place).returncode == 0
    page = place / "content" / "actualites" / "2026-02-14-un-banc.md"
    page.write_text(f"{page.read_text()}\n![Un banc neuf](banc.jpg)\n")
    picture = page.with_name("banc.jpg")
    picture.write_bytes(telling()[:300])
    for _ in range(2):  # also when nothing changed, and when something else did
        for command in ("validate", "build"):
            done = run_cq(command, "--root", place)
            assert done.returncode == 1
            assert "erreur[broken-picture]" in done.stdout
            assert "s’arrête avant sa fin" in done.stdout
        (place / "content" / "actualites" / "plan.csv").write_text("a,b\n")
    picture.write_bytes(telling())
    done = run_cq("build", "--root", place)
    assert done.returncode == 0, done.stdout
    assert SECRET not in next((place / "build/site").rglob("banc.jpg")).read_bytes()


def test_one_cause_one_message(site: Callable[[str], Path], run_cq: Callable[..., object]):
    place = site("minimal")
    (place / "content" / "actualites" / "banc.jpg").write_bytes(b"GIF89a" + bytes(40))
    done = run_cq("validate", "--root", place)
    assert "wrong-file-type" in done.stdout
    assert "broken-picture" not in done.stdout
