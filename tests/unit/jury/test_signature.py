"""drand's signature: true rounds accepted, forged ones refused, and what cannot be told is said."""

import sys

import pytest

from cq.jury.signature import signed
from tests.unit.jury.town import SIGNATURES

TRUE = bytes.fromhex(SIGNATURES[1000])
# x = 0, y = 2: on the curve, of another order.
ELSEWHERE = b"\x80" + bytes(47)
NOWHERE = b"\xc0" + bytes(47)  # the point at infinity, which every key would have signed


@pytest.mark.parametrize("number", SIGNATURES)
def test_true_rounds_are_accepted(number: int):
    assert signed(number, bytes.fromhex(SIGNATURES[number])) is True


@pytest.mark.parametrize(
    ("number", "signature"),
    [
        (1001, TRUE),
        (3, bytes.fromhex(SIGNATURES[2])),
        (1000, TRUE[:-1] + bytes([TRUE[-1] ^ 1])),
        (1000, bytes([TRUE[0] ^ 0x20]) + TRUE[1:]),  # its opposite
        (1000, ELSEWHERE),
        (1000, NOWHERE),
        (1000, bytes(48)),
        (1000, b"\xff" * 48),
        (1000, TRUE[:-1]),
        (1000, TRUE + b"\0"),
        (1000, b""),
        (0, TRUE),
        (1 << 64, TRUE),
    ],
)
def test_forged_rounds_are_refused(number: int, signature: bytes):
    assert signed(number, signature) is False


def test_without_the_library_nobody_can_tell(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "py_arkworks_bls12381", None)
    assert signed(1000, TRUE) is None
