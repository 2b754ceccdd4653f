"""A drawing is written again from what may be in it; what acts or comes from elsewhere is gone."""

import base64
import io
import time
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from cq.site import drawings
from cq.site.containers import Broken

SVG = "http://www.w3.org/2000/svg"
HEAD = f'<svg xmlns="{SVG}" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'


def svg(inside: str) -> bytes:
    return f"{HEAD}{inside}</svg>".encode()


def clean(inside: str) -> str:
    return drawings.clean(svg(inside)).decode()


def test_what_draws_is_kept():
    inside = (
        '<title id="t">Plan du canal &amp; des quais</title><desc>Deux &lt;ponts&gt;</desc>'
        '<defs><linearGradient id="eau" gradientUnits="userSpaceOnUse"><stop offset="0"'
        ' stop-color="#06c"/></linearGradient><clipPath id="bord"><path d="M0 0h9v9z"/></clipPath>'
        "</defs><style>.quai { stroke: #333; fill: url(#eau) } @media print { .quai { fill: none }"
        ' }</style><g transform="scale(2)" clip-path="url(#bord)" style="fill:red;opacity:.5">'
        '<path class="quai" d="M0 0 L9 9"/><text x="1" y="2" xml:lang="fr">Écluse'
        '<tspan dx="1">du Temple</tspan> !</text><use href="#t" x="3"/></g>'
    )
    made = clean(inside)
    assert made == f'<svg xmlns="{SVG}" viewBox="0 0 9 9">{inside}</svg>\n'
    assert drawings.clean(made.encode()).decode() == made


def test_older_links_keep_their_spelling():
    made = clean('<path id="a" d="M0 0"/><use xlink:href="#a"/>')
    assert '<use xlink:href="#a"/>' in made
    assert 'xmlns:xlink="http://www.w3.org/1999/xlink"' in made
    ET.fromstring(made)  # noqa: S314 - our own


