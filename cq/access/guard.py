"""What a web server needs to guard the private spaces: which folders, which passwords, which files.

All of it lies in one folder, for its owner alone and outside the site: from there it is copied to
the server. The passwords themselves are in none of these files.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cq.access import kept, logins, rules
from cq.access.register import Member
from cq.access.rules import HTACCESS, Place
from cq.content.layout import DOUBLE, SERVER

SPACES = "espace/"  # where spaces lie in the site
_SEALED = f"{SPACES}f/"
_HOME, _ALL = "chemin.txt", "membres.htpasswd"
_MOST = 1 << 20  # bytes: a council has no such file


class NoGuard(Exception):
    """The server's side was not prepared; the words are for the user."""


@dataclass(frozen=True)
class Guard:
    """The folder on the server that holds the passwords, and everybody's hash, by login."""

    home: str
    hashes: Mapping[str, str] = field(repr=False)


def load(folder: Path) -> Guard | None:
    """What was prepared in `folder`; None where nothing was. Raises BadPasswords or BadPlace."""
    home, hashes = _text(folder / _HOME), _text(folder / _ALL)
    if home is None or hashes is None:
        return None
    return Guard(rules.checked_home(home.strip()), logins.read(hashes))


def _text(path: Path) -> str | None:
    try:
        with path.open("rb") as stream:
            return stream.read(_MOST).decode("utf-8", "replace")
    except FileNotFoundError:
        return None


def places(protection: str, spaces: Sequence[str]) -> tuple[Place, ...]:
    """The folders that are guarded."""
    if protection == DOUBLE:
        return (Place(_SEALED, _ALL),)
    return tuple(Place(f"{SPACES}{space}/", f"{space}.htpasswd") for space in spaces)


def htaccess(protection: str, spaces: Sequence[str], home: str) -> dict[str, bytes]:
    """What the site itself says to Apache, by path: it goes wherever the site is copied to."""
    return {
        f"{place.folder}{HTACCESS}": rules.htaccess(place, home).encode()
        for place in places(protection, spaces)
    }


def files(
    protection: str, guard: Guard, members: Sequence[Member], spaces: Sequence[str], root: str
) -> dict[str, str]:
    """Every file of the folder, by name. `spaces`: all that the site can have, `root`: its own
    address on its server. Raises BadPlace.
    """
    guarded = places(protection, spaces)
    around = SPACES if protection == SERVER else ""
    users: dict[str, Mapping[str, str]] = {_ALL: guard.hashes}
    if protection == SERVER:
        users |= {
            place.users: logins.of_space(space, members, guard.hashes)
            for space, place in zip(spaces, guarded, strict=True)
        }
    home = guard.home
    return {
        **{name: logins.written(hashes) for name, hashes in users.items()},
        "apache.conf": rules.apache(guarded, home, root, around),
        "nginx.conf": rules.nginx(guarded, home, root, around),
        "caddy.conf": rules.caddy(guarded, users, home, root, around),
        "caddy-2.6.conf": rules.caddy(guarded, users, home, root, around, old=True),
        _HOME: f"{home}\n",
    }


def save(folder: Path, wanted: Mapping[str, str]) -> bool:
    """Write what differs, and take away the passwords of a space that is no more; whether there
    was anything to do. Raises OSError.
    """
    changed = False
    if folder.is_dir():
        for path in sorted(folder.glob("*.htpasswd")):
            if path.name not in wanted:
                path.unlink()
                changed = True
    for name, text in wanted.items():
        data = text.encode()
        path = folder / name
        if not path.is_file() or path.read_bytes() != data:
            kept.write(path, data)
            changed = True
    return changed
