"""security.txt: RFC 9116's fields, and a day that is always to come and seldom changes."""

import datetime

from cq.site.feeds.security import SecurityView, expires, render


def test_the_file() -> None:
    view = SecurityView("mairie@essai.example", "2027-07-01T00:00:00Z", "https://essai.example/s")
    assert render(view).decode().splitlines() == [
        "Contact: mailto:mairie@essai.example",
        "Expires: 2027-07-01T00:00:00Z",
        "Preferred-Languages: fr",
        "Canonical: https://essai.example/s",
    ]


def test_an_address_cannot_add_a_line() -> None:
    made = render(SecurityView("a@b.example\nContact: x", "x", "https://c.example/\r\nHiring: y"))
    assert len(made.decode().splitlines()) == 4


def test_it_expires_in_six_to_twelve_months_and_changes_twice_a_year() -> None:
    day = datetime.date(2024, 1, 1)
    seen = set()
    while day < datetime.date(2026, 1, 1):
        end = datetime.datetime.fromisoformat(expires(day.isoformat()))
        ahead = (end.date() - day).days
        assert 180 < ahead <= 366
        seen.add(end)
        day += datetime.timedelta(days=1)
    assert len(seen) == 4
