"""`cq debate`: the file of a new débat, and the synthesis written into one that ends.

Both are read as `cq validate` would before anything is written; nothing is written here.
"""

import datetime
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from cq.content.links import WANTED, of_reference
from cq.content.model import Content
from cq.content.parsed import Parsed
from cq.content.text import encode
from cq.content.types import paragraphs
from cq.diagnostic import Severity
from cq.french.read_date import read_date
from cq.scaffold import NotMade
from cq.scaffold.item import New, Wish, faults, kind_named, new, read
from cq.terminal import printable

_EMPTY = re.compile(r"^synth[eè]se[ \t]*:[ \t]*\n", re.MULTILINE | re.IGNORECASE)
_MOST = 100_000  # bytes of a synthesis


class Plan(NamedTuple):
    """What a new débat says beside its title; names of meetings and of the dossier as typed."""

    phases: tuple[tuple[str, datetime.date, datetime.date], ...]
    meetings: tuple[str, ...] = ()
    dossier: str = ""


def phase(written: str) -> tuple[str, datetime.date, datetime.date]:
    """« Recueil=2026-03-10..2026-04-30 ». Raises NotMade."""
    name, sign, days = written.rpartition("=")
    first, dots, last = days.partition("..")
    if not sign or not dots or not name.strip():
        raise NotMade('--phase s’écrit : --phase "Recueil des arguments=2026-03-10..2026-04-30"')
    start, end = _day(first), _day(last)
    if end < start:
        raise NotMade(f"--phase : « {printable(name.strip())} » finirait avant de commencer")
    return name.strip(), start, end


def _day(text: str) -> datetime.date:
    reading = read_date(text.strip())
    if reading.value is None:
        raise NotMade("\n".join((f"--phase : {reading.message}", *reading.hints)))
    return reading.value


def asked(
    wish: Wish, plan: Plan, today: datetime.date, ask: Callable[[str, str], str]
) -> tuple[Wish, Plan]:
    """What no option has said, asked of a person (`ask`: the words, the default)."""
    if not wish.title:
        wish = replace(wish, title=ask("La question du débat", ""))
    if not (wish.quartier or wish.group):
        words = "Quartier (nom de son dossier ; vide : l’arrondissement)"
        wish = replace(wish, quartier=ask(words, ""))
    phases = list(plan.phases)
    while not plan.phases:
        words = "Nom d’une phase (vide : c’est tout)" if phases else "Nom de la première phase"
        name = ask(words, "" if phases else "Recueil des arguments").strip()
        if not name:
            break
        start = phases[-1][2] + datetime.timedelta(1) if phases else today
        first = ask("Son premier jour", start.isoformat())
        last = ask("Son dernier jour", (start + datetime.timedelta(30)).isoformat())
        phases.append(phase(f"{name}={first}..{last}"))
    meetings = plan.meetings or tuple(
        ask("Rencontres déjà connues (noms des fichiers, séparés par des espaces)", "").split()
    )
    return wish, plan._replace(phases=tuple(phases), meetings=meetings)


def opened(root: Path, content: Content, wish: Wish, plan: Plan, today: datetime.date) -> New:
    """The file of a new débat. Raises NotMade."""
    if not wish.title.strip():
        raise NotMade('de quoi débat-on ? ajoutez : --titre "Que faire du quai ?"')
    phases = plan.phases or (("Recueil des arguments", today, today + datetime.timedelta(30)),)
    made = new(root, kind_named("debat"), wish, today)
    lines = [f"titre: {_quoted(wish.title)}"]
    if plan.dossier:
        lines.append(f"dossier: {_quoted(plan.dossier)}")
    lines.append("phases:")
    for name, start, end in phases:
        lines += (f"  - nom: {_quoted(name)}", f"    debut: {start}", f"    fin: {end}")
    if plan.meetings:
        lines.append(f"rencontres: [{', '.join(map(_quoted, plan.meetings))}]")
    header = "\n".join(lines)
    made = made._replace(text=f"---\n{header}\n---\n\nÀ compléter : de quoi il s’agit.\n")
    _known(content, read(made.path, made.text.encode()))
    return made


def _known(content: Content, parsed: Parsed) -> None:
    """Every meeting and dossier that the new file names exists. Raises NotMade."""
    errors = [one.message for one in parsed.found if one.severity is Severity.ERROR]
    if parsed.item is None or errors:
        raise NotMade("\n".join(map(printable, errors)) or "ce débat ne pourrait pas être lu")
    for one in parsed.item.references:
        wanted = WANTED.get(one.field)
        found = of_reference(content, parsed.item, one.field, one.target)
        if wanted and (found.item is None or found.item.kind != wanted):
            what = "deux pages portent" if found.state == "ambiguous" else "rien ne porte"
            raise NotMade(
                f"{one.field} : {what} le nom « {printable(one.target)} »\n"
                "écrivez le nom d’un fichier du site, sans « .md »"
            )


def concluded(data: bytes, path: PurePosixPath, words: str) -> bytes:
    """The bytes of a débat's file with `words` as its synthesis. Raises NotMade."""
    text = paragraphs(words)
    if not text:
        raise NotMade("la synthèse est vide")
    if len(text.encode()) > _MOST:
        raise NotMade("la synthèse est trop longue pour un en-tête : mettez-en le détail en page")
    raw = data.decode("utf-8", "replace").removeprefix("\ufeff")
    raw = raw.replace("\r\n", "\n").replace("\r", "\n")
    before = read(path, data)
    end = raw.find("\n---\n", 3) + 1
    if not raw.startswith("---\n") or not end or before.item is None or before.item.debate is None:
        raise NotMade(f"{path} : son en-tête ne se lit pas bien ; voyez cq validate {path}")
    if before.item.debate.synthesis:
        raise NotMade(f"{path} a déjà une synthèse : changez-la dans le fichier")
    header = _EMPTY.sub("", raw[:end])
    block = "".join(f"  {line}\n" if line else "\n" for line in text.split("\n"))
    new = encode(f"{header}synthese: |\n{block}{raw[end:]}", data)
    after = read(path, new)
    if not _same(before, after, text):
        raise NotMade(f"{path} ne peut pas être complété sans risque ; ajoutez la clé synthese")
    return new


def _same(before: Parsed, after: Parsed, text: str) -> bool:
    """Whether the synthesis is all that changed."""
    if after.item is None or after.item.debate is None or after.item.debate.synthesis != text:
        return False
    old, new = json.loads(before.fields), json.loads(after.fields)
    new.pop("synthese", None)
    old.pop("synthese", None)
    return old == new and before.body == after.body and faults(after) <= faults(before)


def _quoted(text: str) -> str:
    """Any text as one YAML value on its line."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)
