"""The bytes of the protocol: one spelling of JSON, one of text, two ways to take a digest.

Source: docs/formats/jury-v1.md, « Octets ». Another program that follows it has the same bytes.
"""

import hashlib
import hmac
import json
import re
import unicodedata
from collections.abc import Callable
from typing import Any

PROTOCOL = "cq/jury/v1"
_MOST = 1 << 53  # integers that every reader of JSON holds exactly
_MOST_DEEP = 32  # a value in a value: no reader's own limit decides which light turns red

# Written out: what `\s` means differs between Python and JavaScript.
_BLANKS = re.compile("[\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_REFUSED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")


class BadText(ValueError):
    """A text with a character that no list of names has. `args[0]` is that character."""


class BadFile(ValueError):
    """A public file that is not in the one spelling; the words are French, for the reader."""


def clean(text: str) -> str:
    """`text` in NFC, each run of blanks one space, none at its ends. Raises `BadText`."""
    bad = _REFUSED.search(text)
    if bad:
        raise BadText(bad.group())
    return _BLANKS.sub(" ", unicodedata.normalize("NFC", text)).strip(" ")


def is_plain(text: str, longest: int) -> bool:
    """Whether a public `text` may be shown as it is: no control character, and not endless."""
    return len(text) <= longest and _REFUSED.search(text) is None


def canonical(value: object) -> bytes:
    """`value` as JSON by RFC 8785, without floats: NFC, sorted ASCII keys, no blanks, UTF-8.

    Raises `ValueError` for what the protocol has no place for.
    """
    _check(value)
    text = json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return text.encode("utf-8")


def _check(value: object, deep: int = 0) -> None:
    if deep > _MOST_DEEP:
        raise ValueError("a value too deep inside others")
    if isinstance(value, str):
        if not unicodedata.is_normalized("NFC", value):
            raise ValueError("a text that is not NFC")
    elif isinstance(value, list | tuple):
        for one in value:
            _check(one, deep + 1)
    elif isinstance(value, dict):
        if not all(isinstance(key, str) and key.isascii() for key in value):
            raise ValueError("a key that is not ASCII")
        for one in value.values():
            _check(one, deep + 1)
    elif value is not None and (not isinstance(value, int) or abs(value) >= _MOST):
        raise ValueError("no such value in a public file")


def written(value: object) -> bytes:
    """The file that holds `value`: its canonical JSON and one line feed."""
    return canonical(value) + b"\n"


def read(data: bytes) -> Any:  # noqa: ANN401 - whoever asks says what it must be
    """What a file says that `written` made. Raises `BadFile` for any other bytes: a key that stands
    twice, or a blank more, would be read by another program as something else.
    """
    try:
        value = json.loads(data)
        same = written(value) == data
    except (ValueError, RecursionError):
        raise BadFile("ce fichier n’est pas du JSON du protocole") from None
    if not same:
        raise BadFile("ce fichier n’est pas écrit dans la forme unique du protocole")
    return value


def digest(tag: str, *parts: bytes) -> bytes:
    """32 bytes: `H(tag, …)` of the protocol."""
    made = hashlib.sha256(f"{PROTOCOL}/{tag}\n".encode())
    for part in parts:
        made.update(part)
    return made.digest()


def keyed(key: bytes, tag: str, message: bytes) -> bytes:
    """32 bytes: `M(key, tag, message)` of the protocol."""
    return hmac.digest(key, f"{PROTOCOL}/{tag}\n".encode() + message, "sha256")


def keyer(key: bytes, tag: str) -> Callable[[bytes], bytes]:
    """`keyed` for many messages: HMAC (RFC 2104) with its two halves begun once. `key` has at most
    64 bytes.
    """
    begun = [
        hashlib.sha256(bytes(one ^ pad for one in key.ljust(64, b"\0"))) for pad in (0x36, 0x5C)
    ]
    inner, outer = begun
    inner.update(f"{PROTOCOL}/{tag}\n".encode())

    def made(message: bytes) -> bytes:
        first, last = inner.copy(), outer.copy()
        first.update(message)
        last.update(first.digest())
        return last.digest()

    return made


def be32(number: int) -> bytes:
    return number.to_bytes(4, "big")
