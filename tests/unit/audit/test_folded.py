"""One text, however a file spells it."""

import base64
import gzip
import json
import quopri
from urllib.parse import quote

import pytest

from cq.audit import folded
from cq.audit.phones import phones
from cq.audit.runs import Prose
from cq.audit.sieve import Sieve
from cq.audit.terms import Term

TEXT = "Réunion à l’Hôtel de Ville : le cœur du dossier"


def sieve(*texts: str) -> Sieve:
    return Sieve([Term(folded.words(one), one, "titre", "content/prive/x.md", "conseillers")
                  for one in texts])  # fmt: skip


def met(data: bytes) -> set[int]:
    return sieve(TEXT).met(data)[0]


def places(data: bytes, *texts: str) -> set[str]:
    """Where it is seen, in the file."""
    return {place for _, place in sieve(*(texts or (TEXT,))).file("x", data).terms}


def entities(text: str, form: str) -> str:
    return "".join(one if one.isascii() else form.format(ord(one)) for one in text)


WRITINGS = {
    "as it is": TEXT,
    "capitals": TEXT.upper(),
    "no accents": "Reunion a l'Hotel de Ville : le coeur du dossier",
    "decomposed": "Re\u0301union a\u0300 l'Ho\u0302tel de Ville : le cœur du dossier",
    "slug": "reunion-a-l-hotel-de-ville-le-coeur-du-dossier",
    "snake": "reunion_a_l_hotel_de_ville_le_coeur_du_dossier",
    "typography": "Réunion à l'Hôtel de Ville\u202f: le cœur du dossier",
    "soft hyphens": "Réu\u00adnion à l’Hôtel de Vil\u200ble : le cœur du dossier",
    "named entities": "R&eacute;union &agrave; l&rsquo;H&ocirc;tel de&nbsp;Ville&nbsp;: le "
    "c&oelig;ur du dossier",
    "decimal entities": entities(TEXT, "&#{};"),
    "hexadecimal entities": entities(TEXT, "&#x{:x};"),
    "entities of entities": entities(TEXT, "&amp;#{};"),
    "address": quote(TEXT),
    "query": quote(TEXT).replace("%20", "+"),
    "address twice": quote(quote(TEXT)),
    "json": json.dumps({"a": TEXT}),
    "script": "".join(one if one.isascii() else f"\\x{ord(one):02x}" for one in TEXT
                      .replace("œ", "oe").replace("’", "'")),
    "braces": "".join(one if one.isascii() else f"\\u{{{ord(one):x}}}" for one in TEXT),
    "style": "".join(one if one.isascii() else f"\\{ord(one):06x} " for one in TEXT),
    "mail": quopri.encodestring(TEXT.encode()).decode(),
    "marks inside": "<p>Réu<b>nion</b> à l’<a href='x'>Hôtel</a> de Ville : le <em>cœur</em> du "
    "dossier</p>",
    "alternative text": f'<img src="x.png" alt="{TEXT}">',
    "card": "begin:vcard\nFN;CHARSET=UTF-8:Réunion à l’Hôtel de Ville : le cœ\n\tur du dossier",
    "calendar": "BEGIN:VCALENDAR\r\nSUMMARY:Réunion à l’Hôtel de Vi\r\n lle : le cœur du dos"
    "\r\n sier",
    "address, latin": quote(TEXT.replace("’", "'").replace("œ", "oe"), encoding="cp1252"),
    "old script": "".join(one if one.isascii() else f"%u{ord(one):04x}" for one in TEXT),
    "octal": "".join(chr(one) if one < 128 else f"\\{one:03o}" for one in TEXT.encode()),
    "mail, latin": "R=E9union =E0 l'H=F4tel de Ville : le coeur du dos=\r\nsier",
    "mail, all": "".join(f"={one:02X}" for one in TEXT.encode()),
    "mail heading": "=?utf-8?Q?R=C3=A9union_=C3=A0_l=27H=C3=B4tel_de_Vi?=\r\n =?utf-8?Q?lle_:_le_"
    "c=C5=93ur_du_dossier?=",
    "apart": " ".join(TEXT),
    "one word": "voir #ReunionALHotelDeVilleLeCoeurDuDossier",
    "cut by marks": "<i>Réu</i><span>nion</span> à l’Hô<!-- x -->tel de<br>Vil<wbr>le : le "
    "<span>c</span><span>œur</span> du dossier",
    "cut by lines": "Réunion à l’Hôtel de Ville : le cœur du dos-\nsier",
}  # fmt: skip


