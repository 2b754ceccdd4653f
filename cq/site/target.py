"""One file of the site to be, before it is made."""

from typing import NamedTuple

from cq.content.item import Blob


class Target(NamedTuple):
    """`path` is the file under the output; `template` a template's name, or a feed's (`@atom`).

    `view` is everything that the file depends on, beside the template and the chrome.
    """

    path: str
    template: str
    view: tuple[object, ...]
    space: str


class FileTarget(NamedTuple):
    """An attachment to publish, or, with `part` (first byte, length, digest), a piece of one."""

    path: str
    blob: Blob
    space: str
    part: tuple[int, int, str] | None = None
