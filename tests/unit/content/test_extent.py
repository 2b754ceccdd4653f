"""The size that a page reserves for a picture is the one that Pillow, and so a browser, finds."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from cq.content import extent

FORMATS = ("jpeg", "png", "webp")


def made(kind: str, size: tuple[int, int], turned: int = 1, **options: object) -> bytes:
    out = io.BytesIO()
    tags = Image.Exif()
    tags[0x0112] = turned
    Image.new("RGB", size, "teal").save(out, kind.upper(), exif=tags, **options)
    return out.getvalue()


def seen(data: bytes, kind: str) -> tuple[int, int]:
    return extent.of_stream(io.BytesIO(data), kind)


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("turned", range(1, 9))
@pytest.mark.parametrize("size", [(1, 1), (300, 17), (16_000, 3)])
def test_it_is_the_size_of_the_upright_picture(
    kind: str, turned: int, size: tuple[int, int]
) -> None:
    data = made(kind, size, turned)
    shown = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
    assert seen(data, kind) == shown.size


@pytest.mark.parametrize(
    "options", [{"progressive": True}, {"icc_profile": b"x" * 200_000}, {"comment": b"y" * 60_000}]
)
def test_a_photograph_may_say_much_before_its_size(options: dict[str, object]) -> None:
    assert seen(made("jpeg", (40, 30), **options), "jpeg") == (40, 30)


@pytest.mark.parametrize("options", [{}, {"lossless": True}])
def test_both_sorts_of_webp(options: dict[str, object]) -> None:
    out = io.BytesIO()
    Image.new("RGB", (21, 12)).save(out, "WEBP", **options)
    assert seen(out.getvalue(), "webp") == (21, 12)


@pytest.mark.parametrize(
    ("tag", "size"),
    [
        ('<svg width="80" height="60">', (80, 60)),
        ("<svg\n width='80px' height='2in' viewBox='0 0 1 1'>", (80, 192)),
        ('<svg width="25.4mm" height="50.8mm">', (96, 192)),
        ('<svg viewBox="0 0 400 100">', (1200, 300)),
        ('<svg viewBox="0,0, 400,100" width="100%" height="100%">', (1200, 300)),
        ('<svg viewBox="0 0 4 1" width="200">', (200, 50)),
        ('<svg viewBox="0 0 4 1" height="50">', (200, 50)),
        ('<?xml version="1.0"?><!-- x --><svg width="8" height="6"/>', (8, 6)),
        ('<svg stroke-width="3" viewBox="-5 -5 10 20">', (1200, 2400)),
        ("<svg>", (0, 0)),
        ('<svg width="80">', (0, 0)),
        ('<svg width="0" height="0" viewBox="0 0 0 0">', (0, 0)),
        ('<svg viewBox="0 0 1 999999">', (0, 0)),
        ('<svg viewBox="0 0 nan inf">', (0, 0)),
        ('<svg viewBox="0 0 1e9 5">', (0, 0)),
        ('<svg viewBox="0 0 .000001 900000">', (0, 0)),
        ('<svg width="1', (0, 0)),
    ],
)
def test_drawings_say_it_in_many_ways(tag: str, size: tuple[int, int]) -> None:
    assert seen(tag.encode(), "svg") == size


def test_other_kinds_have_none() -> None:
    assert seen(b"%PDF-1.7", "pdf") == (0, 0)
    assert seen(b"", "") == (0, 0)


@given(data=st.binary(max_size=300), kind=st.sampled_from((*FORMATS, "svg")))
def test_no_bytes_raise(data: bytes, kind: str) -> None:
    wide, high = seen(data, kind)
    assert (wide == 0) == (high == 0)


@given(cut=st.integers(0, 400), at=st.integers(0, 400), byte=st.integers(0, 255))
def test_no_damage_raises(cut: int, at: int, byte: int) -> None:
    for kind in FORMATS:
        whole = bytearray(made(kind, (9, 7), 6))
        whole[min(at, len(whole) - 1)] = byte
        seen(bytes(whole), kind)
        seen(bytes(whole[:cut]), kind)


def test_a_long_walk_ends() -> None:
    empty_blocks = b"\xff\xd8" + b"\xff\xe0\0\2" * 200_000
    assert seen(empty_blocks, "jpeg") == (0, 0)
    assert seen(b"\x89PNG\r\n\x1a\n" + (b"\0\0\0\0tEXt" + b"\0" * 4) * 200_000, "png") == (0, 0)
