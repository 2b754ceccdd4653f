import re
import subprocess
import sys
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cq import digest
from cq.site.feeds import calendar, text
from cq.site.feeds.entries import CalendarView, Meeting, Repetition
from cq.site.feeds.repetition import occurrences

PARIS = "Europe/Paris"
EXPECTED = {
    "SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "UID", "SEQUENCE", "STATUS", "TRANSP", "LOCATION",
    "DESCRIPTION", "CATEGORIES", "URL", "RRULE", "EXDATE",
}  # fmt: skip


def meeting(**changes: Any) -> Meeting:
    plain: dict[str, Any] = {
        "uid": "0123456789abcdef@cq10.example",
        "sequence": 0,
        "stamp": "2026-02-20",
        "title": "Réunion plénière",
        "day": "2026-03-10",
        "start": "19:30",
    }
    return Meeting(**(plain | changes))


def view(*meetings: Meeting, zone: str = PARIS, **changes: Any) -> CalendarView:
    plain: dict[str, Any] = {
        "uid": "fedcba9876543210@cq10.example",
        "name": "Agenda — Louis-Blanc / Aqueduc",
        "description": "Les réunions du conseil de quartier, ouvertes à tous",
        "zone": zone,
        "meetings": meetings,
        "url": "https://cq10.example/agenda/",
    }
    return CalendarView(**(plain | changes))


def lines(ics: bytes) -> list[str]:
    """Unfolded, by the rule of RFC 5545 alone."""
    assert ics.endswith(b"\r\n")
    return ics.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]


def event(one: Meeting, zone: str = PARIS) -> list[str]:
    written = lines(calendar.render(view(one, zone=zone)))
    return written[written.index("BEGIN:VEVENT") + 1 : written.index("END:VEVENT")]


def seconds(day: str, clock: str | None, zone: str = PARIS) -> int:
    if clock is None:
        return int(datetime.combine(date.fromisoformat(day), time(), UTC).timestamp())
    return int(datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZoneInfo(zone)).timestamp())


def test_the_whole_file_of_one_meeting():
    one = meeting(
        end="21:00",
        place=("Mairie du 10e", "72, rue du Faubourg-Saint-Martin", "75010 Paris"),
        categories=("plénière",),
        description="Ordre du jour :\n- le budget ; les travaux",
        url="https://cq10.example/agenda/2026-03-10-pleniere/",
    )
    assert calendar.render(view(one)).decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//cq//conseils de quartier//FR",
        "CALSCALE:GREGORIAN",
        "DESCRIPTION:Les réunions du conseil de quartier\\, ouvertes à tous",
        "X-WR-CALDESC:Les réunions du conseil de quartier\\, ouvertes à tous",
        "NAME:Agenda — Louis-Blanc / Aqueduc",
        "X-WR-CALNAME:Agenda — Louis-Blanc / Aqueduc",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "UID:fedcba9876543210@cq10.example",
        "URL:https://cq10.example/agenda/",
        "X-PUBLISHED-TTL:PT6H",
        "X-WR-TIMEZONE:Europe/Paris",
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Paris",
        "BEGIN:DAYLIGHT",
        "DTSTART:19700329T020000",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "TZNAME:CEST",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:19701025T030000",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "TZNAME:CET",
        "END:STANDARD",
        "END:VTIMEZONE",
        "BEGIN:VEVENT",
        "SUMMARY;LANGUAGE=fr:Réunion plénière",
        "DTSTART;TZID=Europe/Paris:20260310T193000",
        "DTEND;TZID=Europe/Paris:20260310T210000",
        "DTSTAMP:20260220T000000Z",
        "UID:0123456789abcdef@cq10.example",
        "SEQUENCE:0",
        "CATEGORIES;LANGUAGE=fr:plénière",
        "DESCRIPTION;LANGUAGE=fr:Ordre du jour :\\n- le budget \\; les travaux",
        "LOCATION;LANGUAGE=fr:Mairie du 10e\\, 72\\, rue du Faubourg-Saint-Martin\\, 75",
        " 010 Paris",
        "STATUS:CONFIRMED",
        "URL:https://cq10.example/agenda/2026-03-10-pleniere/",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_meeting_without_an_end_is_given_none():
    written = event(meeting())
    assert "DTSTART;TZID=Europe/Paris:20260310T193000" in written
    assert not [line for line in written if line.startswith(("DTEND", "DURATION"))]


