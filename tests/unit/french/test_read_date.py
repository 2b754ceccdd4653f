"""What conseillers type for a day, and what must come of it."""

from datetime import date

import pytest

from cq.french.dates import read_date

JANUARY_5 = date(2026, 1, 5)


@pytest.mark.parametrize("text", ["2026-01-05"])
def test_the_canonical_form_is_read_in_silence(text):
    assert read_date(text) == (JANUARY_5, "2026-01-05", None, "", ())


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("2026-1-5", "2026-01-05"),
        ("2026/01/05", "2026-01-05"),
        ("2026.1.5", "2026-01-05"),
        ("20260105", "2026-01-05"),
        ("05/01/2026", "2026-01-05"),
        ("5/1/2026", "2026-01-05"),
        ("05.01.2026", "2026-01-05"),
        ("05-01-2026", "2026-01-05"),
        ("05 01 2026", "2026-01-05"),
        ("5 janvier 2026", "2026-01-05"),
        ("05 janvier 2026", "2026-01-05"),
        ("5 Janvier 2026", "2026-01-05"),
        ("5 JANVIER 2026", "2026-01-05"),
        ("5\u00a0janvier\u202f2026", "2026-01-05"),
        ("5  janvier\t2026", "2026-01-05"),
        ("5 janv. 2026", "2026-01-05"),
        ("5 janv 2026", "2026-01-05"),
        ("5 janvier 2026.", "2026-01-05"),
        ("5-janvier-2026", "2026-01-05"),
        ("le 5 janvier 2026", "2026-01-05"),
        ("lundi 5 janvier 2026", "2026-01-05"),
        ("Lundi 5 janvier 2026", "2026-01-05"),
        ("lundi, 5 janvier 2026", "2026-01-05"),
        ("le lundi 5 janvier 2026", "2026-01-05"),
        ("lundi le 5 janvier 2026", "2026-01-05"),
        ("lun. 5 janv. 2026", "2026-01-05"),
        ("lundi 05/01/2026", "2026-01-05"),
        ("lundi 2026-01-05", "2026-01-05"),
        ("1er mars 2026", "2026-03-01"),
        ("1ER mars 2026", "2026-03-01"),
        ("1ᵉʳ mars 2026", "2026-03-01"),
        ("1 mars 2026", "2026-03-01"),
        ("13 février 2022", "2022-02-13"),
        ("13 fevrier 2022", "2022-02-13"),
        ("13 fe\u0301vrier 2022", "2022-02-13"),
        ("13 févr. 2022", "2022-02-13"),
        ("15 août 2026", "2026-08-15"),
        ("15 AOUT 2026", "2026-08-15"),
        ("3 déc. 2026", "2026-12-03"),
        ("29/02/2028", "2028-02-29"),
        ("1/1/1900", "1900-01-01"),
        ("31/12/2200", "2200-12-31"),
    ],
)
def test_any_other_form_with_one_reading_is_read_and_noted(text, canonical):
    reading = read_date(text)
    assert reading.value == date.fromisoformat(canonical)
    assert reading.canonical == canonical
    assert reading.code == "date-form"
    assert reading.message.endswith(f" est lue {canonical}")
    assert reading.hints == (f"écrivez : {canonical}",)


@pytest.mark.parametrize("text", [" 2026-01-05 ", "2026-01-05\u00a0", "\ufeff2026-01-05"])
def test_invisible_edges_change_nothing(text):
    assert read_date(text)[:3] == (JANUARY_5, "2026-01-05", None)


