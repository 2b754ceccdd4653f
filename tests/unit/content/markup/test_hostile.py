"""Nothing that a page's author writes runs, calls or covers anything; and what goes is said."""

from html.parser import HTMLParser
from pathlib import PurePosixPath

import pytest

from cq.content.markup import allowed, convert
from cq.content.markup.targets import verdict

PAGE = PurePosixPath("content/pages/essai.md")

# Each loses something, and must say so.
SAID = [
    "<script>alert(1)</script>",
    "mot <script>alert(1)</script> mot",
    "<SCRIPT SRC=//x.fr/a.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\n>alert(1)</script\n>",
    "<script>",
    "<img src=x.png alt=chat onerror=alert(1)>",
    "<img src='x.png' alt='chat' OnError='alert(1)'>",
    '<p onclick="alert(1)">a</p>',
    "<p onmouseover=alert(1)>a",
    "a <b onfocus=alert(1) tabindex=0 autofocus>b</b>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    '<svg><a xlink:href="javascript:alert(1)">x</a></svg>',
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    '<iframe src="https://x.fr"></iframe>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<object data="x.swf"></object>',
    '<embed src="x.swf">',
    '<meta http-equiv=refresh content="0;url=https://x.fr">',
    '<base href="https://x.fr/">',
    "<link rel=stylesheet href=https://x.fr/a.css>",
    "<style>body{display:none}</style>",
    '<p style="position:fixed;inset:0">a</p>',
    "<form action=https://x.fr><input name=a><button>b</button></form>",
    "<input type=checkbox>",
    "<input type=image src=https://x.fr/a.png>",
    "<textarea><p>a",
    "<plaintext>",
    "<xmp><script>alert(1)</script></xmp>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<template><script>alert(1)</script></template>",
    '<a href="javascript:alert(1)">a</a>',
    '<a href=" &#1; JaVaScRiPt:alert(1)">a</a>',
    '<a href="java&#10;script:alert(1)">a</a>',
    "<a href='java&Tab;script&colon;alert(1)'>a</a>",
    "<a href=data:text/html,<script>alert(1)</script>>a</a>",
    "<a href=vbscript:msgbox(1)>a</a>",
    "[a](javascript:alert(1))",
    "[a](JAVASCRIPT&#58;alert(1))",
    "[a](java&#x0A;script:alert(1))",
    "[a](<java\\script:x> 't') [b](data:text/html;base64,PHN2Zz4=)",
    "[a][b]\n\n[b]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    "![chat](data:image/svg+xml;base64,PHN2Zz4=)",
    "![chat](https://x.fr/a.png)",
    "![chat](//x.fr/a.png)",
    "![chat](\\\\\\\\x.fr/a.png)",
    '<img src="//x.fr/a.png" alt="chat">',
    '<img src="/\\x.fr/a.png" alt="chat">',
    '<img srcset="https://x.fr/a.png 2x" src=a.png alt=chat>',
    "<video src=https://x.fr/a.mp4 autoplay></video>",
    "<audio src=https://x.fr/a.mp3></audio>",
    "<picture><source srcset=https://x.fr/a.png></picture>",
    "<a href=x.md target=_blank ping=https://x.fr>a</a>",
    '<div data-cq="0" class="overlay">a</div>',
    "<table background=https://x.fr/a.png><tr><td>a</td></tr></table>",
    "<x-element>a</x-element>",
    "<!-- a\n\n<p>b</p>",
]
# Nothing to say, or not always; nothing may get through either.
SILENT = [
    "<img/src=x.png/onerror=alert(1)>",
    '<img src=x.png alt=chat onerror\n=\n"alert(1)">',
    "<script",
    "<script/x>alert(1)</script>",
    '<img src="x.png" alt="a" title="<script>alert(1)</script>">',
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    "\\<script>alert(1)\\</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#2;0&#3; &#x202e;abc",
    '![a"onerror="alert(1)](x.png)',
    '[a](x"onclick="alert(1))',
    "[a](x.md '\"><script>alert(1)</script>')",
    '[[x"><script>alert(1)</script>]]',
    '```"><script>\nx\n```',
    '## a" onclick="alert(1)',
    '*[CQ]: "><script>alert(1)</script>\n\nCQ',
    "<b id='\"><script>'>a</b> <b id=contenu>b</b>",
    '[^a]\n\n[^a]: x [b]("onclick=alert(1))',
    '<https://x.fr/"onclick="alert(1)>',
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?php echo '<img src=x onerror=alert(1)>' ?>",
    '|a"><script>|b|\n|-|-|\n|<img src=x onerror=alert(1)>|x|',
]