def test_an_end_before_the_start_is_left_out():
    assert not [line for line in event(meeting(end="18:00")) if line.startswith("DTEND")]


@pytest.mark.parametrize(
    ("changes", "end"),
    [
        ({"start": None}, "DTEND;VALUE=DATE:20260311"),
        ({"start": None, "end_day": "2026-03-12"}, "DTEND;VALUE=DATE:20260313"),
        ({"end_day": "2026-03-12", "end": "17:00"}, "DTEND;TZID=Europe/Paris:20260312T170000"),
        ({"end_day": "2026-03-12"}, "DTEND;TZID=Europe/Paris:20260313T000000"),
        ({"end_day": "2026-03-10", "end": "21:00"}, "DTEND;TZID=Europe/Paris:20260310T210000"),
        ({"end_day": "2026-03-01", "end": "21:00"}, "DTEND;TZID=Europe/Paris:20260310T210000"),
    ],
)
def test_the_end_is_never_part_of_the_meeting(changes: dict[str, Any], end: str):
    assert end in event(meeting(**changes))


def test_the_last_day_that_python_knows_has_no_end():
    written = event(meeting(day="9999-12-31", start=None, end_day="9999-12-31"))
    assert "DTSTART;VALUE=DATE:99991231" in written
    assert not [line for line in written if line.startswith("DTEND")]


@pytest.mark.parametrize(
    ("status", "word", "summary", "transparent"),
    [
        ("confirmé", "CONFIRMED", "Réunion plénière", False),
        ("annulé", "CANCELLED", "ANNULÉ\u00a0: Réunion plénière", True),
        ("reporté", "TENTATIVE", "REPORTÉ\u00a0: Réunion plénière", True),
    ],
)
def test_a_status_is_told_twice(status: str, word: str, summary: str, *, transparent: bool):
    written = event(meeting(status=status, sequence=3))
    assert f"STATUS:{word}" in written
    assert f"SUMMARY;LANGUAGE=fr:{summary}" in written
    assert ("TRANSP:TRANSPARENT" in written) is transparent
    assert "SEQUENCE:3" in written


@pytest.mark.parametrize(
    ("rule", "written"),
    [
        (Repetition("semaine", 1, None, 1, None), "RRULE:FREQ=WEEKLY;BYDAY=TU"),
        (Repetition("semaine", 2, None, None, None), "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        (
            Repetition("mois", 1, 2, 1, "2026-06-30"),
            "RRULE:FREQ=MONTHLY;UNTIL=20260630T215959Z;BYDAY=2TU",
        ),
        (
            Repetition("mois", 1, 2, 1, "2026-12-31"),
            "RRULE:FREQ=MONTHLY;UNTIL=20261231T225959Z;BYDAY=2TU",
        ),
        (Repetition("mois", 3, None, None, None), "RRULE:FREQ=MONTHLY;INTERVAL=3;BYDAY=2TU"),
        (Repetition("mois", 1, -1, 1, None), "RRULE:FREQ=MONTHLY;BYDAY=-1TU"),
    ],
)
def test_a_repetition_is_a_rule(rule: Repetition, written: str):
    assert written in event(meeting(repetition=rule))


def test_the_end_of_a_whole_day_s_repetition_is_a_day():
    written = event(meeting(start=None, repetition=Repetition("mois", 1, 2, 1, "2026-06-30")))
    assert "RRULE:FREQ=MONTHLY;UNTIL=20260630;BYDAY=2TU" in written


