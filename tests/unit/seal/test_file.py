"""Sealing a file on the disk, which others may write meanwhile; and texts that gzip shortens."""

import errno
import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from cq.seal import file
from cq.seal.cipher import Refused
from cq.seal.file import CHUNK, Unreadable, is_sealed, padded, seal, synthetic_of, unseal
from cq.seal.keys import SpaceKey

KEY = SpaceKey(bytes(16), "conseillers", 1, bytes(32))


def sealed(body: bytes | Path, media: str = "application/pdf", name: str = "") -> file.Sealed:
    return seal(KEY, KEY.file_id("/x"), body, media=media, name=name)


@pytest.mark.parametrize("length", [0, 1, CHUNK - 40, CHUNK, CHUNK + 1, 3 * CHUNK, 1_000_000])
def test_a_file_is_streamed(length: int, tmp_path: Path) -> None:
    place = tmp_path / "x"
    place.write_bytes(bytes(range(256)) * (length // 256) + b"x" * (length % 256))
    made = sealed(place)
    chunks = [*made.chunks()]
    assert sum(map(len, chunks)) == made.size
    assert {len(chunk) for chunk in chunks[1:-1]} <= {CHUNK + 16}
    assert unseal(KEY, made.id, b"".join(chunks)).body == place.read_bytes()


@pytest.mark.parametrize("length", [200, 3 * CHUNK])
def test_a_file_that_another_program_writes_meanwhile_is_never_finished(
    length: int, tmp_path: Path
) -> None:
    """Its S would be that of other bytes: two texts under one key and nonce, which GCM forbids."""
    place = tmp_path / "x"
    changes = {
        "another byte": b"a" * (length - 1) + b"b",
        "shorter": b"a" * (length // 2),
        "empty": b"",
        "zeros": bytes(length),
    }
    for new in changes.values():
        place.write_bytes(b"a" * length)
        made = sealed(place)
        place.write_bytes(new)
        given = []
        with pytest.raises(OSError, match="sealed") as fault:
            given.extend(made.chunks())
        # Which the build says in French, without the name of a private file.
        assert fault.value.errno == errno.ESTALE
        assert fault.value.filename is None
        # The last chunk is what makes a file of it.
        with pytest.raises(Refused):
            unseal(KEY, made.id, b"".join(given))


def test_a_file_that_grows_meanwhile_is_said(tmp_path: Path) -> None:
    place = tmp_path / "x"
    place.write_bytes(b"a" * 100)
    made = sealed(place)
    place.write_bytes(b"a" * 101)
    with pytest.raises(OSError, match="longer"):
        [*made.chunks()]


def test_a_file_that_went_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        sealed(tmp_path / "absent")


@pytest.mark.parametrize(
    ("media", "shorter"),
    [
        ("text/html", True),
        ("text/calendar", True),
        ("application/json", True),
        ("image/svg+xml", True),
        ("application/pdf", False),
        ("image/png", False),
        ("application/gzip", False),
    ],
)
def test_texts_are_made_shorter_and_nothing_else(media: str, shorter: bool) -> None:  # noqa: FBT001
    body = b"Le banc du canal. " * 1000
    made = sealed(body, media)
    assert (made.size < len(body)) == shorter
    assert unseal(KEY, made.id, made.data).body == body


def test_gzip_says_nothing_of_the_machine() -> None:
    packed = file._packed(b"Le banc du canal. " * 100)
    assert packed[:10].hex() == "1f8b08000000000000ff"
    assert gzip.decompress(packed) == b"Le banc du canal. " * 100


def test_what_gzip_would_not_shorten_stays() -> None:
    made = sealed(b"x", "text/html")
    assert unseal(KEY, made.id, made.data).body == b"x"


@pytest.mark.parametrize(
    "packed",
    [
        pytest.param(gzip.compress(b"a" * 2000), id="too much"),
        pytest.param(gzip.compress(b"a") + b"b", id="something after it"),
        pytest.param(gzip.compress(b"a") + gzip.compress(b"b"), id="two members"),
        pytest.param(gzip.compress(b"a" * 100)[:-1], id="cut"),
        pytest.param(gzip.compress(b"a" * 100)[:-8] + bytes(8), id="another sum"),
        pytest.param(b"", id="nothing"),
        pytest.param(b"<p>", id="no gzip"),
    ],
)
def test_gzip_is_read_as_a_browser_reads_it(packed: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def written(_: bytes) -> bytes:
        return packed

    monkeypatch.setattr(file, "_packed", written)
    made = sealed(b"a" * 5000, "text/html")
    monkeypatch.setattr(file, "MOST_UNPACKED", 1000)
    with pytest.raises(Unreadable):
        unseal(KEY, made.id, made.data)


def test_what_is_too_much_for_a_browser_s_gzip_is_not_made_shorter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(file, "MOST_UNPACKED", 9_999)
    assert sealed(b"a" * 10_000, "text/html").size > 10_000
    assert sealed(b"a" * 9_999, "text/html").size < 9_999


def test_a_name_has_an_end() -> None:
    with pytest.raises(ValueError, match="a name of 5000"):
        sealed(b"", name="n" * 5000)


def test_what_is_too_large_for_the_count_of_chunks_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(file, "MOST", 10_000)
    with pytest.raises(ValueError, match="a file of"):
        sealed(b"a" * 10_000)


@pytest.mark.parametrize("path", ["", "agenda/", "x.pdf", "/e\u0301te\u0301.pdf", "\\x"])
def test_a_logical_path_has_one_spelling(path: str) -> None:
    with pytest.raises(ValueError, match="logical path"):
        KEY.file_id(path)


def others() -> Iterator[bytes]:
    made = sealed(b"x").data
    yield b""
    yield made[:72]
    yield b"%PDF-1.7\n" + made
    yield made[:4] + b"\0\x44" + made[6:]
    yield made.replace(b'"v":1', b'"v":2')
    yield made.replace(b'"c":65536', b'"c":65537')


@pytest.mark.parametrize("data", [*others()])
def test_another_file_is_no_file_of_ours(data: bytes) -> None:
    assert not is_sealed(data[:73], len(data))
    with pytest.raises(Unreadable):
        synthetic_of(data)
    with pytest.raises(Unreadable):
        unseal(KEY, "x", data)


def test_sizes_of_no_padding_are_not_ours() -> None:
    head = sealed(b"x").data[:73]
    good = {73 + text + 16 * -(-text // CHUNK) for text in map(padded, range(140_000))}
    assert {size for size in range(140_000) if is_sealed(head, size)} == {
        size for size in good if size < 140_000
    }
    assert not is_sealed(head, -1)
    assert not is_sealed(head, 1 << 60)
