"""A header against a model of any kind: every fault, at its place, whatever the nesting."""

# ruff: noqa: E501 - a case is a line

import datetime
from pathlib import PurePosixPath
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from cq.content import yaml
from cq.content.schema import FrontMatter, read
from cq.content.tree import Block, Listing, Scalar
from cq.content.types import (
    Day,
    Email,
    FilePath,
    Flag,
    Hour,
    Phone,
    TextList,
    WebAddress,
    Whole,
    Words,
    one_of,
    one_or_more,
)
from cq.diagnostic import Severity, Span

PATH = PurePosixPath("content/essai.yml")


class Inner(FrontMatter):
    """Under a key."""

    name: Words = Field(alias="nom", examples=["Un nom"])
    count: Whole = Field(0, alias="nombre", ge=0, le=9, examples=["3"])


class Sample(FrontMatter):
    """One key of each type."""

    name: Words = Field(alias="nom", examples=["Un nom"])
    day: Day | None = Field(None, alias="jour", examples=["2026-03-10"])
    hour: Hour | None = Field(None, alias="heure", json_schema_extra={"aussi": ["a_quelle_heure"]})
    phone: Phone | None = Field(None, alias="telephone")
    email: Email | None = Field(None, alias="courriel")
    web: WebAddress | None = Field(None, alias="adresse_web")
    file: FilePath | None = Field(None, alias="fichier")
    flag: Flag | None = Field(None, alias="drapeau")
    whole: Whole | None = Field(None, alias="nombre")
    choice: Annotated[str, one_of("vert", "tout bleu")] | None = Field(None, alias="choix")
    words: TextList = Field((), alias="mots", examples=["[un, deux]"])
    days: Annotated[tuple[Day, ...], one_or_more(datetime.date)] = Field((), alias="jours")
    inner: Inner | None = Field(None, alias="dedans")
    several: tuple[Inner, ...] = Field((), alias="plusieurs")


def of(text: str):
    tree = yaml.read(text, PATH).value
    assert tree is not None
    return read(tree, Sample, PATH)


def said(text: str) -> list[str]:
    return [
        f"{one.span.line}:{one.span.column} {one.code} {one.message}".replace("\xa0", " ")
        for one in of(text).found
    ]


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("jour: 2026-03-10", "day", datetime.date(2026, 3, 10)),
        ('jour: "2026-03-10"', "day", datetime.date(2026, 3, 10)),
        ("heure: 19:30", "hour", datetime.time(19, 30)),
        ("heure: 19 h 30", "hour", datetime.time(19, 30)),
        ("telephone: 01.53.72.10.20", "phone", "01 53 72 10 20"),
        ("courriel: a.b@exemple.fr", "email", "a.b@exemple.fr"),
        ("adresse_web: https://exemple.fr/a?b#c", "web", "https://exemple.fr/a?b#c"),
        ("fichier: dossier/pv.pdf", "file", "dossier/pv.pdf"),
        ("drapeau: Oui", "flag", True),
        ("drapeau: no", "flag", False),
        ("nombre: 012", "whole", 12),
        ("choix: VERT", "choice", "vert"),
        ("choix: tout-bleu", "choice", "tout bleu"),
        ("mots: un", "words", ("un",)),
        ("mots: [un, deux]", "words", ("un", "deux")),
        ("mots: []", "words", ()),
        ("mots:", "words", ()),
        ("jours: 2026-03-10", "days", (datetime.date(2026, 3, 10),)),
        ("jours: [2026-03-10]", "days", (datetime.date(2026, 3, 10),)),
    ],
)
def test_values_with_one_reading(line: str, field: str, value: object):
    made = of(f"nom: X\n{line}")
    assert made.found == ()
    assert getattr(made.value, field) == value


