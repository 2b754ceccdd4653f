"""Whatever a page holds, `convert` gives a body that the other stages can trust."""

import re
from pathlib import PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cq.content.body import HOLES
from cq.content.markup import convert

PAGE = PurePosixPath("content/pages/essai.md")
FRAGMENTS = [
    *"*_`~[]()<>!&|#\\\"':;.,-+=/@^{}%0aé «»’\n\t\u200b\u202e\u00a0\u0085\u2028",
    *(
        "\n\n",
        "- ",
        "  - ",
        "    ",
        "1. ",
        "> ",
        "# ",
        "## ",
        "---",
        "===",
        "```\n",
        "~~~",
        "[a](b)",
    ),
    *("![", "](", "[[", "]]", "[^1]", "\n[^1]: n", "[a]: b\n", "*[a]: b\n", "a|b\n-|-\n", "- [ ] "),
    *("<b>", "</b>", "<div>\n", "</div>", "<p id=a>", "<h1>", "</h1>", "<h2 id=a>", "<a href=b>"),
    *("<img src=c>", "<script>", "<!--", "-->", "<?", "<![CDATA[", "<pre>", "<table><tr><td>"),
    *(
        "https://a.fr/",
        "www.a.fr",
        "a@b.fr",
        "javascript:",
        "&#2;",
        "&#10;",
        "&lt;",
        "&amp;",
        "  \n",
    ),
    *("> [!NOTE]\n", "<svg>", "<details>", "lang=en", "10 000", "1er", '<b id="note_1">', "#a"),
]
PAGES = st.lists(st.sampled_from(FRAGMENTS), max_size=60).map("".join)


@pytest.mark.fuzz
@settings(settings.get_profile("fuzz"))
@given(text=PAGES | st.text(max_size=80), first=st.integers(1, 9), keep=st.booleans())
def test_any_page(text, first, keep):
    outcome = convert(text, PAGE, first, keep_title=keep)
    body = outcome.value
    lines = text.split("\n")
    places = [(one.span.line, one.span.column, one.span.width) for one in outcome.found]
    places += [(one.line, one.column, one.width) for one in body.links]
    for line, column, width in places:
        assert first <= line < first + len(lines)
        assert column >= 1
        assert width >= 0
        assert column + width <= len(lines[line - first]) + 1
    holes = [int(number) for number in re.findall(HOLES, body.html)]
    assert holes == sorted(set(holes))
    assert all(number < len(body.links) for number in holes)
    assert body.html.count("\x02") == body.html.count("\x03") == len(holes)
    tags = "".join(re.findall(r"<[a-z][^<]*", body.html))
    tags = "".join(re.findall(r'<[a-z][a-z0-9]*(?: [a-z-]+="[^"]*")*>', tags))
    ids = re.findall(r' id="([^"]*)"', tags)
    assert len(set(ids)) == len(ids)
    assert set(ids) == set(body.anchors)
    assert {one.anchor for one in body.headings} <= set(body.anchors)
    assert "<script" not in body.html
    assert "<h1" not in body.html
    assert "data-cq" not in tags
    assert convert(text, PAGE, first, keep_title=keep) == outcome
