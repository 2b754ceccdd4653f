"""Words planted in everything private: every key of every kind, texts, names of files, attachments
of every type. They stand nowhere else, so that one that is met outside is a leak and no accident.

The models themselves say which keys there are: a new kind, or a new key, is planted without a line
here, unless what may be written there is checked.
"""

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cq.audit.papers import paper
from cq.content.kind import Kind
from cq.content.kinds import KINDS
from cq.content.layout import ATTACHMENTS

# Keys whose value is checked to be something else than free text. None: the model's own example.
_GIVEN = {
    "date": "{day}", "maj": "{past}", "publie_le": "{past}", "expire": "{later}",
    "debut": "19:30", "fin": "21:00", "date_fin": "{soon}", "revision": "1",
    "brouillon": "non", "glossaire": "oui",
    "fichier": "{word}.pdf", "version_accessible": "{word}.pdf",
    "anciennes_adresses": "[{word}-ancienne]", "pmr": "oui", "etat": "en-cours",
    "depuis": "{past}", "echeance": "{soon}", "posee_le": "{day}", "historique_depuis": "{past}",
    "gel": "{past}", "engagement": "{past}", "tirage": "{day}", "contestation": "{soon}",
    "destruction": "{later}", "contact": "contact@{word}.example",
    "origine": "papier", "jusqua": "{later}", "consentement": "{past}",
    "courriel": "contact@{word}.example", "adresse": "contact@{word}.example",
    "courriels": "contact@{word}.example", "telephone": "{phone}",
    "statut": "confirmé", **dict.fromkeys(("type", "role", "archives")),
    "evenement": "{event}", "discute_a": "[{event}]", "rencontres": "[{event}]",
    "document": "{document}", "documents": "[{document}]", "compte_rendu": "{document}",
    "dossier": "{dossier}", "dossiers": "[{dossier}]", "repond_a": "{argument}-avant",
    "quartiers": "[{quartier}]", "quartier": "{quartier}", "groupes": "[{group}]",
}  # fmt: skip
# Days and choices alone; and what cannot stand beside its other half.
_LEFT_OUT = frozenset(("repetition", "groupe"))
_NAMED_FILE = re.compile(r"^\s*\w+: (\w+\.(?:pdf|png))$")


@dataclass
class Planter:
    """Hands out words and numbers that stand nowhere else, and remembers them.

    `draw` gives a new word, `call` a new telephone number; both of letters and digits that every
    name and every key may have.
    """

    draw: Callable[[], str]
    call: Callable[[], str]
    today: datetime.date
    quartier: str = ""  # that keys may name; "" for none
    group: str = ""
    words: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)  # of the planted file of each kind

    def word(self) -> str:
        self.words.append(self.draw())
        return self.words[-1]

    def phone(self) -> str:
        self.words.append(self.call())
        return self.words[-1]

    def day(self, number: int) -> str:
        return (self.today - datetime.timedelta(20 + number % 9)).isoformat()

    def fill(self, given: str, number: int) -> str | None:
        """`given` with its words; None where it would name what the site has not."""
        known = {
            "day": self.day(number),
            "past": (self.today - datetime.timedelta(40)).isoformat(),
            "soon": (self.today + datetime.timedelta(40)).isoformat(),
            "later": (self.today + datetime.timedelta(400)).isoformat(),
            **{
                name: one
                for name, one in (("quartier", self.quartier), ("group", self.group))
                if one
            },
            **self.names,
        }
        wanted = set(re.findall(r"\{(\w+)\}", given))
        new = {one: getattr(self, one)() for one in ("word", "phone") if one in wanted}
        if not wanted <= {*known, *new}:
            return None
        return given.format(**known, **new)


def front_matter(model: Any, planter: Planter, number: int) -> Iterator[str]:  # noqa: ANN401 - a model
    """Every key of a model, with a planted word wherever text may stand."""
    for name, key_field in model.model_fields.items():
        key = key_field.alias or name
        if key in _LEFT_OUT:
            continue
        given = _GIVEN.get(key, "{word}")
        if name == "by" and model.__name__ == "StepFields":  # a choice here, a function elsewhere
            given = "conseil"
        if given is None:
            yield f"{key}: {key_field.examples[0]}"
            continue
        nested, several = _nested(key_field)
        if nested is not None:
            yield f"{key}:"
            yield from _inside(nested, planter, number, several=several, phases=name == "phases")
        elif (filled := planter.fill(given, number)) is not None:
            yield f"{key}: {filled}"


