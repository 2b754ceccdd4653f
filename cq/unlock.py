"""The keyring of a run, opened: where its file and its phrase come from, and nothing else.

The phrase comes from CQ_PHRASE, else from the machine's own safe, else from whoever is asked. A
machine that only builds has no keyring and a line of keys instead (CQ_CLES).
"""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from cq import settings
from cq.access import kept, published, system
from cq.access import keyring as _keyring
from cq.access.keyring import Keyring
from cq.seal.ring import BadLine, Ring
from cq.settings import BadSetting, Settings

Ask = Callable[[str], str]
_QUESTION = "Phrase de passe du trousseau"


def keyring(chosen: Settings, ask: Ask) -> Keyring:
    """The keyring of this site. Raises NoKeyring, BadKeyring, WrongPhrase, or what `ask` does."""
    path = settings.keyring_file(chosen.root)
    return _keyring.load(path, _phrase(path, ask))


def _phrase(path: Path, ask: Ask) -> str:
    if not path.exists():
        _keyring.load(path, "")  # which says where it was looked for
    return settings.phrase() or system.remembered(path) or ask(_QUESTION)


class Held(NamedTuple):
    """The current keys of a run; the keyring, where there is more than a line of keys."""

    ring: Ring
    keyring: Keyring | None


def held(chosen: Settings, ask: Ask) -> Held | None:
    """The keys of the line of CQ_CLES, else of the keyring; None where there is neither.

    Raises BadSetting for a line that is none, and what `keyring` raises.
    """
    line = settings.keys_line()
    if line:
        try:
            return Held(Ring.of_line(line), None)
        except BadLine:
            raise BadSetting(
                "CQ_CLES : ce n’est pas une ligne de clés ; reprenez celle de cq access export-ci"
            ) from None
    if not settings.keyring_file(chosen.root).exists():
        return None
    opened = keyring(chosen, ask)
    return Held(opened.ring, opened)


class Outgrown(Exception):
    """The keyring is older than what is published, or another site's; the words are for the
    user.
    """


class Change:
    """A keyring that nobody else changes meanwhile. `keep` writes what it has become."""

    def __init__(self, chosen: Settings, held: Keyring) -> None:
        self._path = settings.keyring_file(chosen.root)
        self._access = settings.access_file(chosen.root)
        self.before = held
        self.published = kept.slots(self._access)
        _check(chosen, held, self.published)

    def keep(self, after: Keyring) -> bool:
        """Write both files where they have to change; whether they had."""
        if after == self.before and published.agrees(after, self.published):
            return False
        published.save(self._path, self._access, after)
        return True

    def relock(self, phrase: str) -> None:
        """Lock it with another phrase. What it opens, and who enters, stays as it is."""
        _keyring.relock(self._path, self.before, phrase)


def _check(chosen: Settings, held: Keyring, data: bytes | None) -> None:
    """Raise Outgrown for a keyring that is not the one of what is published."""
    if published.outgrown(held, data):
        access, path = settings.access_file(chosen.root), settings.keyring_file(chosen.root)
        raise Outgrown(
            f"{access} ne vient pas de ce trousseau, ou d’une version plus récente : {path}\n"
            "rien n’a été fait, car des accès fermés depuis s’ouvriraient de nouveau ; reprenez le "
            "trousseau le plus récent"
        )


def newest(chosen: Settings, ask: Ask) -> Keyring:
    """The keyring, as what is published has it. Raises what `keyring` does, and Outgrown."""
    held = keyring(chosen, ask)
    _check(chosen, held, kept.slots(settings.access_file(chosen.root)))
    return held


@contextlib.contextmanager
def changing(chosen: Settings, ask: Ask) -> Iterator[Change]:
    """The keyring opened to be changed. Raises what `keyring` does, Occupied and Outgrown."""
    path = settings.keyring_file(chosen.root)
    phrase = _phrase(path, ask)  # before the lock: somebody may be slow to type
    with kept.alone(path):
        yield Change(chosen, _keyring.load(path, phrase))
