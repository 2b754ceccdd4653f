"""The keyring: the keys of all spaces, and who opens which. As secret as everything together.

It keeps of each way in the *root* that opens its slot, never the phrase or the invitation itself:
enough to give everybody the new keys after a rotation, without telling them anything.
"""

import contextlib
import itertools
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from cq.access import kept, locked
from cq.access.locked import BadKeyring, Cost, Lock
from cq.rewrite import unbroken
from cq.seal import keys
from cq.seal.cipher import KEY, b64, unb64
from cq.seal.keys import Root, SpaceKey
from cq.seal.ring import Ring

KINDS = ("phrase", "invitation")
COST = Cost()
ITERATIONS = keys.ITERATIONS
# Bounds on what a file may hold: more is no council's.
_MOST_SPACES, _MOST_EPOCHS, _MOST_PEOPLE, _MOST_DUMMIES = 1_000, 10_000, 4_000, 16
LONGEST = 500  # characters of a name
_DAY = re.compile(r"(?:\d{4}-\d\d-\d\d)?\Z")


@dataclass(frozen=True)
class Credential:
    """One way in of one person: `member` is their id in the register, `name` what it said then."""

    member: str
    name: str
    kind: str  # "phrase" | "invitation"
    root: bytes = field(repr=False)
    spaces: tuple[str, ...]
    expires: str  # ISO day, the last one; "" for none
    made: str  # ISO day


@dataclass(frozen=True)
class Keyring:
    """All the keys of a site. Changed by making another one (`cq.access.issue`)."""

    site: bytes
    salt: bytes
    iterations: int
    spaces: Mapping[str, tuple[SpaceKey, ...]] = field(repr=False)  # oldest epoch first
    credentials: tuple[Credential, ...]
    revoked: Mapping[str, str]  # members who were put out, and when: nobody lets them in unasked
    dummies: tuple[str, ...] = field(repr=False)  # tags of the slots that stand for nobody
    # The root of a slot that is nobody's: it shows an old copy of the keyring that it is one.
    keeper: bytes = field(repr=False)
    lock: Lock = field(repr=False)

    @property
    def ring(self) -> Ring:
        """What a build needs: of each space the current key."""
        return Ring(self.site, {space: held[-1] for space, held in self.spaces.items()})

    @property
    def holders(self) -> dict[Root, dict[str, SpaceKey]]:
        """What each slot opens: the keeper's, all that there is; the ring's, nothing."""
        current = self.ring.keys
        held = {
            Root(self.site, one.root): {space: current[space] for space in one.spaces}
            for one in self.credentials
        }
        return {**held, Root(self.site, self.keeper): dict(current), self.ring.root: {}}

    @classmethod
    def new(
        cls, typed: str, *, cost: Cost | None = None, iterations: int | None = None
    ) -> "Keyring":
        """An empty one, locked with the phrase as it is typed."""
        return cls(
            site=secrets.token_bytes(keys.SITE),
            salt=secrets.token_bytes(keys.SALT),
            iterations=iterations or ITERATIONS,
            spaces={},
            credentials=(),
            revoked={},
            dummies=(),
            keeper=secrets.token_bytes(KEY),
            lock=Lock.new(typed, cost or COST),
        )

    def with_spaces(self, spaces: Mapping[str, tuple[SpaceKey, ...]]) -> "Keyring":
        return replace(self, spaces=dict(sorted({**self.spaces, **spaces}.items())))


def load(path: Path, phrase: str) -> Keyring:
    """The keyring of a file. Raises NoKeyring, BadKeyring, WrongPhrase, or OSError."""
    data = kept.read(path, locked.LARGEST)
    try:
        value, lock = locked.unlocked(data, phrase)
        return _keyring(value, lock)
    except (BadKeyring, locked.WrongPhrase) as fault:
        # « .avant » is the one before the last change: it may be all that is left.
        older = kept.before(path)
        known = f"\nla version d’avant le dernier changement : {older}" if older.exists() else ""
        raise type(fault)(f"{path} : {fault}{known}") from None


def save(path: Path, keyring: Keyring) -> None:
    """Write it over the one before, which stays beside. Raises OSError, or BadKeyring for one that
    could not be read again; the old one then stands.
    """
    _keyring(_plain(keyring), keyring.lock)
    kept.write(path, locked.locked(_plain(keyring), keyring.lock), backup=True)