@pytest.mark.parametrize("line", ["jour: 5/3/2026", "jour: 5 mars 2026", "jour: jeudi 5 mars 2026"])
def test_a_form_that_is_read_is_noted_with_its_fix(line: str):
    made = of(f"nom: X\n{line}")
    assert made.value.day == datetime.date(2026, 3, 5)
    (note,) = made.found
    assert (note.code, note.severity, note.hints[-1]) == (
        "date-form", Severity.NOTE, "écrivez : jour: 2026-03-05",
    )  # fmt: skip
    (edit,) = note.fixes
    assert line[: edit.column - 1] + edit.text + line[edit.end_column - 1 :] == "jour: 2026-03-05"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("jour: bientôt", "2:7 not-a-date jour : « bientôt » n’est pas une date"),
        ("heure: tard", "2:8 not-a-time heure : « tard » n’est pas une heure"),
        ("courriel: a@b", "2:11 not-an-email courriel : « a@b » n’est pas une adresse de courriel"),
        ("adresse_web: ftp://a.example", "2:14 not-an-address adresse_web : « ftp://a.example » n’est pas une adresse web"),
        ("fichier: C:\\pv.pdf", "2:10 bad-path fichier : « C:\\pv.pdf » n’est pas le nom d’un fichier posé à côté"),
        ("drapeau: 1", "2:10 not-a-flag drapeau : « 1 » n’est ni oui ni non"),
        ("nombre: 1.5", "2:9 not-a-number nombre : « 1.5 » n’est pas un nombre entier"),
        ("nombre: ٣", "2:9 not-a-number nombre : « ٣ » n’est pas un nombre entier"),
        ("choix: rouge", "2:8 unknown-choice choix : « rouge » n’est pas prévu ici"),
        ("nombre: [1]", "2:1 wrong-shape « nombre » attend une seule valeur, pas une liste"),
        ("drapeau: {a: b}", "2:1 wrong-shape « drapeau » attend une seule valeur, pas des clés"),
        ("courriel: [a]", "2:1 wrong-shape « courriel » attend une seule valeur, pas une liste"),
        ("choix: [vert]", "2:1 wrong-shape « choix » attend une seule valeur, pas une liste"),
        ("mots: {a: b}", "2:1 wrong-shape « mots » attend une liste, pas des clés"),
        ("jours: [2026-03-10, non]", "2:21 not-a-date jours : « non » n’est pas une date"),
        ("dedans: X", "2:9 wrong-shape « dedans » attend des clés, chacune sur sa ligne, pas une seule valeur"),
        ("dedans: {nombre: 3}", "2:1 missing-value il manque la clé « nom » dans « dedans »"),
        ("dedans: {nom: }", "2:10 missing-value « nom » est vide"),
        ("dedans: {nom: X, nombre: 10}", "2:26 out-of-range nombre : 10 est trop grand"),
        ("plusieurs: X", "2:12 wrong-shape « plusieurs » attend une liste, pas une seule valeur"),
        ("plusieurs: [X]", "2:13 wrong-shape « plusieurs » attend des clés, chacune sur sa ligne, pas une seule valeur"),
        ("plusieurs:\n  - nom: X\n  - nombre: 1", "4:5 missing-value il manque la clé « nom » dans « plusieurs »"),
        ("plusieurs:\n  - nom: X\n    nombre: -1", "4:13 out-of-range nombre : -1 est trop petit"),
    ],
)  # fmt: skip
def test_values_without(line: str, expected: str):
    assert said(f"nom: X\n{line}") == [expected]


def test_every_refusal_says_what_to_write():
    """Braces, percent signs and brackets in a value are the author's, and pass unchanged."""
    for line in ("jour: '{x} %s'", "choix: '{0}'", "courriel: '{message}'", "drapeau: '%(a)s'"):
        (one,) = of(f"nom: X\n{line}").found
        assert line.split("'")[1] in one.message
        assert one.hints


def test_several_notes_and_faults_come_together():
    assert said("Nom: X\njour: 5/3/2026\nheure: tard\nnombre: x\ncouleur: vert\nchoix : vrt") == [
        "1:1 key-form la clé « Nom » est lue « nom »",
        "5:1 unknown-key la clé « couleur » n’est pas prévue ici",
        "3:8 not-a-time heure : « tard » n’est pas une heure",
        "4:9 not-a-number nombre : « x » n’est pas un nombre entier",
        "6:9 unknown-choice choix : « vrt » n’est pas prévu ici",
        "2:7 date-form la date « 5/3/2026 » est lue 2026-03-05",
    ]


def test_the_other_name_of_a_key():
    made = of("nom: X\nà quelle heure: 19:30")
    assert made.value.hour == datetime.time(19, 30)
    assert [one.code for one in made.found] == ["key-form"]
    assert said("nom: X\nheure: 19:30\na_quelle_heure: 20:30") == [
        "3:1 duplicate-key « heure » et « a_quelle_heure » sont la même clé, écrite deux fois"
    ]


def test_an_empty_value_counts_as_written_once():
    assert said("nom: X\nheure:\na_quelle_heure: 20:30")[0].startswith("3:1 duplicate-key")


def test_what_could_not_be_read_is_not_missing():
    tree = Block([], 1, 1)
    tree.lost = frozenset(("nom",))
    made = read(tree, Sample, PATH)
    assert (made.value, made.found) == (None, ())


def test_what_the_ledger_keeps_reads_back():
    made = of(
        "nom: X\njour: 5/3/2026\nheure: 19h\ntelephone: 0153721020\ndrapeau: oui\nnombre: 3\n"
        "mots: a\njours: [2026-03-10]\nchoix: Vert\ndedans: {nom: Y}"
    )
    again = Sample.model_validate_json(made.value.model_dump_json(by_alias=True))
    assert again == made.value


SCALARS = st.text(max_size=8).map(lambda text: Scalar(text, 2, 3, len(text)))
KEYS = st.sampled_from([*(str(field.alias) for field in Sample.model_fields.values()), "autre", ""])


def blocks(values: st.SearchStrategy):
    def make(entries: dict):
        block = Block(entries, 1, 1)
        block.places = {key: key_span(key) for key in entries}
        return block

    return st.dictionaries(KEYS, values, max_size=6).map(make)


def key_span(key: str) -> Span:

    return Span(PATH, 1, 1, len(key))


TREES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4).map(Listing) | blocks(inner), max_leaves=12
)


@given(TREES)
def test_no_tree_surprises(tree):
    made = read(tree, Sample, PATH)
    errors = [one for one in made.found if one.severity is Severity.ERROR]
    assert (made.value is None) <= bool(errors)
    for one in made.found:
        assert one.message
        assert one.span.line >= 1
        assert one.hints