class Strict(HTMLParser):
    """Fails on everything that is not on the allow-list."""

    def __init__(self):
        super().__init__()
        self.open = []
        self.ids = []

    def handle_starttag(self, tag, attrs):
        assert tag in allowed.TAGS
        assert len(dict(attrs)) == len(attrs)
        for name, value in attrs:
            assert name in self.known(tag), (tag, name)
            if name == "id":
                self.ids.append(value)
            if name == "href":
                assert verdict(value) != "forbidden"
            if name == "src":
                assert value[0] == "\x02"
                assert value[-1] == "\x03"
        if tag == "input":
            assert ("type", "checkbox") in attrs
            assert "disabled" in dict(attrs)
        if tag not in allowed.VOID:
            self.open.append(tag)

    @staticmethod
    def known(tag):
        return (
            (allowed.EVERYWHERE - {"data-cq"})
            | allowed.ATTRIBUTES.get(tag, frozenset())
            | set(allowed.VALUES.get(tag, {}))
            | ({"class"} if tag in allowed.CLASSES else set())
            | ({"rel"} if tag == "a" else set())
        )

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_comment(self, data):
        pytest.fail(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def strictly(html):
    reader = Strict()
    reader.feed(html)
    reader.close()
    assert not reader.open
    assert len(set(reader.ids)) == len(reader.ids)
    return reader


@pytest.mark.parametrize("source", SAID)
def test_what_is_removed_is_said(source):
    outcome = convert(f"avant\n\n{source}\n\naprès\n", PAGE, 1)
    strictly(outcome.value.html)
    assert "avant" in outcome.value.text
    said = [one for one in outcome.found if one.code == "removed-html"]
    assert said
    assert all(one.span.line >= 3 for one in said)


@pytest.mark.parametrize("source", SILENT + SAID)
def test_nothing_gets_through(source):
    for text in (source, f"- {source}", f"> {source}", f"a {source} b", f"|a|\n|-|\n|{source}|"):
        body = convert(text, PAGE, 1).value
        strictly(body.html)
        assert "<script" not in body.html.lower()
        assert "\u202e" not in body.html


def test_the_rest_of_the_page_survives_an_open_tag():
    for tag in ("script", "style", "textarea", "title", "plaintext", "xmp", "svg", "select"):
        body = convert(f"a <{tag}> b\n\nc\n", PAGE, 1).value
        assert "c" in body.text, tag


def test_the_second_lock_alone_holds():
    """What if the first let everything through?"""
    from cq.content.markup import clean

    for source in SAID + SILENT:
        html = clean.sanitize(source)
        assert "<script" not in html.lower()
        for tag in ("iframe", "svg", "style", "object", "form", "base", "meta"):
            assert f"<{tag}" not in html.lower()


def test_controls_cannot_forge_a_hole():
    body = convert("<p title='&#2;0&#3;'>&#2;0&#3;</p>\n\n[x](a.md)", PAGE, 1).value
    assert body.html.count("\x02") == 1
    assert body.html.count("\x03") == 1


def test_a_page_cannot_take_an_id_of_the_theme():
    body = convert('<b id="contenu">a</b> [ici même](#contenu)', PAGE, 1).value
    assert body.anchors == ("u-contenu",)
    assert 'href="#u-contenu"' in body.html
    assert body.links[0].target == "#u-contenu"
