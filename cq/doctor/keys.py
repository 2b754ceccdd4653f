"""The keys of the private spaces: whether they are here, for their owner alone, and out of git.

Opens nothing and asks for no phrase: what is inside the keyring is `cq access list`'s affair.
"""

import stat
from collections.abc import Iterator
from pathlib import Path

from cq import settings
from cq.access import kept, published
from cq.content import layout
from cq.doctor.remark import Remark, State
from cq.repository import would_take
from cq.settings import Settings
from cq.terminal import printable


def keys(chosen: Settings) -> Iterator[Remark]:
    """Nothing for a site, or a copy of one, without private folders."""
    content = chosen.root / layout.CONTENT
    folders = (f"*/*/{layout.PRIVATE_FOLDER}", layout.PRIVATE_FOLDER)
    if not any(one.is_dir() for pattern in folders for one in content.glob(pattern)):
        return
    try:
        keyring = settings.keyring_file(chosen.root)
    except settings.BadSetting:  # a user without a home
        keyring = None
    if keyring is not None and keyring.exists():
        yield _keyring(keyring)
    elif settings.keys_line():
        yield Remark("site", "trousseau", State.OK, "CQ_CLES donne les clés des espaces privés")
    else:
        where = f" ({printable(keyring)})" if keyring else ""
        yield Remark(
            "site", "trousseau", State.ATTENTION,
            f"pas de trousseau ici{where} : cq build ne se fera qu’avec --public-only",
            "s’il n’y en a jamais eu : cq access init ; s’il est ailleurs : CQ_KEYRING=CHEMIN",
        )  # fmt: skip
        return
    yield _slots(settings.access_file(chosen.root), chosen.root)


def _keyring(path: Path) -> Remark:
    shown = printable(path)
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        return Remark(
            "site", "trousseau", State.TO_DO, f"d’autres que vous peuvent lire {shown}",
            f"chmod 600 {shown}",
        )  # fmt: skip
    if would_take(path):
        return Remark(
            "site", "trousseau", State.ATTENTION,
            f"{shown} est dans un dépôt git : il y est chiffré, mais git en garderait chaque "
            "version, celles d’avant une révocation comprises",
            f"ajoutez à .gitignore : *{path.name}*",
        )  # fmt: skip
    return Remark("site", "trousseau", State.OK, f"le trousseau est là : {shown}")


def _slots(path: Path, root: Path) -> Remark:
    data = kept.slots(path)
    shown = published.shown(path, root)
    if data is None:
        return Remark(
            "site", "accès", State.TO_DO, f"{shown} n’est pas là : personne n’entrerait",
            "cq access add",
        )  # fmt: skip
    for fault in published.faults(shown, data):
        return Remark("site", "accès", State.TO_DO, fault.message, fault.hints[-1])
    return Remark("site", "accès", State.OK, f"{shown} se lit")
