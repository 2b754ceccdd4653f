"""`cq agenda`: which day of a meeting is shown, and to whom."""

from dataclasses import replace

import pytest

from cq.agenda.rows import KEYS, is_month, meetings
from cq.content.item import EventFacts, Item, Repetition
from cq.content.model import Community, Content

TODAY = "2026-03-01"
DANUBE = Community("quartier", "danube", "quartiers/danube", "Danube", ())
CONTENT = Content(
    site={"id": "x"}, items=(), quartiers=(DANUBE,), groups=(), team=(), blobs={}, records=(),
    today=TODAY,
)  # fmt: skip
WEEKLY = Repetition("semaine", None, None, None)


def event(
    day: str, *, end_day: str | None = None, again: Repetition | None = None, space: str = "public"
) -> Item:
    facts = EventFacts(
        "19:00", None, end_day, "Mairie", "", "", "autre", "confirmé", 0, again, (), ()
    )
    home = "" if space == "public" else DANUBE.home
    return Item(
        f"agenda/{day}", "event", f"content/agenda/{day}.md", space, home, f"agenda/{day}/", day,
        "", "k", day=day, event=facts,
    )  # fmt: skip


def days(*items: Item, month: str | None = None, past: bool = False) -> list[object]:
    found = meetings(replace(CONTENT, items=items), None, month=month, past=past)
    assert all(tuple(one) == KEYS for one in found.rows)
    return [one["date"] for one in found.rows]


def test_today_is_to_come_and_yesterday_was() -> None:
    items = event("2026-02-28"), event("2026-03-02"), event(TODAY)
    assert days(*items) == [TODAY, "2026-03-02"]
    assert days(*items, past=True) == ["2026-02-28"]


def test_what_lasts_is_to_come_until_its_last_day() -> None:
    items = event("2026-02-20", end_day=TODAY), event("2026-02-19", end_day="2026-02-28")
    assert days(*items) == ["2026-02-20"]
    assert days(*items, past=True) == ["2026-02-19"]
    assert days(*items, month="2026-03") == ["2026-02-20"]


def test_a_repeated_meeting_stands_once_and_in_a_month_each_time() -> None:
    weekly = event("2026-02-05", again=WEEKLY)
    assert days(weekly) == ["2026-03-05"]
    assert days(weekly, past=True) == ["2026-02-26"]
    assert days(weekly, month="2026-02") == [f"2026-02-{day}" for day in ("05", "12", "19", "26")]
    assert days(weekly, month="2026-01") == []


def test_a_meeting_of_the_first_days_is_no_endless_one() -> None:
    old = event("0001-01-01", end_day="9999-12-31", again=WEEKLY)
    assert days(old) == ["0001-01-01"]
    assert days(event("0001-01-01", again=WEEKLY)) == ["2026-03-02"]


def test_a_public_log_counts_private_ones() -> None:
    content = replace(CONTENT, items=(event("2026-03-02"), event("2026-03-03", space="q-danube")))
    found = meetings(content, None, veiled=True)
    assert [one["date"] for one in found.rows] == ["2026-03-02"]
    assert found.veiled == 1
    assert len(meetings(content, DANUBE).rows) == 1


@pytest.mark.parametrize("text", ["2026-3", "2026-00", "2026-13", "0000-01", "mars", "2026-03-01"])
def test_a_month_is_a_year_and_a_month(text: str) -> None:
    assert not is_month(text)
    assert is_month("2026-12")
