"""Every calendar of the demo site, read by two programs that share nothing with ours."""

from pathlib import Path


def test_both_readers_take_every_calendar_of_the_demo(built: Path, libical, icaljs) -> None:
    files = sorted(built.rglob("*.ics"))
    events = [file for file in files if file.name == "evenement.ics"]
    calendars = [file for file in files if file.name == "agenda.ics"]
    assert len(events) > 20
    assert len(calendars) == 1 + 6 + 2  # for all, each quartier, each groupe
    for file in (*calendars, *events[:3]):
        theirs, others = libical(file.read_bytes()), icaljs(file.read_bytes())
        assert theirs["errors"] == 0, (file, theirs["faults"])
        starts = [sorted(one["start"] for one in read["events"]) for read in (theirs, others)]
        assert starts[0] == starts[1], file


def test_one_event_is_one_uid_in_every_calendar(built: Path) -> None:
    """An event has its own file, and stands once for its community and once for all."""

    def uids(file: Path) -> list[str]:
        blocks = file.read_text("utf-8").split("BEGIN:VEVENT")[1:]
        return [block.partition("UID:")[2].splitlines()[0] for block in blocks]

    own = [uid for file in built.rglob("evenement.ics") for uid in uids(file)]
    everything = uids(built / "agenda.ics")
    assert sorted(own) == sorted(everything)
    assert len(set(everything)) == len(everything)
    for calendar in built.glob("quartiers/*/agenda.ics"):
        assert set(uids(calendar)) < set(everything)
    assert "URL:https://" in (built / "agenda.ics").read_text("utf-8")
