"""The door to Pillow: a picture on its way out, without what it should not tell, and upright.

Pillow is loaded for the pictures that must be turned, and for no other: those whose Exif says so,
since that mark goes with all the rest. Nothing here reads or writes a file.
"""

import io
import struct
import warnings
from typing import Any

from cq.site.containers import Broken, Stripped, strip

# Four bytes a pixel, twice: half a gigabyte for the largest that a worker turns.
_MOST_PIXELS = 64_000_000
# Exif's orientation -> what Pillow must do (the names of Image.Transpose).
_TURNS = {
    2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE",
    6: "ROTATE_270", 7: "TRANSVERSE", 8: "ROTATE_90",
}  # fmt: skip
# What Pillow's readers raise is what they happened to meet.
_FAULTS = (OSError, SyntaxError, ValueError, ArithmeticError, LookupError, EOFError, TypeError,
           struct.error)  # fmt: skip


def clean(data: bytes) -> bytes:
    """A JPEG, a PNG or a WebP without metadata; `data` itself where it has none.

    The pixels stay as they are unless the picture must be turned: then PNG and WebP lose nothing,
    and JPEG is written with its own tables. Raises `Broken`.
    """
    bare = strip(data)
    return bare.data if bare.orientation == 1 else _turned(bare)


def _turned(bare: Stripped) -> bytes:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # it is asked below, in French
    out = io.BytesIO()
    try:
        with (
            warnings.catch_warnings(action="ignore"),
            Image.open(io.BytesIO(bare.data), formats=("JPEG", "PNG", "WEBP")) as picture,
        ):
            _bounded(picture)
            way = Image.Transpose[_TURNS[bare.orientation]]
            if getattr(picture, "n_frames", 1) > 1:
                _write_frames(out, picture, way)
            else:
                picture.transpose(way).save(out, picture.format, **_options(picture))
    except _FAULTS as fault:
        raise Broken("l’image est abîmée et ne peut pas être remise droite") from fault
    return strip(out.getvalue()).data


def _bounded(picture: Any) -> None:  # noqa: ANN401 - Pillow's own, not loaded
    pixels = picture.width * picture.height * getattr(picture, "n_frames", 1)
    if pixels > _MOST_PIXELS:
        raise Broken(
            f"avec {pixels // 1_000_000} millions de points, elle est trop grande pour être remise "
            "droite ; enregistrez-la plus petite"
        )


def _options(picture: Any) -> dict[str, Any]:  # noqa: ANN401 - Pillow's own, not loaded
    """How to write a picture again as it was."""
    options: dict[str, Any] = {"icc_profile": picture.info.get("icc_profile")}
    if picture.format == "JPEG":
        from PIL.JpegImagePlugin import get_sampling

        options |= {
            "qtables": picture.quantization,
            "subsampling": get_sampling(picture),
            "progressive": bool(picture.info.get("progressive")),
            "optimize": True,
        }
    elif picture.format == "WEBP":
        options |= {"lossless": True, "exact": True}
    return options


def _write_frames(out: io.BytesIO, picture: Any, way: Any) -> None:  # noqa: ANN401 - the same
    """An animation, turned."""
    from PIL import ImageSequence

    frames, lasting = [], []
    for frame in ImageSequence.Iterator(picture):
        frames.append(frame.convert("RGBA").transpose(way))
        lasting.append(frame.info.get("duration", 0))
    options = _options(picture)
    options |= {"save_all": True, "append_images": frames[1:], "duration": lasting}
    frames[0].save(out, picture.format, loop=picture.info.get("loop", 0), **options)
