"""What each file of the site is made of, a digest a part: which must be made again, and why.

Pure: what was made before is remembered by `cq.ledger`, what lies there known by `cq.site.write`.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from cq import digest
from cq.site.target import FileTarget, Target

FEED, FILE = "feed", "file"


class Made(NamedTuple):
    """What a page was made of: one digest a part, so that a difference has a name."""

    view: str
    template: str  # a digest; FEED or FILE where no template is used
    chrome: str = "-"
    text: str = "-"  # the key of the one text that it shows


class Stale(NamedTuple):
    """Why a page must be made again; `reason` is a French sentence."""

    path: str
    reason: str


def parts_of(one: Target | FileTarget, templates: str, chrome: str, key: str = "-") -> Made:
    """What `one` is made of: `templates` and `chrome` are digests, `key` is of what seals it."""
    if isinstance(one, FileTarget):
        return Made(one.part[2] if one.part else one.blob.digest, FILE, key)
    view = digest.of_value((one.template, one.view))
    if one.template.startswith("@"):
        return Made(view, FEED, key)
    return Made(view, templates, chrome, getattr(one.view, "key", "") or "-")


def split(
    wanted: Mapping[str, Made], known: Mapping[str, Made], standing: Iterable[str]
) -> tuple[tuple[Stale, ...], tuple[str, ...]]:
    """Which targets must be made again and why, and which paths must go. Pure.

    `standing` are the paths that stand whole and unaltered in the published tree.
    """
    there = frozenset(standing)
    stale = []
    for path, made in wanted.items():
        reason = _why(made, known.get(path), stands=path in there)
        if reason is not None:
            stale.append(Stale(path, reason))
    return tuple(stale), tuple(sorted(path for path in known if path not in wanted))


def _why(made: Made, before: Made | None, *, stands: bool) -> str | None:
    if before is None:
        return "nouvelle page"
    if not stands:
        return "le fichier publié manque ou a été modifié à la main"
    if made == before:
        return None
    if made.template != before.template:
        return "le gabarit a changé"
    if made.chrome != before.chrome:
        return "ce que toutes les pages montrent (menus, pied) a changé"
    return "ce que la page montre a changé"
