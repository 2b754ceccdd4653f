"""Tables as town halls' programs write them."""

import time
from pathlib import PurePosixPath

import pytest

from cq.diagnostic import Diagnostic, Severity
from cq.draw import tables
from cq.draw.tables import Row, Sheet

PATH = PurePosixPath("liste.csv")


def sheet(data: bytes) -> Sheet:
    made = tables.read(data, PATH).value
    assert made is not None
    return made


def faults(data: bytes) -> list[tuple[int, str]]:
    made, found = tables.read(data, PATH).value, tables.read(data, PATH).found
    assert made is None
    return [(one.span.line, one.message) for one in found if one.severity is Severity.ERROR]


def notes(data: bytes) -> list[Diagnostic]:
    return [one for one in tables.read(data, PATH).found if one.severity is Severity.NOTE]


def test_rows_are_cleaned_and_know_their_line():
    made = sheet('id, Nom \n1,"Anne\u00a0 Le\nGoff"\n\n2,  Zoe\u0301\n'.encode())
    assert made == Sheet(("id", "Nom"), (Row(2, ("1", "Anne Le Goff")), Row(5, ("2", "Zoé"))))
    assert not notes(b"id,nom\n1,a\n")


@pytest.mark.parametrize(
    ("coding", "sign", "said"),
    [
        ("cp1252", ";", "ce tableau est en Windows-1252 et a des points-virgules"),
        ("mac_roman", ",", "ce tableau est en Mac Roman"),
        ("cp850", "\t", "ce tableau est en DOS 850 et a des tabulations"),
        ("utf-16", "\t", "ce tableau est en UTF-16 et a des tabulations"),
        ("utf-16-le", "\t", "ce tableau est en UTF-16 et a des tabulations"),
        ("utf-16-be", ";", "ce tableau est en UTF-16 et a des points-virgules"),
        ("utf-8-sig", ";", "ce tableau a des points-virgules"),
    ],
)
def test_other_codings_and_signs_are_read_and_said(coding: str, sign: str, said: str):
    data = f"id{sign}prénom\r\n1{sign}Zoé\r\n2{sign}Hélène\r\n".encode(coding)
    made = sheet(data)
    assert made.columns == ("id", "prénom")
    assert [row.cells for row in made.rows] == [("1", "Zoé"), ("2", "Hélène")]
    assert [one.message.startswith(said) for one in notes(data)] == [True]


def test_lines_may_end_as_old_macs_end_them():
    rows = "1;4, 5, 6, rue\r2;7, 8, 9, rue\r3;a, b, c\r"
    assert sheet(f"id;adresse\r{rows}".encode()).columns == ("id", "adresse")
    assert sheet(f"sep=;\rid;adresse\r{rows}".encode()).rows[0] == Row(3, ("1", "4, 5, 6, rue"))


def test_a_spreadsheet_s_own_first_line_is_not_a_row():
    made = sheet(b"sep=;\nid;nom\n1;a,b\n")
    assert made == Sheet(("id", "nom"), (Row(3, ("1", "a,b")),), 2)


def test_columns_are_found_without_capitals_accents_and_blanks():
    made = sheet("id,Date de naissance,ÂGE\n1,,\n".encode())
    assert [made.column(name) for name in ("age", "date  DE naissance", "nom")] == [2, 1, None]
    assert made.rows == (Row(2, ("1", "", "")),)


def test_what_hides_in_a_row_is_refused_with_its_line():
    assert faults(b"id,nom\n1,a,b\n2,x\x00y\n") == [
        (2, "cette ligne a 3 valeurs pour 2 colonnes"),
        (3, "cette ligne a un caractère invisible (U+0000)"),
    ]
    assert faults("id,nom\n1,a\ufeffb\n".encode())[0][0] == 2
    assert faults(b'id,nom\n1,"a\n2,b\n')[0][1] == "cette ligne n’est pas du CSV"
    assert faults(b"id,nom\n1," + b"a" * 10_000_000 + b"\n")[0][1] == "cette ligne n’est pas du CSV"
    assert faults(b"id,nom\n1," + b"a" * 3_000 + b"\n") == [
        (2, "une valeur de cette ligne a plus de 2000 signes")
    ]
    # A hundred such values would take an hour to put in order.
    accents = "\u0301\u0316" * 50_000
    start = time.process_time()
    assert len(faults(f"id,nom\n1,{accents}\n2,{accents}x\n".encode())) == 2
    assert time.process_time() - start < 3


def test_faults_by_the_thousand_are_counted():
    data = b"id,nom\n" + b"1,a,b\n" * 3_000
    assert len(faults(data)) == tables.MOST_SHOWN
    assert notes(data)[-1].message == "2\u202f990\u00a0lignes de plus ne peuvent être lues"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "ce tableau est vide"),
        (b"\n \n;;\n", "ce tableau est vide"),
        (b"PK\x03\x04...", "ce fichier n’est pas un tableau CSV : c’est un classeur"),
        (b"id,\xff\xfd\xfc\x81\n", "ce fichier n’est ni en UTF-8"),
        ("é".encode() + b"\xe9\x81", "ce fichier "),
        (b"id,nom,,x\n1,2,3,4\n", "la colonne 3 n’a pas de nom"),
        ("id,Prénom,prenom\n".encode(), "deux colonnes s’appellent « Prénom »"),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, said: str):
    assert faults(data)[0][1].startswith(said)


def test_two_spellings_are_alike_but_for_accents():
    assert tables.alike(" FEMME\u00a0") == tables.alike("femme")
    assert tables.alike("âgé") != tables.alike("age")
