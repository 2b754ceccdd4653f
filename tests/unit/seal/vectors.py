"""The examples of docs/formats/seal-v1.md, for the tests of Python (the browser reads the same)."""

import base64
import functools
import json
from pathlib import Path
from typing import Any

VECTORS = Path(__file__).resolve().parents[2] / "vectors"


@functools.cache
def vectors() -> dict[str, Any]:
    return json.loads((VECTORS / "seal-v1.json").read_text("utf-8"))


def plain(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def stored(one: dict[str, Any]) -> bytes:
    """The bytes of a sealed file of the vectors."""
    return (VECTORS / one["file"]).read_bytes() if "file" in one else plain(one["data"])
