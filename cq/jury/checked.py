"""A draw's public folder, verified whole: the five lights, and what stands around them.

Any folder will do, of a site or not. Beside the five files it may hold the journal, which says what
was announced and how many replacements there were, and the page that verifies in a browser.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from cq.content import logbook
from cq.draw import canon, page
from cq.draw.transcript import NAMES, commitment, stage_of
from cq.draw.verify import Verdict, verified
from cq.jury.folders import Entry, Folders, Refused
from cq.jury.signature import signed
from cq.terminal import one_line

_MOST_SIBLINGS = 1_000
_MOST_READ = 256_000_000  # bytes of all of them: beyond, --previous says which it is
_MOST = 17_000_000  # bytes of a transcript of a first stage, or of a page: no good one has as many


class Checked(NamedTuple):
    """The verdict, and what the journal and the page say against it, in sentences."""

    verdict: Verdict
    against: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def good(self) -> bool:
        return self.verdict.good and not self.against


def of(
    folder: Path,
    fingerprint: str = "",
    previous: Path | None = None,
    table: Mapping[str, bytes] | None = None,
) -> Checked:
    """What the public files in `folder` are worth, with the `table` of sealed types by its name
    where there is one. Raises Refused or OSError.
    """
    folders = Folders(folder.name, folder, folder)
    files = folders.files()
    if not files:
        raise Refused(f"{one_line(folder)} n’a aucun des fichiers d’un tirage ({', '.join(NAMES)})")
    first = _given(previous) if previous else _sibling(folder, files.get("commitment.json", b""))
    verdict = verified(
        {**files, **(table or {})}, signed=signed, fingerprint=fingerprint, previous=first
    )
    try:
        journal = folders.journal()
    except canon.BadFile as fault:
        return Checked(verdict, (f"Le journal ne dit rien : {fault}.",), ())
    seen = _seen(folder)
    against = (*_journal(journal, verdict, files), *_page(journal, seen))
    return Checked(verdict, against, tuple(_notes(journal, seen)))


def _seen(folder: Path) -> str:
    """The fingerprint of the page that lies in the folder; "" for none."""
    path = folder / page.NAME
    if not path.is_file():
        return ""
    with path.open("rb") as stream:
        return page.fingerprint(stream.read(_MOST))


def _given(previous: Path) -> bytes:
    path = previous / "transcript.json" if previous.is_dir() else previous
    if not path.is_file():
        raise Refused(f"{one_line(previous)} n’a pas de transcript.json : ce n’est pas un tirage")
    with path.open("rb") as stream:
        return stream.read(_MOST)


def _sibling(folder: Path, promise: bytes) -> bytes | None:
    """The transcript of the first stage, among the folders beside this one."""
    try:
        wanted = commitment(canon.read(promise)).previous
    except canon.BadFile:
        return None
    if wanted is None:
        return None
    left = _MOST_READ
    for place in sorted(folder.resolve().parent.iterdir())[:_MOST_SIBLINGS]:
        path = place / "transcript.json"
        try:
            size = path.stat().st_size if path.is_file() else 0
            if not 0 < size <= min(_MOST, left):
                continue
            left -= size
            data = path.read_bytes()
        except OSError:
            continue
        if stage_of(data) == wanted:
            return data
    return None


def _journal(journal: list[Entry], verdict: Verdict, files: dict[str, bytes]) -> Iterator[str]:
    """Where the journal, which only grows, says something else than the files."""
    promise = verdict.promise
    announced = {one.fingerprint for one in journal if one.step == logbook.PROMISED}
    if promise is not None and announced and announced != {promise.digest().hex()}:
        yield "Le journal annonce une autre empreinte de l’engagement."
    seeds = [one.fingerprint for one in journal if one.step == logbook.DRAWN]
    if seeds and verdict.waiting:
        yield "Le journal dit que ce tirage a eu lieu : transcript.json et sources.json manquent."
    elif seeds and verdict.result is not None and seeds[-1] != verdict.result.seed.hex():
        yield "Le journal annonce une autre graine."
    told = [one.fingerprint for one in journal if one.step.startswith(logbook.REPLACED)]
    if "transcript.json" in files and verdict.result is not None:
        done = [_event_digest(one) for one in _events(files["transcript.json"])]
        if told != done[: len(told)]:
            yield "Le journal annonce des remplacements que transcript.json n’a pas, ou d’autres."
        elif journal and len(told) < len(done):
            yield "transcript.json a des remplacements que le journal ne dit pas."


def _events(transcript: bytes) -> list[object]:
    try:
        events = canon.read(transcript)["events"]
    except (canon.BadFile, KeyError, TypeError):
        return []
    return events if isinstance(events, list) else []


def _event_digest(event: object) -> str:
    return canon.digest("event", canon.canonical(event)).hex()


def _announced(journal: list[Entry]) -> str:
    """The page of the last promise."""
    return next((one.fingerprint for one in reversed(journal) if one.step == logbook.PAGE), "")


def _page(journal: list[Entry], seen: str) -> Iterator[str]:
    announced = _announced(journal)
    if announced and not seen:
        yield f"La page de vérification annoncée ({page.NAME}) manque."
    elif announced and seen != announced:
        yield f"{page.NAME} n’est plus la page annoncée avec l’engagement : ne vous y fiez pas."


def _notes(journal: list[Entry], seen: str) -> Iterator[str]:
    if seen and seen == _announced(journal):
        yield "La page de vérification est celle qui a été annoncée avec l’engagement."
    for one in journal:
        if one.step == logbook.PROMISED and one.note:
            yield f"Avec l’engagement, le journal dit : {one_line(one.note)}"
        elif one.step == logbook.CANCELLED:
            yield f"Ce tirage a été annulé le {one_line(one.day)} : {one_line(one.note)}"
        elif one.step == logbook.REFUSED:
            yield f"Le {one_line(one.day)}, refusé : {one_line(one.note)}"
