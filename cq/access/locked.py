"""The keyring's file: a line of JSON that says how it is locked, then what is locked.

AES-256-GCM under Argon2id of the keyring's phrase. The line is authenticated with the rest, and
bounded before it is obeyed: a file from elsewhere must not take the machine's memory.
"""

import json
import secrets
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from cq.seal import cipher, phrase
from cq.seal.cipher import NONCE, Refused, b64, unb64
from cq.seal.file import canonical

FORMAT, VERSION = "cq-trousseau", 1
LARGEST = 16 << 20  # bytes of a keyring: some 4,000 members
_SALT = 16
_LONGEST_LINE = 1_000
_MOST_PASSES, _MOST_LANES, _MOST_KIB = 64, 16, 1 << 20  # a gibibyte
_MOST_WORK = 1 << 20  # KiB filled in all, each pass counted: five times what cq asks, some seconds


class BadKeyring(Exception):
    """A keyring that cannot be read; its words are for the user, and hold nothing of it."""


class WrongPhrase(Exception):
    """The keyring does not open; the words are for the user."""


class Cost(NamedTuple):
    """What a guess of the phrase costs (Argon2id). The least one is for tests alone."""

    passes: int = cipher.ARGON_PASSES
    kib: int = cipher.ARGON_KIB
    lanes: int = cipher.ARGON_LANES


@dataclass(frozen=True)
class Lock:
    """How a keyring is locked. The key is kept while a command runs, the phrase is not."""

    salt: bytes
    cost: Cost
    key: bytes = field(repr=False)

    @classmethod
    def new(cls, typed: str, cost: Cost) -> "Lock":
        return cls._made(typed, secrets.token_bytes(_SALT), cost)

    @classmethod
    def _made(cls, typed: str, salt: bytes, cost: Cost) -> "Lock":
        normal = phrase.norm(typed)
        return cls(salt, cost, cipher.hardened(normal, salt, cost.passes, cost.kib, cost.lanes))


def locked(value: object, lock: Lock) -> bytes:
    """The file's bytes. The nonce is drawn anew each time, as the key stays."""
    nonce = secrets.token_bytes(NONCE)
    line = canonical(
        {
            "argon2id": lock.cost._asdict(), "f": FORMAT, "nonce": b64(nonce),
            "salt": b64(lock.salt), "v": VERSION,
        }
    ) + b"\n"  # fmt: skip
    return line + cipher.aead(lock.key).encrypt(nonce, canonical(value), line)


def unlocked(data: bytes, typed: str) -> tuple[Any, Lock]:
    """What such a file holds, and its lock. Raises BadKeyring or WrongPhrase."""
    end = data.find(b"\n", 0, _LONGEST_LINE)
    if end < 0 or len(data) > LARGEST:
        raise BadKeyring("ce n’est pas un trousseau de cq")
    line, rest = data[: end + 1], data[end + 1 :]
    salt, nonce, cost = _read(line)
    lock = Lock._made(typed, salt, cost)  # noqa: SLF001 - its own module
    try:
        value = json.loads(cipher.opened(cipher.aead(lock.key), nonce, rest, line))
    except Refused:
        raise WrongPhrase(
            "le trousseau ne s’ouvre pas : cette phrase de passe n’est pas la sienne, "
            "ou le fichier est abîmé\nla bonne est sur la fiche de secours, dans son enveloppe"
        ) from None
    except (ValueError, RecursionError):
        raise BadKeyring("le contenu du trousseau ne se lit pas") from None
    return value, lock


def _read(line: bytes) -> tuple[bytes, bytes, Cost]:
    """The salt, the nonce and the cost that the first line names."""
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict) or fields.get("f") != FORMAT:
        raise BadKeyring("ce n’est pas un trousseau de cq")
    if fields.get("v") != VERSION:
        raise BadKeyring(
            f"ce trousseau est d’une autre version du format ; ce cq connaît la version {VERSION}"
        )
    try:
        salt, nonce = unb64(fields["salt"], _SALT), unb64(fields["nonce"], NONCE)
        named = fields["argon2id"]
        cost = Cost(named["passes"], named["kib"], named["lanes"])
        if len(named) != len(cost):
            raise ValueError("more is asked than is known")  # noqa: TRY301 - said like the others
    except (KeyError, TypeError, ValueError):
        raise BadKeyring("la première ligne du trousseau est abîmée") from None
    bounds = zip(cost, (_MOST_PASSES, _MOST_KIB, _MOST_LANES), strict=True)
    whole = all(type(value) is int and 1 <= value <= most for value, most in bounds)
    if not whole or cost.kib < 8 * cost.lanes:
        raise BadKeyring("la première ligne du trousseau est abîmée")
    if cost.passes * cost.kib > _MOST_WORK:
        raise BadKeyring(
            f"il demande trop de calcul pour s’ouvrir ({cost.passes} passes sur "
            f"{cost.kib // 1024} Mio, et cq n’obéit que jusqu’à {_MOST_WORK // 1024} Mio en tout)\n"
            "cq n’en fait pas de tels : la première ligne de ce fichier a été modifiée"
        )
    return salt, nonce, cost
