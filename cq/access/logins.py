"""Names and passwords for a web server: who has one, and the files in which it looks them up.

Kept as bcrypt only. What is typed here goes to the server as it is: it must never be a phrase that
opens a sealed space, which no server may learn.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from cq.access.register import Member, NoRegister
from cq.french.folding import slug
from cq.seal import phrase

# Each page costs a server one of these, and nginx does nothing else meanwhile: 20 ms with 8,
# 570 with 12. Eight words drawn by chance need no more.
COST = 8
LONGEST = 72  # bytes: bcrypt would leave the others out
_LINE = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*):(\$2y\$[0-9]{2}\$[./A-Za-z0-9]{53})")


class BadPasswords(Exception):
    """A file of passwords that cq has not written so; the words are for the user."""


class Unusable(ValueError):
    """What cannot be a password; never quoted."""


class Login(NamedTuple):
    """What one person is told, once."""

    member: Member
    name: str
    password: str

    def __repr__(self) -> str:
        return f"Login({self.name!r})"


class Settled(NamedTuple):
    """Who has a password from now on: hashes by login."""

    hashes: dict[str, str]
    told: tuple[Login, ...]
    gone: tuple[str, ...]  # logins that are no more


def hashed(password: str, cost: int = COST) -> str:
    """`password` as a server keeps it: `$2y$`, the name that old Apaches know too.

    Raises Unusable.
    """
    import bcrypt

    data = password.encode()
    if not data or len(data) > LONGEST or b"\0" in data:
        raise Unusable(f"un mot de passe a de 1 à {LONGEST} octets")
    made = bcrypt.hashpw(data, bcrypt.gensalt(cost)).decode("ascii")
    return f"$2y${made.removeprefix('$2b$')}"


def login_of(member: Member) -> str:
    """The name that a member types: the register's id, in plain letters."""
    return slug(member.id) or "membre"


def by_login(members: Iterable[Member]) -> dict[str, Member]:
    """Raises NoRegister where two ids make one name."""
    found: dict[str, Member] = {}
    for member in members:
        other = found.setdefault(login_of(member), member)
        if other is not member:
            raise NoRegister(
                f"« {other.id} » et « {member.id} » donneraient le même nom au serveur : "
                f"{login_of(member)}\nchangez l’un des deux identifiants du registre"
            )
    return found


def settled(  # noqa: PLR0913 - all that makes the passwords
    members: Sequence[Member],
    known: Mapping[str, str],
    today: str,
    *,
    renewed: Collection[str] = (),
    choice: Callable[[Sequence[str]], str],
    cost: int = COST,
) -> Settled:
    """The passwords of those whose mandate runs: kept, or drawn with `choice` for who has none or
    whose id is among `renewed`. Raises NoRegister.
    """
    people = {
        login: one for login, one in by_login(members).items() if one.active(today)
    }  # fmt: skip
    hashes, told = {}, []
    for login, member in sorted(people.items()):
        if login in known and member.id not in renewed:
            hashes[login] = known[login]
            continue
        # ASCII and no space: nothing normalises what a browser sends to a server.
        password = phrase.norm(phrase.made(choice))
        hashes[login] = hashed(password, cost)
        told.append(Login(member, login, password))
    return Settled(hashes, tuple(told), tuple(sorted(known.keys() - people.keys())))


def of_space(space: str, members: Iterable[Member], hashes: Mapping[str, str]) -> dict[str, str]:
    """The passwords of those who may read `space`."""
    open_to = {login_of(one) for one in members if space in one.spaces}
    return {login: hashes[login] for login in sorted(open_to & hashes.keys())}


def written(hashes: Mapping[str, str]) -> str:
    """The file: a line for each login. One that is empty lets nobody in."""
    return "".join(f"{login}:{hashes[login]}\n" for login in sorted(hashes))


def read(text: str) -> dict[str, str]:
    """What `written` wrote. Raises BadPasswords, without a word of the file."""
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        match = _LINE.fullmatch(line)
        if match is None or match[1] in found:
            raise BadPasswords(f"la ligne {number} n’est pas de celles que cq écrit")
        found[match[1]] = match[2]
    return found
