"""The primitives are those of the standards, with the standards' own examples."""

import pytest

from cq.seal import cipher, keys
from cq.seal.cipher import Refused


def test_hkdf_is_rfc_5869_s() -> None:
    made = cipher.hkdf(b"\x0b" * 22, bytes(range(13)), bytes(range(0xF0, 0xFA)), 42)
    assert made.hex() == (
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    )


def test_pbkdf2_is_rfc_7914_s() -> None:
    made = cipher.stretched("passwd", b"salt", 1)
    assert made.hex() == "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"


def test_argon2id_is_its_authors_own() -> None:
    made = cipher.hardened("password", b"somesalt", passes=2, kib=65_536, lanes=1)
    assert made.hex() == "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"


def test_the_real_cost_is_the_one_of_the_design() -> None:
    """Tests may ask for less; nothing else does."""
    assert keys.ITERATIONS == 1_000_000
    assert keys.LEAST_ITERATIONS == 600_000
    assert (cipher.ARGON_PASSES, cipher.ARGON_LANES, cipher.ARGON_KIB) == (3, 4, 65_536)


@pytest.mark.parametrize("length", [0, 16, 24, 31, 33])
def test_a_key_has_32_bytes(length: int) -> None:
    with pytest.raises(ValueError, match="32"):
        cipher.aead(bytes(length))


@pytest.mark.parametrize("nonce", [b"", bytes(8), bytes(11), bytes(13), bytes(200)])
def test_a_nonce_of_another_length_is_refused(nonce: bytes) -> None:
    with pytest.raises(Refused):
        cipher.opened(cipher.aead(bytes(32)), nonce, bytes(16), b"")


@pytest.mark.parametrize("length", range(16))
def test_what_is_shorter_than_a_tag_is_refused(length: int) -> None:
    with pytest.raises(Refused):
        cipher.opened(cipher.aead(bytes(32)), bytes(12), bytes(length), b"")


@pytest.mark.parametrize("text", ["A", "AB==", "A+", "A/", "A\n", "AB", " AA", "é", None, 1, b"AA"])
def test_base64_has_one_spelling(text: object) -> None:
    with pytest.raises(ValueError, match="base64"):
        cipher.unb64(text)


def test_base64_of_another_length_is_refused() -> None:
    assert cipher.unb64("AAAA", 3) == bytes(3)
    with pytest.raises(ValueError, match="base64"):
        cipher.unb64("AAAA", 4)