def _inside(
    model: Any,  # noqa: ANN401 - a model
    planter: Planter,
    number: int,
    *,
    several: bool,
    phases: bool,
) -> Iterator[str]:
    keys: Mapping[str, str | None] = (
        {"debut": planter.fill("{past}", 0), "fin": planter.fill("{day}", 0)} if phases else {}
    )
    for place, line in enumerate(front_matter(model, planter, number)):
        start = "  - " if several and not place else "    " if several else "  "
        own = line.partition(":")[0]
        yield start + (f"{own}: {keys[own]}" if own in keys else line.replace(".pdf", ".png"))


def _nested(key_field: Any) -> tuple[Any, bool]:  # noqa: ANN401 - pydantic's
    """The model of a key that holds keys, and whether it is a list of them."""
    several = getattr(key_field.annotation, "__origin__", None) is tuple
    for one in (key_field.annotation, *getattr(key_field.annotation, "__args__", ())):
        if isinstance(one, type) and hasattr(one, "model_fields"):
            return one, several
    return None, False


def plant(root: Path, folder: str, planter: Planter) -> None:
    """One item of every kind in `content/<folder>`, words in keys, text, names and files; and a
    page with an attachment of every type.
    """
    kinds = [kind for kind in KINDS if kind.file is None]
    for number, kind in enumerate(kinds):
        dated = f"{planter.day(number)}-" if kind.dated else ""
        planter.names[kind.name] = f"{dated}{planter.word()}"
    for number, kind in enumerate(kinds):
        _item(root / "content" / folder, kind, planter, number)
    home = root / "content" / folder
    if not (home / "index.md").exists():
        (home / "index.md").write_text(f"# {planter.word()}\n", "utf-8")
    _papers(home / "wiki", planter)
    for kind in KINDS:
        if kind.private:
            first, *others = front_matter(kind.model, planter, 0)
            _append(home / str(kind.file), "\n  ".join((f"- {first}", *others)) + "\n")


def _item(home: Path, kind: Kind, planter: Planter, number: int) -> None:
    name = planter.names[kind.name]
    word = name.rpartition("-")[2]
    place = home / kind.folder
    if kind.below:
        place = place / planter.names["debate"] / kind.below  # beside its débat
    place.mkdir(parents=True, exist_ok=True)
    lines = list(front_matter(kind.model, planter, number))
    if kind.name == "argument":  # it answers another one
        own = "\n".join(one for one in lines if one.startswith(("type:", "date:", "origine:")))
        (place / f"{name}-avant.md").write_text(f"---\n{own}\n---\n\n# Avant\n", "utf-8")
    if kind.suffix == ".yml":
        (place / f"{name}.yml").write_text("\n".join(lines) + "\n", "utf-8")
        return
    text = (
        f"# {planter.word()}\n\n{planter.word()} [{planter.word()}](#{planter.word()})\n\n"
        f"![{planter.word()}]({word}.png)\n\n<!-- {planter.word()} -->\n\n"
        f"```\n{planter.word()}\n```\n\n[^{planter.word()}]: {planter.word()}\n"
    )
    (place / f"{name}.md").write_text("---\n" + "\n".join(lines) + f"\n---\n\n{text}", "utf-8")
    (place / f"{word}.png").write_bytes(paper(".png", planter.word()))
    for line in lines:
        match = _NAMED_FILE.match(line)
        if match:
            (place / match[1]).write_bytes(paper(f".{match[1].rpartition('.')[2]}", planter.word()))


def _papers(place: Path, planter: Planter) -> None:
    """A page that leads to an attachment of every type."""
    place.mkdir(parents=True, exist_ok=True)
    links = []
    for suffix in sorted(ATTACHMENTS):
        name = f"{planter.word()}{suffix}"
        (place / name).write_bytes(paper(suffix, planter.word()))
        links.append(f"- [{planter.word()}]({name})")
    text = "\n".join(links)
    (place / f"{planter.word()}.md").write_text(f"# {planter.word()}\n\n{text}\n", "utf-8")


def _append(file: Path, rows: str) -> None:
    before = file.read_text("utf-8") if file.exists() else ""
    end = "" if not before or before.endswith("\n") else "\n"
    file.write_text(f"{before}{end}{rows}", "utf-8")
