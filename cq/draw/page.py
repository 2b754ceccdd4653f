"""The page with which anyone does a draw again, and what a resident's letter leads to.

`verifier.html` is one file, the same for every town and every theme, so that its fingerprint means
something: `commit` freezes it into the draw's folder, the site publishes that copy as it is. It has
a script, and a draw's folder may come from a pull request: only pages that `known` knows may stand
on a site.
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from cq.draw.canon import canonical

NAME = "verifier.html"
# The pages of former versions of cq, for the draws that were frozen with them.
_FORMER: frozenset[str] = frozenset()


def page() -> bytes:
    """The page as `commit` freezes it."""
    return Path(__file__).with_name(NAME).read_bytes()


def fingerprint(data: bytes) -> str:
    """64 hexadecimal digits, as `sha256sum` has them: no tag, anyone can compute it."""
    return hashlib.sha256(data).hexdigest()


def known(data: bytes) -> bool:
    """Whether this page is ours, of this version or of a former one."""
    return data == page() or fingerprint(data) in _FORMER


def sources(data: bytes) -> tuple[str, str]:
    """What a policy names its script and its style by: « sha256-… », twice."""
    script, style = (
        re.search(rf"<{name}>(.*?)</{name}>".encode(), data, re.DOTALL)
        for name in ("script", "style")
    )
    if script is None or style is None:
        raise ValueError("a page without its script or its style")
    return _source(script[1]), _source(style[1])


def _source(text: bytes) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text).digest()).decode("ascii")


def line_fragment(salt: bytes, row: Mapping[str, str]) -> str:
    """The end of the page's address (« #l=… ») that fills in a person's own line. A browser sends
    it to nobody. `salt` and `row` are those of `pool.pid_of`.
    """
    text = base64.urlsafe_b64encode(canonical(dict(row))).decode("ascii").rstrip("=")
    return f"#l={salt.hex()}.{text}"