HOSTILE = {
    "script": "<script>alert(1)</script>",
    "script elsewhere": '<script href="https://evil.example/x.js"/>',
    "script in a group": "<g><g><script>evil()</script></g></g>",
    "html script": '<script xmlns="http://www.w3.org/1999/xhtml">evil()</script>',
    "event": '<rect onclick="evil()" width="1"/>',
    "event, capitals": '<rect ONLOAD="evil()"/>',
    "foreign object": (
        '<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="https://evil.example"/>'
        "</foreignObject>"
    ),
    "link": '<a href="https://evil.example/"><text>clic</text></a>',
    "javascript link": '<a xlink:href="javascript:evil()"><text>clic</text></a>',
    "javascript link, hidden": '<a href="java&#10;script:evil()"><text>clic</text></a>',
    "image from elsewhere": '<image href="https://evil.example/p.png" width="1" height="1"/>',
    "image beside": '<image xlink:href="../prive/evil.png"/>',
    "drawing inside": '<image href="data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9ImV2aWwoKSIvPg=="/>',
    "html inside": '<image href="data:text/html,&lt;script>evil()&lt;/script>"/>',
    "use from elsewhere": '<use href="https://evil.example/a.svg#b"/>',
    "use with data": '<use href="data:image/svg+xml,evil#b"/>',
    "animated link": '<a><animate attributeName="href" values="javascript:evil()"/></a>',
    "set": '<set attributeName="onmouseover" to="evil()"/>',
    "paint from elsewhere": '<rect fill="url(https://evil.example/a.svg#b)"/>',
    "paint, capitals and spaces": "<rect fill=\" URL( 'https://evil.example' )\"/>",
    "style attribute": '<rect style="background:url(//evil.example/a)"/>',
    "style attribute, escaped": r'<rect style="background:u\72l(//evil.example/a)"/>',
    "style attribute, commented": '<rect style="background:url/*x*/(//evil.example/a)"/>',
    "style attribute, image set": "<rect style=\"background:image-set('//evil.example' 1x)\"/>",
    "style import": '<style>@import "https://evil.example/a.css";</style>',
    "style import, capitals": "<style>@IMPORT url(//evil.example/a.css);</style>",
    "style import, escaped": r'<style>@\69mport "//evil.example/a.css";</style>',
    "style import, commented": '<style>/**/@import/**/"//evil.example/a.css";</style>',
    "style url": "<style>rect { fill: url(//evil.example/a) }</style>",
    "style font": "<style>@font-face { font-family: x; src: url(//evil.example/f) }</style>",
    "style, split by a comment": "<style>rect{background:u/* */rl(//evil.example)}</style>",
    "style with an element": "<style>a{}<script>evil()</script></style>",
    "style sheet instruction": '<?xml-stylesheet href="https://evil.example/a.css"?>',
    "comment": "<!-- evil -->",
    "author": (
        '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        "<creator>evil</creator></rdf:RDF></metadata>"
    ),
    "editor's folder": (
        '<g xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"'
        ' inkscape:export-filename="C:\\evil\\a.png"/>'
    ),
    "editor's element": (
        '<x:view xmlns:x="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd">evil</x:view>'
    ),
    "disguised prefix": f'<s:script xmlns:s="{SVG}">evil()</s:script>',
    "handler": '<handler type="text/javascript">evil()</handler>',
    "base": '<g xml:base="https://evil.example/"/>',
    "cursor": '<rect cursor="url(https://evil.example/c)"/>',
    "feImage": '<filter id="f"><feImage href="https://evil.example/i"/></filter>',
    "unknown data": '<rect data-evil="1"/>',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_acts_or_comes_from_elsewhere_goes(name: str):
    made = clean(f'{HOSTILE[name]}<path d="M1 1"/>')
    for word in ("evil", "script", "on", "href", "@import", "data:", "url", "<!", "<?"):
        assert word not in made.lower().replace("version", ""), word
    assert '<path d="M1 1"/>' in made
    assert drawings.clean(made.encode()).decode() == made


def test_a_link_is_its_words():
    assert "<g><text>clic</text></g>" in clean('<a href="https://a.example"><text>clic</text></a>')


def test_the_fallback_of_a_foreign_object_stays():
    made = clean("<switch><foreignObject><p/></foreignObject><text>Plan</text></switch>")
    assert "<switch><text>Plan</text></switch>" in made


def test_harmless_declarations_stay_beside_the_others():
    made = clean('<rect style="fill: red; background: url(//x.example); stroke: rgb(1, 2, 3)"/>')
    assert 'style="fill: red; stroke: rgb(1, 2, 3)"' in made


def test_a_font_goes_and_the_rest_of_the_style_stays():
    made = clean("<style>@font-face{src:url(data:font/woff2;base64,AA)} a{fill:red}</style>")
    assert "<style>a{fill:red}</style>" in made


def test_a_picture_inside_is_cleaned_too():
    exif = Image.Exif()
    exif[0x010F] = "Camille-Secret"
    out = io.BytesIO()
    Image.new("RGB", (2, 2)).save(out, "JPEG", exif=exif)
    inside = base64.b64encode(out.getvalue()).decode()
    made = clean(f'<image width="2" height="2" xlink:href="data:image/jpeg;base64,{inside}"/>')
    kept = ET.fromstring(made)[0].attrib["{http://www.w3.org/1999/xlink}href"]  # noqa: S314
    data = base64.b64decode(kept.partition(",")[2])
    assert b"Secret" in out.getvalue()
    assert b"Secret" not in data
    assert b"Exif" not in data
    assert Image.open(io.BytesIO(data)).size == (2, 2)


@pytest.mark.parametrize(
    "inside", ["data:image/png;base64,AAAA", "data:image/png;base64,A", "data:image/png;base64,é"]
)
def test_a_broken_picture_inside_is_left_out(inside: str):
    assert clean(f'<image href="{inside}"/>').endswith("<image/></svg>\n")


def test_a_plain_doctype_goes():
    made = drawings.clean(
        b'<?xml version="1.0" standalone="no"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
        b'"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n' + svg("<g/>")
    )
    assert made.startswith(b"<svg ")
    assert b"DOCTYPE" not in made


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252"])
def test_encodings(encoding: str):
    text = f'<?xml version="1.0" encoding="{encoding}"?>{svg("<text>Écluse</text>").decode()}'
    assert "Écluse" in drawings.clean(text.encode(encoding)).decode()


LAUGHS = "".join(
    f'<g id="g{step}">{f"<use href={chr(34)}#g{step - 1}{chr(34)}/>" * 10}</g>'
    for step in range(1, 9)
)
HOPS = "".join(
    f'<g id="g{step}">{f"<use href={chr(34)}#u{step - 1}{chr(34)}/>" * 10}</g>'
    f'<use id="u{step}" href="#g{step}"/>'
    for step in range(1, 9)
)
BROKEN = {
    "empty": (b"", "mal écrit"),
    "a text": (b"Bonjour", "mal écrit"),
    "cut": (svg("<g>")[:-8], "mal écrit, ligne 1"),
    "html": (b"<html><body/></html>", "pas un dessin"),
    "another svg": (b'<svg xmlns="https://x.example"/>', "pas un dessin"),
    "unbound prefix": (svg("<x:g/>"), "mal écrit"),
    "unknown encoding": (b'<?xml version="1.0" encoding="klingon"?><svg/>', "mal écrit|inconnu"),
    "multibyte encoding": (b'<?xml version="1.0" encoding="gb18030"?><svg/>', "mal écrit|inconnu"),
    "entity": (
        b'<!DOCTYPE svg [<!ENTITY a "x">]>' + svg("<text>&a;</text>"),
        "entités",
    ),
    "entity of a file": (
        b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + svg("<text>&a;</text>"),
        "entités",
    ),
    "parameter entity": (
        b'<!DOCTYPE svg [<!ENTITY % a SYSTEM "https://evil.example/x"> %a;]>' + svg(""),
        "entités",
    ),
    "entity from elsewhere": (
        b'<!DOCTYPE svg SYSTEM "https://evil.example/x.dtd">' + svg("<text>&a;</text>"),
        "entités",
    ),
    "a billion laughs": (
        b'<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>' + svg("&b;"),
        "entités",
    ),
    "a hundred million uses": (svg(f'<g id="g0"><path/></g>{LAUGHS}<use href="#g8"/>'), "montre"),
    "the same in two hops": (svg(f'<g id="u0"><path/></g>{HOPS}<use href="#u8"/>'), "montre"),
    "inside itself": (svg('<g id="a"><use href="#a"/></g>'), "lui-même"),
    "inside each other": (
        svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'),
        "lui-même",
    ),
    "too deep": (svg("<g>" * 200 + "</g>" * 200), "l’un dans l’autre"),
    "too deep in what goes": (svg("<x>" * 200 + "</x>" * 200), "l’un dans l’autre"),
    "too many": (svg("<g/>" * 200_001), "trop d’éléments"),
    "too big": (svg(" " * (20 << 20)), "trop gros"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_drawing_is_refused_quickly(name: str):
    data, reason = BROKEN[name]
    started = time.process_time()
    with pytest.raises(Broken, match=reason):
        drawings.clean(data)
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "inside",
    [
        pytest.param(f'<rect fill="{"a" * 1_000_000} (" />', id="name"),
        pytest.param(f'<rect fill="{"url(" * 300_000}"/>', id="urls"),
        pytest.param(f"<rect style='{'a:url(#b);' * 90_000}'/>", id="declarations"),
        pytest.param(f"<style>{'/*' * 500_000}</style>", id="comments"),
        pytest.param(f"<style>{'@font-face{' * 90_000}</style>", id="fonts"),
        pytest.param(f"<style>{'a(' * 500_000}</style>", id="functions"),
        pytest.param(f'<path d="{"M1 2" * 1_000_000}"/>', id="long path"),
    ],
)
def test_hostile_drawings_are_quick(inside: str):
    started = time.process_time()
    clean(inside)
    assert time.process_time() - started < 2


PIECES = st.sampled_from(
    [*HOSTILE.values(), "<g>", "</g>", "<text>", "</text>", "a", "&amp;", "]]>", "<![CDATA[<", '"']
)


@given(st.lists(PIECES, max_size=8), st.binary(max_size=5), st.integers(0, 400))
def test_nothing_surprises(pieces: list[str], noise: bytes, at: int):
    data = svg("".join(pieces))
    data = data[:at] + noise + data[at:]
    try:
        made = drawings.clean(data)
    except Broken:
        return
    for element in ET.fromstring(made).iter():  # noqa: S314 - our own
        assert "script" not in element.tag
        assert "evil" not in "".join(element.attrib.values())
        assert not element.tag.endswith("style") or "evil" not in (element.text or "")
    assert drawings.clean(made) == made