@pytest.mark.parametrize("written", WRITINGS.values(), ids=WRITINGS)
def test_a_text_is_met_however_it_is_spelt(written: str) -> None:
    assert met(written.encode()) == {0}


def test_a_calendar_may_be_cut_inside_a_letter() -> None:
    data = TEXT.encode().replace(b"\xc3\xa9", b"\xc3\r\n \xa9")
    assert met(b"BEGIN:VCALENDAR\r\nSUMMARY:" + data) == {0}


@pytest.mark.parametrize("coding", ["cp1252", "utf-16", "utf-8-sig", "utf-32"])
def test_in_whatever_coding_the_file_is(coding: str) -> None:
    assert met(f"avant {TEXT} après".encode(coding)) == {0}


@pytest.mark.parametrize("text", [TEXT, TEXT.upper(), "Réunion", "réunion à l'hôtel"])
@pytest.mark.parametrize("before", range(6))
def test_base64_is_seen_wherever_the_text_lies_in_it(text: str, before: int) -> None:
    whole = b"\xff" * before + text.encode() + b"\xfe\xfd"
    for coded in (
        base64.b64encode(whole),
        base64.urlsafe_b64encode(whole),
        base64.encodebytes(b"x " * 45 + whole),
        b"img/" + base64.b64encode(whole),
        base64.b64encode(text.encode("utf-16-le")),
        base64.b64encode(text.encode("cp1252")),
        base64.b64encode(base64.b64encode(whole)),
        base64.b64encode(gzip.compress(whole)),
    ):
        assert places(b'x "' + coded + b'"', "Réunion", "Réunion à l’Hôtel"), coded  # fmt: skip


def test_hexadecimal_and_bare_utf_16_are_seen() -> None:
    assert places(TEXT.encode().hex().encode()) == {"hexadécimal"}
    for coding in ("utf-16-be", "utf-16-le"):
        coded = TEXT.upper().encode(coding)
        assert places(b"\x89\x00\x01" + coded)
        assert places(b"<FEFF" + coded.hex().upper().encode())


def test_two_codings_in_one_file_are_both_read() -> None:
    for coding in ("utf-8", "cp1252"):
        assert met(b"\x89PNG\xff\xe9\x81" + TEXT.encode(coding) + b"\0\xff\xd8\xe9") == {0}


def test_a_part_of_a_word_is_not_the_word() -> None:
    one = sieve("art contemporain")
    for text in (
        "smart contemporains",
        "smart contemporain",
        "art contemporains",
        "part contemporain",
    ):
        assert one.met(text.encode())[0] == set(), text
    assert one.met("l’art contemporain".encode())[0] == {0}


def test_any_six_words_of_a_text_are_seen_and_no_others() -> None:
    text = "Elle ne sait pas encore que nous cherchons quelqu’un pour tenir la caisse au printemps."
    words = folded.words(text)
    one = Sieve([], [Prose(words, "content/prive/x.md", "conseillers")])
    said = words.decode().split()
    for start in range(len(said) - 5):
        run = said[start : start + 6]
        page = (
            "<p>avant " + " <b>".join(run[:3]) + "</b>\n<i>" + "</i> ".join(run[3:]) + " après</p>"
        )
        assert one.met(page.encode())[1] == {folded.words(" ".join(run))}
        assert one.met(" ".join([*run[:3], "non", *run[3:]]).encode())[1] == set()
    told = one.file("x.html", text.encode())
    assert len({hit.term for hit in one.hits("x.html", told)}) == len(said) - 5
    assert {term.path for term in one.terms} == {"content/prive/x.md"}


@pytest.mark.parametrize(
    "written",
    ["01 99 00 12 34", "0199001234", "01.99.00.12.34", "01-99-00-12-34", "+33 1 99 00 12 34",
     "+33(0)1 99 00 12 34", "0033199001234", "01\u00a099\u00a000\u00a012\u00a034",
     "tel:+33199001234", "01\u202f99\u202f00\u202f12\u202f34", "01 99 001 234", "(01) 99 00 12 34"],
)  # fmt: skip
def test_a_number_is_one_however_it_is_spaced(written: str) -> None:
    assert list(phones(f"Tél. {written}.")) == ["199001234"]


@pytest.mark.parametrize(
    "written", ["48.0199001234", "00199001234567", "1019900123", "2026-01-99 00:12:34"]
)
def test_other_digits_are_no_number(written: str) -> None:
    assert "199001234" not in list(phones(written))
