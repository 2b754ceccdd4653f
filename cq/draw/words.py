"""Six words to read aloud beside a fingerprint: 66 of its bits, heard by a whole room."""

from cq.seal.phrase import words

_WORDS, _BITS = 6, 11


def control(commit: bytes) -> tuple[str, ...]:
    """The control words of a commitment's digest, 11 bits a word, from the first bit on."""
    known = words()
    number = int.from_bytes(commit, "big") >> (len(commit) * 8 - _WORDS * _BITS)
    places = [number >> _BITS * place & (1 << _BITS) - 1 for place in reversed(range(_WORDS))]
    return tuple(known[place] for place in places)