def test_each_exception_has_its_line_and_its_zone():
    rule = Repetition("mois", 1, 2, 1, None, ("2026-07-14", "2026-04-14", "2026-07-14"))
    assert [one for one in event(meeting(repetition=rule)) if one.startswith("EXDATE")] == [
        "EXDATE;TZID=Europe/Paris:20260414T193000",
        "EXDATE;TZID=Europe/Paris:20260714T193000",
    ]
    whole = event(meeting(start=None, repetition=rule))
    assert "EXDATE;VALUE=DATE:20260414" in whole


def test_a_meeting_off_its_rule_begins_on_the_first_day_of_the_rule():
    rule = Repetition("mois", 1, 2, 2, None)  # a Wednesday, whereas 10 March is a Tuesday
    assert "DTSTART;TZID=Europe/Paris:20260311T193000" in event(meeting(repetition=rule))


def test_a_rule_that_ended_before_it_began_is_one_meeting():
    written = event(meeting(repetition=Repetition("mois", 1, 2, 1, "2026-01-31")))
    assert "DTSTART;TZID=Europe/Paris:20260310T193000" in written
    assert not [line for line in written if line.startswith("RRULE")]


HOSTILE = {
    "title": "Plénière\r\nATTENDEE:mailto:x@y.example\nEND:VEVENT\rBEGIN:VALARM"
    "\u2028URL:x\x85A:b\0",
    "place": ("Salle\r\nRRULE:FREQ=SECONDLY", ""),
    "description": "a\r\n b\r\nATTACH:file:///etc/passwd\\nEND:VCALENDAR\x0bX:y\\",
    "categories": ("un, deux; trois\\quatre", "\r\nATTENDEE:z", " "),
    "url": "https://cq10.example/\r\nATTENDEE:mailto:z@y.example été ",
    "uid": "a\r\nORGANIZER:b@c.example",
}


def test_hostile_text_makes_no_property(libical, icaljs):
    ics = calendar.render(view(meeting(**HOSTILE), name="Agenda\r\nMETHOD:CANCEL"))
    for read in (libical, icaljs):
        found = read(ics)
        assert found.get("errors", 0) == 0, found
        (one,) = found["events"]
        assert set(one["properties"]) <= EXPECTED
        assert one["summary"] == (
            "Plénière ATTENDEE:mailto:x@y.example END:VEVENT BEGIN:VALARM URL:x A:b"
        )
        assert one["description"] == "a\n b\nATTACH:file:///etc/passwd\\nEND:VCALENDARX:y\\"
        assert one["location"] == "Salle RRULE:FREQ=SECONDLY"
        assert one["uid"] == "a ORGANIZER:b@c.example"
        assert one["url"].startswith("https://cq10.example/%20ATTENDEE:mailto:z@y.example")
    assert icaljs(ics)["name"] == "Agenda METHOD:CANCEL"
    assert icaljs(ics)["events"][0]["categories"] == ["un, deux; trois\\quatre", "ATTENDEE:z"]


@pytest.mark.parametrize(
    "written",
    [
        "C:\\Notes\\Nouveau \\n \\N \\, \\; \\\\",
        "é" * 5000,
        "œuvre, « été » ; " * 600,
        "👩‍👩‍👧‍👦🏳️‍🌈e\u0301 " * 400,
        "\\" * 10_000,
        ";,\\\n" * 2500,
        "a\n\n  b\n\tc",
        "no-break\u00a0and\u202fnarrow",
    ],
)
def test_text_comes_back_as_it_was(written: str, libical, icaljs):
    ics = calendar.render(view(meeting(description=written, title=written.replace("\n", " "))))
    for line in ics.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no character is cut
    for read in (libical, icaljs):
        (one,) = read(ics)["events"]
        assert one["description"] == written.strip()
    (parsed,) = icalendar.Calendar.from_ical(ics).events
    assert str(parsed["DESCRIPTION"]) == written.strip()


# Any character, and often those that mean something to a parser.
TEXTS = st.text() | st.text(alphabet='\\;,:\n\r"nN =é👍\t\x00\u2028', max_size=200)


