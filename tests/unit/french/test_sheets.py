"""Tables of real offices, and of nobody's friends."""

import pytest

from cq.french import sheets


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("prénom,âge\nZoé,12\n".encode(), ()),
        ("prénom,âge\nZoé,12\n".encode("utf-8-sig"), ()),
        (
            "prénom;âge\r\nZoé;12\r\n".encode("cp1252"),
            ("encodage Windows-1252, converti", "séparateur « point-virgule »"),
        ),
        (
            "prénom\tâge\nZoé\t12\n".encode("utf-16"),
            ("encodage UTF-16, converti", "séparateur « tabulation »"),
        ),
        ("sep=;\nprénom;âge\nZoé;12".encode(), ("séparateur « point-virgule »",)),
        ("prénom,âge,,\nZoé,12,,\n,,,\n".encode(), ("1\u00a0ligne vide passée",)),
    ],
)
def test_what_an_office_saves_is_read(data: bytes, said: tuple[str, ...]):
    sheet = sheets.read(data)
    assert sheet.header == ("prénom", "âge")
    assert sheet.keys() == ("prenom", "age")
    assert sheet.rows == [["Zoé", "12"]]
    assert sheet.said == said
    assert not sheet.faults


def test_lines_are_those_of_the_file_whatever_stands_in_quotes():
    sheet = sheets.read(b'id,adresse\n\n1,"3 rue A\nBat. 2"\n2\n3,"=cmd|x"\n')
    assert sheet.rows == [["1", "3 rue A\nBat. 2"], ["3", "=cmd|x"]]
    assert sheet.lines == [3, 6]
    assert sheet.faults == (sheets.Fault(5, "1\u00a0case au lieu de 2"),)


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"", 0, "vide"),
        (b"\n;;\n", 0, "vide"),
        (b'a,b\n1,2\n"x,2\n3,4\n', 3, "jamais fermé"),
        (b'a,b\n"x"y,2\n', 2, "guillemet fermant"),
        (b"a,b\n1,2\n" + b"x" * 10_000_000 + b",1\n", 3, "dépasse"),
        (b"a,b\n1," + b"\x81\n", 2, "ni en UTF-8 ni en Windows-1252"),
        ("a,b\né,è\nà,".encode() + b"\xe9\n", 3, "n’est pas en UTF-8"),
        (b"\xef\xbb\xbfa,b\n\xe9,1\n", 2, "s’annonce en UTF-8"),
        (b"Nom,NOM\n1,2\n", 1, "même nom"),
        (b"a,?\n1,2\n", 1, "pas de nom lisible"),
        (b"PK\x03\x04" + bytes(40), 0, "classeur"),
        (b",".join([b"a%d" % n for n in range(400)]), 1, "colonnes"),
    ],
)
def test_what_is_no_table_is_refused_with_its_line(data: bytes, line: int, words: str):
    with pytest.raises(sheets.Unreadable) as refused:
        sheets.read(data)
    assert refused.value.line == line
    assert words in refused.value.words
