"""One text, however a file spells it."""

import base64
import json
import quopri
from urllib.parse import quote

import pytest

from cq.audit import folded
from cq.audit.forms import forms
from cq.audit.phones import phones
from cq.audit.sieve import Sieve
from cq.audit.terms import Term

TEXT = "Réunion à l’Hôtel de Ville : le cœur du dossier"


def sieve(*texts: str) -> Sieve:
    return Sieve([Term(folded.words(one), one, "titre", "content/prive/x.md", "conseillers")
                  for one in texts])  # fmt: skip


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
    "calendar": "BEGIN:VCALENDAR\r\nSUMMARY:Réunion à l’Hôtel de Vi\r\n lle : le cœur du dos"
    "\r\n sier",
}  # fmt: skip


@pytest.mark.parametrize("written", WRITINGS.values(), ids=WRITINGS)
def test_a_text_is_met_however_it_is_spelt(written: str) -> None:
    assert list(sieve(TEXT).met(written.encode())) == [(0, "en clair")]


@pytest.mark.parametrize("coding", ["cp1252", "utf-16", "utf-8-sig"])
def test_in_whatever_coding_the_file_is(coding: str) -> None:
    assert [number for number, _ in sieve(TEXT).met(f"avant {TEXT} après".encode(coding))] == [0]


@pytest.mark.parametrize("before", range(6))
def test_base64_is_seen_wherever_the_text_lies_in_it(before: int) -> None:
    whole = b"\xff" * before + TEXT.encode() + b"\xfe\xfd"
    for coded in (base64.b64encode(whole), base64.urlsafe_b64encode(whole)):
        assert list(sieve(TEXT).met(b"x " + coded)) == [(0, "base64")]


def test_hexadecimal_and_bare_utf_16_are_seen() -> None:
    one = sieve(TEXT)
    assert [form for _, form in one.met(TEXT.encode().hex().encode())] == ["hexadécimal"]
    assert [form for _, form in one.met(b"\x89\x00\x01" + TEXT.encode("utf-16-be"))] == ["UTF-16"]
    assert [form for _, form in one.met(b"<FEFF" + TEXT.encode("utf-16-be").hex().upper().encode())]


def test_a_part_of_a_word_is_not_the_word() -> None:
    assert not list(sieve("art contemporain").met(b"smart contemporains"))
    assert list(sieve("art contemporain").met("l’art contemporain".encode()))


def test_forms_are_long_enough_to_mean_something() -> None:
    assert all(len(data) >= 8 for text in ("abc", "é", "x@y.fr") for _, data in forms(text))


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