@settings(max_examples=60)
@example(texts=[("\ufeff", "\ufeff", "\ufeff")])
@given(texts=st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=20))
def test_any_text_comes_back(texts: list[tuple[str, str, str]], libical):
    meetings = [
        meeting(title=title, description=description, place=(place,))
        for title, description, place in texts
    ]
    ics = calendar.render(view(*meetings))
    assert max(map(len, ics.split(b"\r\n"))) <= 75
    expected = [
        (text.one_line(title), text.plain(description).strip(), text.one_line(place))
        for title, description, place in texts
    ]
    found = libical(ics)
    assert found["errors"] == 0, found["faults"]
    for events in (
        [(one["summary"], one["description"], one["location"]) for one in found["events"]],
        [
            tuple(str(one.get(name, "")) for name in ("SUMMARY", "DESCRIPTION", "LOCATION"))
            for one in icalendar.Calendar.from_ical(ics).events
        ],
    ):
        assert [tuple(part or "" for part in one) for one in events] == expected


def test_no_fold_parts_an_escape_from_what_it_escapes():
    for width in range(40, 90):
        title = "x" * width + "\\" * 5 + "," * 5
        for line in calendar.render(view(meeting(title=title))).split(b"\r\n"):
            assert (len(line) - len(line.rstrip(b"\\"))) % 2 == 0


ZONES = [
    PARIS,
    "America/Cayenne",
    "America/Miquelon",
    "Indian/Reunion",
    "Pacific/Noumea",
    "Pacific/Marquesas",
]
MOMENTS = [
    # before, on and after both changes of 2026, and long before and after
    ("2026-03-28", "19:30"), ("2026-03-29", "01:30"), ("2026-03-29", "03:30"),
    ("2026-03-30", "19:30"), ("2026-10-24", "19:30"), ("2026-10-25", "00:30"),
    ("2026-10-25", "04:00"), ("2026-10-26", "19:30"), ("2002-07-14", "10:00"),
    ("2035-12-31", "23:59"), ("2026-03-08", "03:30"), ("2026-11-01", "00:30"),
]  # fmt: skip


@pytest.mark.parametrize("zone", ZONES)
def test_both_readers_find_the_right_moment(zone: str, libical, icaljs):
    meetings = [
        meeting(uid=f"{number}@x", day=day, start=clock)
        for number, (day, clock) in enumerate(MOMENTS)
    ]
    ics = calendar.render(view(*meetings, zone=zone))
    for read in (libical, icaljs):
        found = read(ics)
        assert found.get("errors", 0) == 0, found
        assert [one["start"] for one in found["events"]] == [
            seconds(day, clock, zone) for day, clock in MOMENTS
        ]
        assert {one["zone"] for one in found["events"]} == {zone}
        assert {one["stamp"] for one in found["events"]} == {seconds("2026-02-20", None)}


def test_both_readers_agree_with_us_on_every_kind_of_meeting(libical, icaljs):
    rule = Repetition("mois", 1, 2, 1, "2027-06-30", ("2026-04-14", "2026-11-10"))
    meetings = (
        meeting(uid="a@x", end="21:30"),
        meeting(uid="b@x", start=None),
        meeting(uid="c@x", start=None, end_day="2026-03-12"),
        meeting(uid="d@x", end_day="2026-03-12", end="17:00", status="annulé", sequence=2),
        meeting(uid="e@x", end="21:30", repetition=rule, status="reporté"),
        meeting(uid="f@x", start=None, repetition=rule),
        meeting(uid="g@x", day="2026-03-31", repetition=Repetition("mois", 1, -1, None, None)),
        meeting(uid="h@x", day="2026-03-31", repetition=Repetition("mois", 1, None, None, None)),
    )
    ends = [
        seconds("2026-03-10", "21:30"),
        seconds("2026-03-11", None),
        seconds("2026-03-13", None),
        seconds("2026-03-12", "17:00"),
        seconds("2026-03-10", "21:30"),
        seconds("2026-03-11", None),
        None,
        None,
    ]
    ics = calendar.render(view(*meetings))
    for read in (libical, icaljs):
        found = read(ics)
        assert found.get("errors", 0) == 0, found
        events = found["events"]
        assert [one["uid"] for one in events] == [one.uid for one in meetings]
        assert [one["all_day"] for one in events] == [one.start is None for one in meetings]
        assert [one["end"] for one in events] == ends
        assert [one["sequence"] for one in events] == [one.sequence for one in meetings]
        for one, ours in zip(events, meetings, strict=True):
            expected = [
                seconds(when.day, when.start) for when in occurrences(ours, until="2029-12-31")
            ]
            assert one["occurrences"] == expected


