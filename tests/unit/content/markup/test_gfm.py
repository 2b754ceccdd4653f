"""The same structure as a forge's preview.

gfm_cases.txt holds sources and what cmark-gfm (as PyPI's cmarkgfm 2025.10.22 wraps it: tables,
strikethrough, autolinks, task lists) makes of them, both reduced by `simplified`.
"""

import re
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

import pytest

from cq.content.body import HOLES, Body
from cq.content.markup import convert

PAGE = PurePosixPath("content/pages/essai.md")
BLOCKS = "p|div|ul|ol|li|blockquote|h[1-6]|table|thead|tbody|tr|td|th|hr|br|details|summary"


def simplified(html: str) -> str:
    """Tags, the attributes that carry structure, and text with its blanks folded."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    folded = re.sub(rf"\s*(</?(?:{BLOCKS})\b[^>]*>)\s*", r"\1", "".join(reader.parts))
    # cmark puts a task's box before the paragraph of a loose list, as one: both are right
    folded = re.sub(r"<p>(<input[^>]*>) *", r"\1<p>", folded)
    folded = re.sub(r"\s*(</?pre>)\s*", r"\1", folded).strip()
    return folded if "<pre>" in folded else re.sub(r" +", " ", folded)


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.parts = []
        self.code = 0

    def handle_starttag(self, tag, attrs):
        had = dict(attrs)
        kept = [
            f"{name}={unquote(had[name])}"
            for name in ("href", "src", "start", "title")
            if name in had
        ]
        side = had.get("align") or (had.get("class") if tag in ("td", "th") else None)
        if side:
            kept.append(f"align={side}")
        if tag == "code" and "class" in had:
            kept.append(had["class"])
        if tag == "img":
            kept.append(f"alt={had.get('alt')}")
        if "checked" in had:
            kept.append("checked")
        self.code += tag == "pre"
        self.parts.append("<" + " ".join([tag, *kept]) + ">")

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        self.code -= tag == "pre"
        self.parts.append(f"</{tag}>")

    def handle_data(self, data):
        # « ’ » and no-break spaces are our typography, not structure
        data = data.replace("’", "'").replace("…", "...")
        self.parts.append(data if self.code else re.sub(r"\s+", " ", data))


def filled(body: Body) -> str:
    return re.sub(HOLES, lambda found: body.links[int(found[1])].target, body.html)


def cases():
    text = Path(__file__).with_name("gfm_cases.txt").read_text(encoding="utf-8")
    for part in text.split("\n=== ")[1:]:
        name, rest = part.split("\n", 1)
        source, expected = rest.split("\n--- cmark-gfm\n")
        yield pytest.param(
            source.replace("→", "\t").replace("·", " "), expected.strip("\n"), id=name
        )


@pytest.mark.parametrize(("source", "expected"), list(cases()))
def test_structure_of_a_forge(source, expected):
    outcome = convert(source, PAGE, 1)
    assert simplified(filled(outcome.value)) == expected
