"""What a picture tells of its author is gone, and its pixels are the same."""

import io
import struct
import time
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin
from PIL.TiffImagePlugin import IFDRational

from cq.site import pictures
from cq.site.containers import Broken, strip

SECRET = "Camille-Secret"  # noqa: S105 - a word to look for
XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>{SECRET}</dc:creator></x:xmpmeta>'.encode()
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
# What a format says of any picture.
FORMAT = {
    "adobe", "adobe_transform", "background", "bbox", "blend", "default_image", "disposal", "dpi",
    "duration", "icc_profile", "jfif", "jfif_density", "jfif_unit", "jfif_version", "loop",
    "progression", "progressive", "timestamp", "transparency",
}  # fmt: skip


def exif(orientation: int = 1) -> Image.Exif:
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x010F] = SECRET
    tags[0x8769] = {0x9003: "2026:11:17 08:12:00"}
    tags[0x8825] = {
        1: "N",
        2: (IFDRational(48), IFDRational(52), IFDRational(30)),
        3: "E",
        4: (IFDRational(2), IFDRational(21), IFDRational(45)),
    }
    return tags


def picture(mode: str = "RGB", size: tuple[int, int] = (61, 37)) -> Image.Image:
    """Every pixel another one, so that no turn passes for another."""
    made = Image.linear_gradient("L").resize(size).convert(mode)
    made.paste(Image.radial_gradient("L").resize((20, 30)).convert(mode), (3, 2))
    return made


