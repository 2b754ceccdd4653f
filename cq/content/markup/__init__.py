"""The door to Markdown and HTML: text in, `Body` out. Nothing after `parse` imports it.

Python-Markdown runs the pipeline; its extension here (`extension`) reads blocks (`blocks`,
`tables`) and lines (`inline`, `emphasis`, `targets`) as cmark-gfm does. Raw HTML is rewritten, and
everything cleaned by nh3 (`clean`). One pass over the clean HTML (`finish`) makes the `Body`.
Monsters are refused (`guard`). Writes no file and resolves no link.
"""

from functools import cache
from importlib.metadata import version
from pathlib import PurePosixPath

from markdown import Markdown

from cq.content.body import Body
from cq.content.characters import visible
from cq.content.markup import clean, guard
from cq.content.markup.extension import Gfm, engine
from cq.content.markup.finish import Finish
from cq.content.markup.lines import expand_tabs
from cq.content.markup.page import Page, TooComplex
from cq.content.markup.places import Places
from cq.diagnostic import Outcome, error, in_order

# To be raised with every change here, in cq.french.typography or in cq.french.folding that could
# change a page's HTML, words, links or findings: the cache of parsed pages is keyed by it.
_OURS = "4"

# As much as cmark allows definitions to add to a short page.
_LEAST_BUDGET = 100_000


@cache
def _engine() -> tuple[Markdown, Gfm]:
    """One Markdown instance a process: making one costs as much as a page."""
    return engine()


@cache
def identity() -> str:
    """Changes whenever the result of `convert` could: part of the cache's key."""
    return f"markdown {version('markdown')}, nh3 {version('nh3')}, cq {_OURS}"


def convert(
    text: str, path: PurePosixPath, first_line: int, *, keep_title: bool = False
) -> Outcome[Body]:
    """The body of a page. `text` is NFC with newlines; it begins on line `first_line` of `path`.

    A leading `#` heading becomes `Body.title` and leaves the HTML, unless `keep_title`: then the
    title came from elsewhere, and the heading stays, one level lower, with a finding.
    Never raises for what a page may contain; a refused page gives an empty body and its finding.
    """
    page = Page(Places(text, path, first_line, _seen), max(len(text), _LEAST_BUDGET))
    markdown, ours = _engine()
    ours.begin(page)
    try:
        guard.check_size(text, page)
        html = markdown.convert(_seen(text))
        body = Finish(page, keep_title, page.places.line(0)).body(clean.sanitize(html))
    except TooComplex as verdict:
        finding = error(
            "page-too-complex",
            verdict.message,
            verdict.span,
            "cette page arrêterait la construction du site",
            verdict.hint,
        )
        return Outcome(Body(""), (finding,))
    return Outcome(body, in_order(page.found))


def _seen(text: str) -> str:
    """What Markdown reads of a text: no invisible character, no tab before the words."""
    return expand_tabs(visible(text))


__all__ = ["convert", "identity"]