def test_the_readers_are_strict(libical, icaljs):
    good = calendar.render(view(meeting()))
    assert libical(good)["errors"] == 0
    assert libical(good.replace(b"SEQUENCE:0\r\n", b"SEQUENCE:0\r\nSEQUENCE:1\r\n"))["errors"]
    assert libical(good.replace(b"DTSTAMP:20260220T000000Z", b"DTSTAMP:hier"))["errors"]
    with pytest.raises(AssertionError):
        icaljs(good.replace(b"20260310T193000", b"2026-03-10 19:30"))


def test_an_empty_calendar_is_one(libical, icaljs):
    ics = calendar.render(view(url=None, description="", name=""))
    assert libical(ics) == {"errors": 0, "faults": [], "events": []}
    assert icaljs(ics)["events"] == []
    assert b"DESCRIPTION" not in ics
    assert b"URL" not in ics


def test_a_zone_without_rules_is_refused():
    with pytest.raises(ValueError, match="Africa/Casablanca"):
        calendar.render(view(meeting(), zone="Africa/Casablanca"))


def test_the_same_view_gives_the_same_bytes_in_another_process():
    script = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from cq.site.feeds.entries import *; from cq.site.feeds import calendar\n"
        "rule = Repetition('mois', 1, 2, 1, None, ('2026-04-14', '2026-05-12'))\n"
        "one = Meeting('a@b', 0, '2026-01-01', 'É', '2026-03-10', None, '19:30', '21:00', ('M',),"
        " 'annulé', ('x', 'y'), 'd', 'https://c.example/', rule)\n"
        "sys.stdout.buffer.write(calendar.render(CalendarView('u', 'n', 'd', 'Europe/Paris',"
        " (one,))))\n"
    )
    root = calendar.__file__.rpartition("/cq/")[0]
    found = {
        subprocess.run(
            [sys.executable, "-c", script, root],
            env={"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONUTF8": "1"},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("0", "UTC"), ("1", "America/New_York"))
    }
    assert len(found) == 1
    assert b"BEGIN:VEVENT" in found.pop()


def test_a_view_has_a_digest_that_survives_the_ledger():
    whole = view(meeting(repetition=Repetition("mois", 1, 2, 1, None, ("2026-04-14",))))
    listed = [list(part) if isinstance(part, tuple) else part for part in whole]
    assert digest.of_value(whole) == digest.of_value(listed)
    assert digest.of_value(whole) != digest.of_value(view(meeting(sequence=1)))


def test_a_meeting_of_several_calendars_is_written_once():
    calendar._event.cache_clear()
    ours = tuple(meeting(uid=f"{number}@x") for number in range(20))
    quartier, everything = view(*ours[:10]), view(*ours)
    calendar.render(quartier)
    calendar.render(everything)
    assert calendar._event.cache_info().misses == 20
    assert calendar._event.cache_info().hits == 10


def test_lines_are_cut_at_the_width_and_not_before():
    ics = calendar.render(view(meeting(description="a" * 10_000)))
    folded = [line for line in ics.split(b"\r\n") if re.fullmatch(b" a+", line)]
    assert {len(line) for line in folded[:-1]} == {75}


def test_a_day_later_is_another_stamp_only():
    before, after = (event(meeting(stamp=stamp)) for stamp in ("2026-02-20", "2026-02-21"))
    assert set(before) ^ set(after) == {"DTSTAMP:20260220T000000Z", "DTSTAMP:20260221T000000Z"}
