"""A keyring for a site that has none, and a new phrase for it."""

import secrets
from pathlib import Path

from cq.access import issue, kept, published, strength
from cq.access.keyring import Keyring
from cq.access.register import spaces
from cq.content.model import Content
from cq.seal import phrase

TOO_WEAK = (
    f"il faut {strength.ENOUGH} bits, que huit mots tirés au hasard dépassent : laissez cq la tirer"
)


class Unfit(Exception):
    """What is asked cannot be done so; the words are for the user."""


def made() -> str:
    """Eight words drawn by chance: 88 bits."""
    return phrase.made(secrets.choice)


def begun(
    path: Path, access: Path, content: Content, typed: str, sheet: tuple[Path, str] | None = None
) -> Keyring:
    """The two files, with a key for each space of the site and nobody who has a way in; and the
    recovery `sheet` in its own, first: were it lost, nobody could open the keyring.

    Raises Unfit, Misplaced or OSError.
    """
    if path.exists():
        raise Unfit(f"il y a déjà un trousseau : {path}\nrien n’a été fait : il ouvre vos espaces")
    if access.exists():
        raise Unfit(
            f"{access} est celui d’un autre trousseau, qui n’est pas ici : {path}\n"
            "retrouvez ce trousseau (CQ_KEYRING=CHEMIN) ; s’il est perdu, supprimez ce fichier et "
            "relancez : tous les membres recevront une nouvelle phrase"
        )
    keyring = issue.with_keys(Keyring.new(typed), spaces(content))
    with kept.unless_it_fails() as made:
        if sheet is not None:
            kept.create(*sheet)
            made.append(sheet[0])
        return published.save(path, access, keyring)


def fit(typed: str, content: Content | None, iterations: int, *, force: bool) -> str:
    """`typed`, if it resists; the warning for whoever chose it. Raises Unfit."""
    around = strength.around(content) if content else ()
    found = strength.measured(typed, around, iterations)
    if not found.enough and not force:
        raise Unfit(f"cette phrase de passe est trop faible : {strength.told(found)}\n{TOO_WEAK}")
    return strength.told(found)
