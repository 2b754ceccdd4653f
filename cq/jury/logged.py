"""The journal of a draw, brought up to its files: a kill between two of them leaves a line out.

Files come first and their line last, so that what lacks can be told from the files alone.
"""

from collections.abc import Iterator

from cq.draw import canon, page
from cq.draw.transcript import commitment
from cq.jury.folders import JOURNAL, Entry, Folders


def caught_up(folders: Folders, day: str) -> None:
    """Write the lines that the journal lacks. Raises BadFile or OSError."""
    lines = tuple(missing(folders, day))
    if lines:
        folders.publish_together({JOURNAL: folders.noted(*lines)})


def missing(folders: Folders, day: str) -> Iterator[Entry]:
    """The lines of steps that have their files."""
    files, journal = folders.files(), folders.journal()
    steps = {one.step for one in journal}
    if "commitment.json" in files and "engagement" not in steps:
        shown = folders.public / page.NAME
        if "page" not in steps and shown.is_file():
            yield Entry(day, "page", page.fingerprint(shown.read_bytes()), page.NAME)
        promise = commitment(canon.read(files["commitment.json"]))
        yield Entry(day, "engagement", promise.digest().hex())
    if "transcript.json" not in files:
        return
    said = canon.read(files["transcript.json"])
    if not isinstance(said, dict) or not isinstance(said.get("events"), list):
        return  # no transcript: `verify` says it
    if "tirage" not in steps:
        yield Entry(day, "tirage", str(said.get("seed", "")))
    told = [one.fingerprint for one in journal if one.step.startswith("remplacement")]
    done = [canon.digest("event", canon.canonical(one)).hex() for one in said["events"]]
    # What the journal has and the files have not is no line that lacks: `verify` says it.
    if told == done[: len(told)]:
        for number, digest in enumerate(done[len(told) :], len(told) + 1):
            yield Entry(day, f"remplacement {number}", digest)
