"""The hand-written zones against what Python's own zone data says of every hour."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cq.content import zones
from cq.site.feeds.identity import atom_id, meeting_uid

SUPPORTED = [
    "Europe/Paris", "Europe/Dublin", "America/Guadeloupe", "America/Martinique",
    "America/Cayenne", "America/Miquelon", "America/New_York", "Indian/Reunion", "Indian/Mayotte",
    "Pacific/Noumea", "Pacific/Tahiti", "Pacific/Marquesas", "Pacific/Wallis", "Asia/Kathmandu",
    "Australia/Lord_Howe",
]  # fmt: skip
REFUSED = [
    "", "UTC", "Etc/UTC", "Etc/GMT+1", "Europe", "Europe/Pariss", "America/Argentina",
    "../Europe/Paris", "/etc/localtime", "Europe/Paris\r\nX:y", "Africa/Casablanca", "Asia/Gaza",
    "Europe/Paris\0", "a/" * 5000,
]  # fmt: skip


def test_paris_has_two_yearly_rules():
    written = zones.vtimezone("Europe/Paris")
    assert len(written) == 17
    assert [line for line in written if line.startswith(("DTSTART", "RRULE"))] == [
        "DTSTART:19700329T020000",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "DTSTART:19701025T030000",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    ]


@pytest.mark.parametrize("name", ["America/Cayenne", "Indian/Reunion", "Pacific/Noumea"])
def test_overseas_clocks_never_change(name: str):
    written = zones.vtimezone(name)
    assert written[2:4] == ("BEGIN:STANDARD", "DTSTART:19700101T000000")
    assert not [line for line in written if "RRULE" in line or "DAYLIGHT" in line]


@pytest.mark.parametrize("name", SUPPORTED)
def test_supported(name: str):
    assert zones.supported_zone(name)


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str):
    assert not zones.supported_zone(name)
    with pytest.raises(ValueError, match=r"zone|clocks"):
        zones.vtimezone(name)


@pytest.mark.parametrize("name", SUPPORTED)
def test_a_reader_of_the_zone_finds_every_offset(name: str, libical):
    """One meeting every 12 hours of a year, and every hour around its changes of clocks."""
    zone = ZoneInfo(name)
    moment, moments = datetime(2027, 1, 1, tzinfo=UTC), []
    while moment.year == 2027:
        near = {
            (moment + timedelta(hours=hours)).astimezone(zone).utcoffset() for hours in (-3, 0, 13)
        }
        local = moment.astimezone(zone)
        # Of an hour that exists twice, clients may take either: nobody meets at half past two.
        if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
            moments.append(moment)
        moment += timedelta(hours=1 if len(near) > 1 else 12)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *zones.vtimezone(name)]
    for number, one in enumerate(moments):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{number}",
            "DTSTAMP:20270101T000000Z",
            f"DTSTART;TZID={name}:{one.astimezone(zone):%Y%m%dT%H%M%S}",
            "END:VEVENT",
        ]
    found = libical("\r\n".join([*lines, "END:VCALENDAR", ""]).encode())
    assert found["errors"] == 0, found["faults"]
    assert [one["start"] for one in found["events"]] == [int(one.timestamp()) for one in moments]


def test_ids_stay_the_same_for_ever():
    assert meeting_uid("cq10", "agenda/a", "cq10.example") == "79a374dce25dbacc@cq10.example"
    assert meeting_uid("cq10", "agenda/a") == "79a374dce25dbacc@cq.invalid"
    assert atom_id("cq10", "agenda/a") == "urn:uuid:9be9ebad-62a1-5306-9704-753b3cc53e12"
    assert meeting_uid("cq1", "0\nagenda/a") != meeting_uid("cq10", "agenda/a")
    assert meeting_uid("\ud800", "x") != meeting_uid("", "x")
