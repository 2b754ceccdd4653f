"""What conseillers type for an hour, and what must come of it."""

import pytest

from cq.french.dates import read_time


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("19:30", "19:30"),
        ("08:30", "08:30"),
        ("8:30", "08:30"),
        ("19:30:00", "19:30"),
        ("19h30", "19:30"),
        ("19H30", "19:30"),
        ("19 h 30", "19:30"),
        ("19\u202fh\u00a030", "19:30"),
        ("19 h 30 min", "19:30"),
        ("19h", "19:00"),
        ("19 h", "19:00"),
        ("19 h.", "19:00"),
        ("0h05", "00:05"),
        ("19 heures", "19:00"),
        ("1 heure", "01:00"),
        ("19 heures 30", "19:30"),
        ("à 19h30", "19:30"),
        ("midi", "12:00"),
        ("Minuit", "00:00"),
        ("23:59", "23:59"),
        (" 19:30 ", "19:30"),
    ],
)
def test_an_hour_with_one_reading_is_read_in_silence(text, canonical):
    reading = read_time(text)
    assert reading.value is not None
    assert reading.value.strftime("%H:%M") == reading.canonical == canonical
    assert reading[2:] == (None, "", ())


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("25:00", "l’heure 25 n’existe pas"),
        ("19:75", "la minute 75 n’existe pas"),
        ("24:00", "minuit s’écrit 00:00"),
        ("7:5", "vouliez-vous dire 07:05 ou 07:50 ?"),
        ("7:7", "vouliez-vous dire 07:07 ?"),
        ("19h5", "vouliez-vous dire 19:05 ou 19:50 ?"),
        ("19.30", "vouliez-vous dire 19:30 ?"),
        ("1930", "vouliez-vous dire 19:30 ?"),
        ("19", "vouliez-vous dire 19:00 ?"),
        ("7pm", "vouliez-vous dire 19:00 ?"),
        ("7:30 p.m.", "vouliez-vous dire 19:30 ?"),
        ("19h-21h", "une seule heure par ligne"),
        ("19h30 à 21h", "une seule heure par ligne"),
        ("1170", "écrivez par exemple : 19:30"),
        ("19:", "écrivez par exemple : 19:30"),
        ("en soirée", "écrivez par exemple : 19:30"),
        ("", "écrivez par exemple : 19:30"),
        ("1" * 100_000, "écrivez par exemple : 19:30"),
        ("19:30" + " " * 100 + "21:00", "écrivez par exemple : 19:30"),
    ],
)
def test_any_other_is_refused_with_the_likeliest_reading(text, hint):
    reading = read_time(text)
    assert (reading.value, reading.canonical, reading.code) == (None, None, "not-a-time")
    assert reading.hints[0].startswith(hint)
    assert reading.hints[-1].startswith("écrivez")
    assert reading.message


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("19h30 à 21h", "écrivez :\ndebut: 19:30\nfin: 21:00"),
        ("19 h - 21 h 15", "écrivez :\ndebut: 19:00\nfin: 21:15"),
        ("21h30 environ", "écrivez : 21:30"),
        ("vers 19:30, après le marché", "écrivez : 19:30"),
        ("7:5", "écrivez : 07:05"),
        ("25h environ", "écrivez par exemple : 19:30"),
        ("19h à 25h", "écrivez par exemple : 19:30"),
        ("9h, 10h, 11h", "écrivez par exemple : 19:30"),
    ],
)
def test_the_line_to_write_holds_the_hours_that_were_written(text, line):
    assert read_time(text).hints[-1] == line


def test_the_message_quotes_what_was_written():
    assert read_time("25:00").message == "«\u00a025:00\u00a0» n’est pas une heure"
    assert read_time("").message == "l’heure est vide"