@pytest.mark.parametrize(
    ("text", "code", "message", "last_hint"),
    [
        ("05/01/26", "ambiguous-date", "sûre", "écrivez : 2026-01-05 ou 2005-01-26"),
        ("25/12/26", "ambiguous-date", "sûre", "écrivez : 2026-12-25 ou 2025-12-26"),
        ("31/04/26", "ambiguous-date", "sûre", "écrivez : 2031-04-26"),
        ("26-01-05", "ambiguous-date", "sûre", "écrivez : 2005-01-26 ou 2026-01-05"),
        ("5 janvier 26", "ambiguous-date", "sûre", "écrivez : 2026-01-05"),
        ("01/2026", "ambiguous-date", "incomplète", "exemple : 2026-01-05"),
        ("2026-01", "ambiguous-date", "incomplète", "exemple : 2026-01-05"),
        ("janvier 2026", "ambiguous-date", "incomplète", "exemple : 2026-01-05"),
        ("2026", "ambiguous-date", "incomplète", "exemple : 2026-01-05"),
        ("5 janvier", "ambiguous-date", "incomplète", "exemple : 2026-01-05"),
        ("lundi 5 janvier", "ambiguous-date", "incomplète", "exemple : 2026-01-05"),
        ("05/01", "ambiguous-date", "incomplète", "exemple : 2026-01-05"),
        ("2026-15-01", "impossible-date", "le mois 15", "écrivez : 2026-01-15"),
        ("01/15/2026", "impossible-date", "le mois 15", "écrivez : 2026-01-15"),
        ("2026-13-45", "impossible-date", "le mois 13", "exemple : 2026-01-05"),
        ("2026-00-05", "impossible-date", "le mois 0", "exemple : 2026-01-05"),
        ("2026-01-00", "impossible-date", "le jour 0", "écrivez par exemple : 2026-01-01"),
        ("2026-01-32", "impossible-date", "le jour 32", "écrivez par exemple : 2026-01-01"),
        (
            *("2026-09-31", "impossible-date", "le 31 septembre 2026 n’existe pas"),
            "écrivez : 2026-09-30",
        ),
        (
            *("2026-02-31", "impossible-date", "le 31 février 2026 n’existe pas"),
            "écrivez : 2026-02-28",
        ),
        (
            *("29 février 2026", "impossible-date", "le 29 février 2026 n’existe pas"),
            "écrivez : 2026-02-28",
        ),
        ("1899-12-31", "impossible-date", "l’année 1899", "par exemple : 2026-01-05"),
        ("2201-01-01", "impossible-date", "l’année 2201", "par exemple : 2026-01-05"),
        ("20266-01-05", "impossible-date", "l’année 20266", "par exemple : 2026-01-05"),
        ("0000-01-01", "impossible-date", "l’année 0", "par exemple : 2026-01-05"),
        (
            "Dès que possible",
            "not-a-date",
            "«\u00a0Dès que possible\u00a0»",
            "exemple : 2026-01-05",
        ),
        ("", "not-a-date", "la date est vide", "2026-01-05"),
        ("\u200b", "not-a-date", "la date est vide", "2026-01-05"),
        ("5 janvvier 2026", "not-a-date", "n’est pas une date", "écrivez : 2026-01-05"),
        ("5 janvvier", "not-a-date", "n’est pas une date", "exemple : 2026-01-05"),
        ("5 brumaire 2026", "not-a-date", "n’est pas une date", "exemple : 2026-01-05"),
        ("lunid 5 janvier 2026", "not-a-date", "n’est pas une date", "écrivez : 2026-01-05"),
        ("2026-01-05T19:30", "not-a-date", "n’est pas une date", "écrivez : 2026-01-05"),
        ("2026-01-05 19:30:00", "not-a-date", "n’est pas une date", "écrivez : 2026-01-05"),
        ("5 janvier 2026 à 19 h 30", "not-a-date", "n’est pas une date", "écrivez : 2026-01-05"),
        ("du 5 au 7 mars 2026", "not-a-date", "n’est pas une date", "exemple : 2026-03-05"),
        ("5-7 mars 2026", "not-a-date", "n’est pas une date", "exemple : 2026-03-05"),
        ("x" * 100_000, "not-a-date", "…\u00a0»", "exemple : 2026-01-05"),
        ("1" * 100_000, "not-a-date", "…\u00a0»", "exemple : 2026-01-05"),
        ("mardi 5 janvier 2026", "weekday-mismatch", "est un lundi, pas un mardi", "(un mardi)"),
    ],
)
def test_what_has_no_sure_reading_is_refused_with_what_to_write(text, code, message, last_hint):
    reading = read_date(text)
    assert (reading.value, reading.canonical, reading.code) == (None, None, code)
    assert message in reading.message
    assert reading.hints[-1].endswith(last_hint)


def test_an_hour_after_the_day_is_sent_to_its_own_key():
    assert "debut:" in read_date("2026-01-05T19:30").hints[0]


def test_a_weekday_that_contradicts_names_both_days_and_the_year_that_would_fit():
    reading = read_date("mardi 5 janvier 2026")
    assert reading.message == "le 5 janvier 2026 est un lundi, pas un mardi"
    assert reading.hints == (
        "le 5 janvier 2027 est un mardi",
        "écrivez : 2026-01-05 (un lundi) ou 2026-01-06 (un mardi)",
    )


def test_the_nearest_such_weekday_may_lie_before():
    assert "2026-01-04 (un dimanche)" in read_date("dimanche 5 janvier 2026").hints[-1]
    assert "2026-02-28 (un samedi)" in read_date("samedi 1er mars 2026").hints[-1]
    assert read_date("samedi 1er mars 2026").message.startswith("le 1er mars 2026")


def test_a_weekday_at_the_end_of_the_calendar_does_not_crash():
    assert read_date("jeudi 31 décembre 2200").code == "weekday-mismatch"
    assert read_date("mardi 29 février 2028").value == date(2028, 2, 29)
    assert read_date("lundi 29 février 2028").code == "weekday-mismatch"
