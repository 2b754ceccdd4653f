"""Stage 4, check: the whole content in, findings across files out. Narrow and pure.

What one file says wrongly by itself was found by `parse`. A check is a plain function from a
Content to findings, its docstring the reason; `cq.pipeline` names them in one tuple.
"""

from collections.abc import Callable, Iterable, Iterator

from cq.content.model import Content
from cq.diagnostic import Diagnostic

Check = Callable[[Content], Iterator[Diagnostic]]


def check(content: Content, checks: Iterable[Check]) -> tuple[Diagnostic, ...]:
    """All that `checks` find in the whole content, private spaces included."""
    return tuple(found for one in checks for found in one(content))