def relock(path: Path, keyring: Keyring, phrase: str) -> None:
    """Lock it with another phrase, as it is typed. Raises OSError, or BadKeyring for one that could
    not be opened again; the old one then stands.

    The copy beside is written over as well: whoever knows the former phrase must not find all the
    keys in « .avant ».
    """
    lock = Lock.new(phrase, keyring.lock.cost)
    data = locked.locked(_plain(keyring), lock)
    if _keyring(*locked.unlocked(data, phrase)) != replace(keyring, lock=lock):
        raise BadKeyring("le nouveau trousseau ne se relit pas : rien n’a été fait")
    with unbroken():
        kept.write(path, data)
        # From here on the new phrase is the one: nothing may fail any more.
        older = kept.before(path)
        try:
            if older.exists():
                kept.write(older, data)
        except OSError:
            with contextlib.suppress(OSError):
                older.unlink()


def _plain(keyring: Keyring) -> dict[str, Any]:
    return {
        "credentials": [
            {
                "expires": one.expires, "kind": one.kind, "made": one.made, "member": one.member,
                "name": one.name, "root": b64(one.root), "spaces": list(one.spaces),
            }
            for one in keyring.credentials
        ],
        "dummies": list(keyring.dummies),
        "iterations": keyring.iterations,
        "keeper": b64(keyring.keeper),
        "revoked": dict(sorted(keyring.revoked.items())),
        "salt": b64(keyring.salt),
        "site": b64(keyring.site),
        "spaces": {
            space: [[key.epoch, b64(key.secret)] for key in held]
            for space, held in keyring.spaces.items()
        },
    }  # fmt: skip


def _keyring(value: Any, lock: Lock) -> Keyring:  # noqa: ANN401 - what JSON gave
    try:
        site = unb64(value["site"], keys.SITE)
        spaces = _bounded(value["spaces"], _MOST_SPACES)
        held = {space: _epochs(site, space, epochs) for space, epochs in spaces.items()}
        return Keyring(
            site=site,
            salt=unb64(value["salt"], keys.SALT),
            iterations=_iterations(value["iterations"]),
            spaces=held,
            credentials=tuple(
                _credential(row, held) for row in _bounded(value["credentials"], _MOST_PEOPLE)
            ),
            revoked=dict(map(_put_out, _bounded(value["revoked"], _MOST_PEOPLE).items())),
            dummies=tuple(b64(unb64(tag, 16)) for tag in _bounded(value["dummies"], _MOST_DUMMIES)),
            keeper=unb64(value["keeper"], KEY),
            lock=lock,
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise BadKeyring("le contenu du trousseau n’est pas celui que ce cq attend") from None


def _bounded(rows: Any, most: int) -> Any:  # noqa: ANN401
    if len(rows) > most:
        raise ValueError("more than a council has")
    return rows


def _iterations(value: Any) -> int:  # noqa: ANN401
    if type(value) is not int or not 1 <= value <= keys.MOST_ITERATIONS:
        raise ValueError("not a number of iterations")
    return value


def _epochs(site: bytes, space: str, rows: Any) -> tuple[SpaceKey, ...]:  # noqa: ANN401
    held = tuple(
        SpaceKey(site, space, epoch, unb64(secret, KEY))
        for epoch, secret in _bounded(rows, _MOST_EPOCHS)
    )
    if not held or any(a.epoch >= b.epoch for a, b in itertools.pairwise(held)):
        raise ValueError("epochs are in order")
    return held


def _put_out(row: tuple[Any, Any]) -> tuple[str, str]:
    member, day = row
    if len(member) > LONGEST or not _is_day(day):
        raise ValueError("not a person and a day")
    return member, day


def _credential(row: Any, held: Mapping[str, object]) -> Credential:  # noqa: ANN401
    words = [row[key] for key in ("member", "name", "kind", "expires", "made")]
    if not all(isinstance(one, str) and len(one) <= LONGEST for one in words):
        raise ValueError("not words")
    member, name, kind, expires, made = words
    spaces = tuple(row["spaces"])
    days = _is_day(expires) and _is_day(made)
    if kind not in KINDS or not days or not held.keys() >= set(spaces):
        raise ValueError("not a credential")
    return Credential(member, name, kind, unb64(row["root"], KEY), spaces, expires, made)


def _is_day(text: Any) -> bool:  # noqa: ANN401
    return isinstance(text, str) and _DAY.match(text) is not None
