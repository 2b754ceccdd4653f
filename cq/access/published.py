"""`acces.json`: made from the keyring, compared with it, and looked at where there is none."""

import secrets
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from cq.access import keyring as _keyring
from cq.access.keyring import Keyring
from cq.diagnostic import Diagnostic, Span, error, warning
from cq.rewrite import prepared, unbroken
from cq.seal import keys, slots
from cq.seal.cipher import Refused
from cq.seal.ring import Ring
from cq.seal.slots import Unknown
from cq.terminal import one_line

_SHOWN = 120  # characters of what a hostile file may say of itself


def save(path: Path, access: Path, keyring: Keyring) -> Keyring:
    """Both files, the keyring first: what opens a slot is known before the slot is.

    The second one is on the disk already, beside its place: a disk that is full changes neither,
    and Ctrl-C is not heard between the two. A run that is killed there leaves an older acces.json,
    which `agrees` tells and the next command that changes something mends.
    """
    dummies = list(keyring.dummies)
    data = slots.written(
        keyring.site, keyring.salt, keyring.iterations, keyring.holders,
        dummies=dummies, random=secrets.token_bytes,
    )  # fmt: skip
    after = replace(keyring, dummies=tuple(dummies))
    access.parent.mkdir(parents=True, exist_ok=True)
    with prepared(access, data) as put, unbroken():
        _keyring.save(path, after)
        put()
    return after


def agrees(keyring: Keyring, data: bytes | None) -> bool:
    """Whether the file opens for everybody in the keyring, and for them alone, the current keys."""
    if data is None:
        return False
    try:
        held = slots.read(data)
        holders = keyring.holders
        tags = {root.tag for root in holders} | set(keyring.dummies)
        return (
            (held.site, held.salt, held.iterations)
            == (keyring.site, keyring.salt, keyring.iterations)
            and held.slots.keys() == tags
            and all(held.opened(root) == opened for root, opened in holders.items())
        )
    except (Unknown, Refused):
        return False


def outgrown(keyring: Keyring, data: bytes | None) -> bool:
    """Whether the file was made by a later keyring than this one, or by another site's.

    An old copy of the keyring must not let in again whoever was put out since: the keeper's slot,
    which no revocation takes, shows the epochs of now.
    """
    if data is None:
        return False
    try:
        held = slots.read(data)
    except Unknown:
        return False
    if held.site != keyring.site:
        return True
    current = keyring.ring.keys
    try:
        opened = held.opened(keys.Root(keyring.site, keyring.keeper)) or {}
    except Refused:
        return False
    return any(one not in current or key.epoch > current[one].epoch for one, key in opened.items())


def is_of(ring: Ring, data: bytes) -> bool:
    """Whether the file was made with these very keys; one that cannot be read has its own finding.

    Sealed with the former ones, a site would open for nobody but who was put out and kept them.
    """
    try:
        return ring.root.tag in slots.read(data).slots
    except Unknown:
        return True


def shown(access: Path, root: Path) -> PurePosixPath:
    """How findings name the file: under the site's root, or by its own name."""
    if access.is_relative_to(root):
        return PurePosixPath(access.relative_to(root).as_posix())
    return PurePosixPath(access.name)


def absent(path: PurePosixPath, remedy: str) -> Diagnostic:
    """The finding where there is no such file; `remedy` is what whoever builds can do."""
    return error(
        "stale-acces",
        "le fichier d’accès n’est pas là",
        Span(path),
        "personne n’entrerait dans les espaces privés",
        remedy,
    )


def faults(path: PurePosixPath, data: bytes) -> Iterator[Diagnostic]:
    """What can be known of the file without the keyring: whether a browser will understand it."""
    try:
        held = slots.read(data)
    except Unknown as fault:
        yield error(
            "bad-acces",
            f"ce fichier d’accès ne se lit pas ({one_line(fault)[:_SHOWN]})",
            Span(path),
            "personne n’entrerait dans les espaces privés",
            "reprenez la version d’avant (git restore), ou refaites-le : cq access add",
        )
        return
    if held.iterations < keys.LEAST_ITERATIONS:
        yield warning(
            "bad-acces",
            f"{held.iterations} itérations seulement protègent les phrases de passe",
            Span(path),
            f"les navigateurs en veulent {keys.LEAST_ITERATIONS} et n’ouvriraient aucun espace",
            "refaites-le : cq access add",
        )