def jpeg(orientation: int = 1, mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    picture(mode).save(
        out, "JPEG", quality=88, exif=exif(orientation), xmp=XMP, comment=SECRET,
        icc_profile=PROFILE if mode == "RGB" else None, **options,
    )  # fmt: skip
    data = out.getvalue()
    iptc = b"Photoshop 3.0\0" + SECRET.encode()
    blocks = b"".join(
        b"\xff" + bytes((marker,)) + struct.pack(">H", len(words) + 2) + words
        for marker, words in (
            (0xED, iptc),
            (0xEB, b"JP" + SECRET.encode()),
            (0xE2, b"FPXR\0" + b"x" * 9),
        )
    )
    return data[:2] + blocks + data[2:] + b"trailing film: " + SECRET.encode()


def png(orientation: int = 1, mode: str = "RGB", **options: object) -> bytes:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", SECRET)
    texts.add_text("Comment", SECRET, zip=True)
    texts.add_itxt("XML:com.adobe.xmp", XMP.decode())
    out = io.BytesIO()
    picture(mode).save(
        out, "PNG", pnginfo=texts, exif=exif(orientation), icc_profile=PROFILE, **options
    )
    data = out.getvalue()
    when = b"tIME" + bytes((7, 234, 11, 17, 8, 12, 0))
    when = struct.pack(">I", 7) + when + struct.pack(">I", zlib.crc32(when))
    return data[:33] + when + data[33:] + SECRET.encode()


def webp(orientation: int = 1, mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    options = {"exif": exif(orientation), "xmp": XMP, "icc_profile": PROFILE, **options}
    picture(mode).save(out, "WEBP", **options)
    return out.getvalue() + SECRET.encode()


def animated(kind: str, orientation: int = 1) -> bytes:
    frames = [picture("RGBA").rotate(90 * turn, expand=False) for turn in range(3)]
    out = io.BytesIO()
    options: dict[str, object] = {"lossless": True, "exact": True} if kind == "WEBP" else {}
    frames[0].save(
        out, kind, save_all=True, append_images=frames[1:], duration=[100, 200, 300], loop=0,
        exif=exif(orientation), **options,
    )  # fmt: skip
    return out.getvalue()


TELLING = {
    "jpeg": jpeg(),
    "jpeg, progressive": jpeg(progressive=True),
    "jpeg, grey": jpeg(mode="L"),
    "jpeg, print": jpeg(mode="CMYK"),
    "jpeg, bookmarks": jpeg(restart_marker_blocks=2),
    "png": png(),
    "png, palette": png(mode="P"),
    "png, transparent": png(mode="RGBA"),
    "webp": webp(),
    "webp, lossless": webp(lossless=True),
    "webp, transparent": webp(mode="RGBA"),
    "png, animated": animated("PNG"),
    "webp, animated": animated("WEBP"),
}
TURNED = {
    "jpeg": jpeg(6),
    "jpeg, progressive": jpeg(6, progressive=True),
    "png": png(6, mode="RGBA"),
    "webp": webp(6),
    "png, animated": animated("PNG", 6),
    "webp, animated": animated("WEBP", 6),
}


def frames(data: bytes) -> list[tuple[bytes, object]]:
    """Size, pixels and duration of every frame."""
    with Image.open(io.BytesIO(data)) as opened:
        found = []
        for number in range(getattr(opened, "n_frames", 1)):
            opened.seek(number)
            found.append((opened.convert("RGBA").tobytes(), opened.info.get("duration")))
        return found


def nothing_left(data: bytes) -> None:
    for word in (SECRET.encode(), b"Exif", b"EXIF", b"eXIf", b"xmpmeta", b"FPXR", b"Photoshop 3"):
        assert word not in data


@pytest.mark.parametrize("name", TELLING)
def test_nothing_is_left_and_every_pixel_is(name: str) -> None:
    data = TELLING[name]
    assert SECRET.encode() in data or b"Exif" in data or b"eXIf" in data or b"EXIF" in data
    clean = pictures.clean(data)
    nothing_left(clean)
    assert frames(clean) == frames(data)
    assert pictures.clean(clean) is clean
    assert pictures.clean(bytes(bytearray(data))) == clean


@pytest.mark.parametrize("name", [*TELLING, *(f"{name}, turned" for name in TURNED)])
def test_another_reader_finds_nothing(name: str) -> None:
    """What Pillow tells of a picture beside its pixels: its format, and no history."""
    data = TELLING[name] if name in TELLING else TURNED[name.removesuffix(", turned")]
    with Image.open(io.BytesIO(data)) as before, Image.open(io.BytesIO(pictures.clean(data))) as it:
        assert before.getexif()
        it.load()
        assert not it.getexif()
        assert set(it.info) <= FORMAT
        assert not getattr(it, "text", None)
        segments = {segment for segment, _ in getattr(it, "applist", [])}
        assert segments <= {"APP0", "APP2", "APP14"}


@pytest.mark.parametrize("name", TELLING)
def test_the_colour_profile_stays(name: str) -> None:
    with Image.open(io.BytesIO(TELLING[name])) as before:
        profile = before.info.get("icc_profile")
    with Image.open(io.BytesIO(pictures.clean(TELLING[name]))) as after:
        assert after.info.get("icc_profile") == profile


@pytest.mark.parametrize("make", [jpeg, png, webp])
def test_a_bare_picture_is_the_same_object(make: Callable[..., bytes]) -> None:
    bare = strip(make()).data
    assert pictures.clean(bare) is bare


@pytest.mark.parametrize("orientation", range(2, 9))
@pytest.mark.parametrize("make", [png, lambda o: webp(o, lossless=True, exact=True)])
def test_a_turned_picture_stands_upright(make: Callable[[int], bytes], orientation: int) -> None:
    from PIL import ImageOps

    data = make(orientation)
    with Image.open(io.BytesIO(data)) as before:
        upright = ImageOps.exif_transpose(before).convert("RGBA")
    clean = pictures.clean(data)
    nothing_left(clean)
    assert frames(clean)[0][0] == upright.tobytes()
    with Image.open(io.BytesIO(clean)) as after:
        assert after.size == upright.size
        assert after.info["icc_profile"] == PROFILE


@pytest.mark.parametrize("orientation", range(2, 9))
@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_a_turned_photograph_stays_close(orientation: int, mode: str) -> None:
    from PIL import ImageChops, ImageOps, ImageStat

    data = jpeg(orientation, mode, subsampling=0)
    with Image.open(io.BytesIO(data)) as before:
        upright = ImageOps.exif_transpose(before)
        tables = before.quantization
    clean = pictures.clean(data)
    nothing_left(clean)
    with Image.open(io.BytesIO(clean)) as after:
        assert after.size == upright.size
        assert after.quantization == tables
        far = ImageStat.Stat(ImageChops.difference(after, upright)).mean
    assert max(far) < 1.5
    assert pictures.clean(data) == clean


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_turned_animation_still_moves(kind: str) -> None:
    data = animated(kind, 6)
    clean = pictures.clean(data)
    nothing_left(clean)
    expected = []
    with Image.open(io.BytesIO(data)) as before:
        for number in range(3):
            before.seek(number)
            turned = before.convert("RGBA").transpose(Image.Transpose.ROTATE_270)
            expected.append((turned.tobytes(), before.info["duration"]))
    assert frames(clean) == expected


def test_an_embedded_thumbnail_goes() -> None:
    data = strip(jpeg()).data
    thumbnail = b"\xff\xe0" + struct.pack(">H", 16 + 3) + b"JFIF\0\1\1\0\0\1\0\1\1\1abc"
    start = 2 + 2 + int.from_bytes(data[4:6], "big")
    clean = pictures.clean(data[:2] + thumbnail + data[start:])
    assert b"abc" not in clean
    assert clean[:20] == b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"


def test_what_nobody_has_invented_yet_goes() -> None:
    data = strip(png()).data
    words = b"prVt" + SECRET.encode()
    odd = struct.pack(">I", len(SECRET)) + words + struct.pack(">I", zlib.crc32(words))
    assert pictures.clean(data[:33] + odd + data[33:]) == data


BROKEN = {
    "empty": b"",
    "a text": b"Bonjour",
    "a gif": b"GIF89a" + b"\0" * 40,
    "jpeg, cut": TELLING["jpeg"][:900],
    "jpeg, without pixels": b"\xff\xd8\xff\xe0\0\x04ab\xff\xd9",
    "jpeg, two beginnings": b"\xff\xd8\xff\xd8\0\x04ab\xff\xd9",
    "jpeg, lengths of nothing": b"\xff\xd8\xff\xe0\0\0\xff\xd9",
    "png, cut": TELLING["png"][:300],
    "png, damaged": strip(png()).data[:-20] + b"abcd" + strip(png()).data[-16:],
    "png, of one maker": pictures.strip(png()).data[:8]
    + b"\0\0\0\4CgBI\x50\0\x20\2" + struct.pack(">I", zlib.crc32(b"CgBI\x50\0\x20\2"))
    + strip(png()).data[8:],
    "webp, cut": TELLING["webp"][:200],
    "webp, without pixels": b"RIFF\x0c\0\0\0WEBPICCP\0\0\0\0",
    "webp, too long": b"RIFF\xff\xff\xff\xffWEBP" + TELLING["webp"][12:],
    "jpeg, pixels that cannot be turned": jpeg(6).replace(b"\xff\xc4", b"\xff\xc8"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_picture_is_refused(name: str) -> None:
    with pytest.raises(Broken) as said:
        pictures.clean(BROKEN[name])
    assert str(said.value)[0].islower() or str(said.value).startswith("l’")


@pytest.mark.parametrize("telling", [False, True])
def test_a_bomb_is_never_unpacked(telling: bool) -> None:  # noqa: FBT001
    """900 million pixels in a few kilobytes: as it is, or refused where it would be turned."""
    head = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    tags = exif(6).tobytes().removeprefix(b"Exif\0\0")
    parts = [(b"IHDR", head), *([(b"eXIf", tags)] if telling else [])]
    parts += [(b"IDAT", zlib.compress(b"\0" * (30_000 * 3751))), (b"IEND", b"")]
    data = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(words)) + name + words + struct.pack(">I", zlib.crc32(name + words))
        for name, words in parts
    )
    started = time.perf_counter()
    if telling:
        with pytest.raises(Broken, match="900 millions de points"):
            pictures.clean(data)
    else:
        assert pictures.clean(data) is data
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\xff\xd8\xff" + b"\xff" * 4_000_000, id="fill"),
        pytest.param(b"\xff\xd8\xff" + b"\xe0\0\2\xff" * 1_000_000, id="segments"),
        pytest.param(b"RIFF\0\x09\x3d\0WEBP" + b"ABCD\0\0\0\0" * 500_000, id="chunks"),
    ],
)
def test_hostile_containers_are_quick(data: bytes) -> None:
    started = time.perf_counter()
    with pytest.raises(Broken):
        pictures.clean(data)
    assert time.perf_counter() - started < 2


def test_a_photograph_of_20_megabytes_is_quick() -> None:
    out = io.BytesIO()
    Image.effect_noise((5000, 4000), 80).save(out, "JPEG", quality=95, exif=exif())
    data = out.getvalue()
    started = time.perf_counter()
    nothing_left(pictures.clean(data))
    assert time.perf_counter() - started < 2


@given(st.sampled_from(sorted(TELLING)), st.data())
def test_damage_never_surprises(name: str, draw: st.DataObject) -> None:
    data = bytearray(TELLING[name])
    for _ in range(draw.draw(st.integers(1, 4))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    try:
        clean = pictures.clean(bytes(data))
    except Broken:
        return
    assert strip(clean).data is clean
