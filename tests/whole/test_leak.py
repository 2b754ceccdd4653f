"""Nothing private reaches anything under build/: words planted in every private field.

A control build of the same words in public shows that the search sees what is there.
"""

import base64
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import printed
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from cq.content.kinds import KINDS
from cq.site.tree import tree_hash

Site = Callable[[str], Path]

# Fields whose value is checked to be something else than free text; None: the field's own example.
_GIVEN = {
    "date": "2026-10-0{n}", "maj": "2026-10-02", "publie_le": "2026-10-01", "expire": "2027-12-31",
    "debut": "19:30", "fin": "21:00", "date_fin": "2026-12-31", "revision": "1",
    "brouillon": "non", "glossaire": "oui",
    "fichier": "{word}.pdf", "version_accessible": "{word}.pdf",
    "anciennes_adresses": "[{word}-ancienne]", "pmr": "oui", "etat": "en-cours",
    "depuis": "2026-09-30", "echeance": "2026-12-31", "posee_le": "2026-10-0{n}",
    "historique_depuis": "2026-09-30",
    "origine": "papier", "jusqua": "2027-12-31", "consentement": "2026-01-01",
    "courriel": "contact@{word}.example", "adresse": "contact@{word}.example",
    "courriels": "contact@{word}.example", "telephone": "{phone}",
    "statut": "confirmé", **dict.fromkeys(("type", "role", "archives")),
    "evenement": "{event}", "discute_a": "[{event}]", "rencontres": "[{event}]",
    "document": "{document}", "documents": "[{document}]", "compte_rendu": "{document}",
    "dossier": "{dossier}", "dossiers": "[{dossier}]", "repond_a": "{argument}-avant",
    "quartiers": "[un]", "quartier": "un", "groupes": "[canal]",
}  # fmt: skip
# Days and choices alone; and what cannot stand beside its other half.
_LEFT_OUT = {"repetition", "groupe"}


class Planter:
    """Hands out words and numbers that stand nowhere else, and remembers them."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.names: dict[str, str] = {}  # of the planted file of each kind, without its suffix

    def word(self) -> str:
        self.words.append(f"zqplant{len(self.words):03d}x")
        return self.words[-1]

    def phone(self) -> str:
        """One of those that no one has."""
        self.words.append(f"019900{len(self.words):04d}")
        return self.words[-1]

    def fill(self, given: str, number: int) -> str:
        new = {one: getattr(self, one)() for one in ("word", "phone") if f"{{{one}}}" in given}
        return given.format(n=number % 9 + 1, **new, **self.names)


def front_matter(model: type[BaseModel], planter: Planter, number: int) -> Iterator[str]:
    """Every key of a model, with a planted word wherever text may stand."""
    for name, field in model.model_fields.items():
        key = field.alias or name
        if key in _LEFT_OUT:
            continue
        given = _GIVEN.get(key, "{word}")
        if name == "by" and model.__name__ == "StepFields":  # a choice here, a function elsewhere
            given = "conseil"
        if given is None:
            yield f"{key}: {field.examples[0]}"
            continue
        nested, several = _nested(field)
        if nested is not None:
            yield f"{key}:"
            keys = {"debut": "2026-10-01", "fin": "2026-10-31"} if name == "phases" else {}
            for number_, line in enumerate(front_matter(nested, planter, number)):
                start = "  - " if several and not number_ else "    " if several else "  "
                own = line.partition(":")[0]
                yield start + (
                    f"{own}: {keys[own]}" if own in keys else line.replace(".pdf", ".png")
                )
        else:
            yield f"{key}: " + planter.fill(given, number)


def _nested(field: FieldInfo) -> tuple[type[BaseModel] | None, bool]:
    """The model of a key that holds keys, and whether it is a list of them."""
    several = getattr(field.annotation, "__origin__", None) is tuple
    for one in (field.annotation, *getattr(field.annotation, "__args__", ())):
        if isinstance(one, type) and issubclass(one, BaseModel):
            return one, several
    return None, False


def plant(root: Path, folder: str, planter: Planter) -> None:
    """One item of every kind in `content/<folder>`, words in keys, text, names and files."""
    kinds = [kind for kind in KINDS if kind.file is None]
    for number, kind in enumerate(kinds):
        dated = f"2026-10-0{number % 9 + 1}-" if kind.dated else ""
        planter.names[kind.name] = f"{dated}{planter.word()}"
    for number, kind in enumerate(kinds):
        name = planter.names[kind.name]
        word = name.rpartition("-")[2]
        place = root / "content" / folder / kind.folder
        if kind.below:
            place = next(place.glob("*.md")).with_suffix("") / kind.below  # beside its débat
        place.mkdir(parents=True, exist_ok=True)
        lines = list(front_matter(kind.model, planter, number))
        if kind.name == "argument":  # it answers another one
            own = "\n".join(one for one in lines if one.startswith(("type:", "date:", "origine:")))
            (place / f"{name}-avant.md").write_text(f"---\n{own}\n---\n\n# Avant\n", "utf-8")
        if kind.suffix == ".yml":
            (place / f"{name}.yml").write_text("\n".join(lines) + "\n", "utf-8")
            continue
        text = (
            f"# {planter.word()}\n\n{planter.word()} [{planter.word()}](#{planter.word()})\n\n"
            f"![{planter.word()}]({word}.png)\n\n<!-- {planter.word()} -->\n\n"
            f"```\n{planter.word()}\n```\n\n[^{planter.word()}]: {planter.word()}\n"
        )
        (place / f"{name}.md").write_text("---\n" + "\n".join(lines) + f"\n---\n\n{text}", "utf-8")
        (place / f"{word}.png").write_bytes(_PNG + planter.word().encode())
        for line in lines:
            match = re.search(r"zqplant\w+\.(pdf|png)$", line)
            if match:
                word = planter.word()
                said = _PNG + word.encode() if match[1] == "png" else printed.pdf(word)
                (place / match[0]).write_bytes(said)
    (root / "content" / folder / "index.md").write_text(f"# {planter.word()}\n", "utf-8")
    for kind in KINDS:
        if kind.private:
            first, *others = front_matter(kind.model, planter, 0)
            text = "\n  ".join((f"- {first}", *others)) + "\n"
            (root / "content" / folder / str(kind.file)).write_text(text, "utf-8")


def communities(root: Path) -> None:
    for path, text in {
        "quartiers/un/quartier.yml": "nom: Quartier Un\n",
        "groupes/canal/groupe.yml": "nom: Canal\ntype: commission\n",
    }.items():
        file = root / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


def written(word: str) -> list[bytes]:
    """The forms in which a planted word, or the digits of a planted number, may stand."""
    forms = [word.encode(), word.encode("utf-16-le"), base64.b64encode(word.encode())[:-2]]
    if word.isdigit():
        pairs = re.findall("..", word)
        pairs[0] = pairs[0][1]  # +33 1 …
        forms += [sign.join(pairs).encode() for sign in ("", " ", "\u00a0", "\u202f", ".", "-")]
    return forms


def traces(folder: Path, words: list[str]) -> dict[str, list[str]]:
    """The words that stand in any file or file name below `folder`, in a few encodings."""
    found: dict[str, list[str]] = {}
    for file in folder.rglob("*"):
        data = file.name.encode() + b"\n" + (file.read_bytes() if file.is_file() else b"")
        low = data.lower()
        for word in words:
            forms = written(word)
            if any(form in data or form.lower() in low for form in forms):
                found.setdefault(word, []).append(str(file.relative_to(folder)))
    return found


def test_no_private_word_is_under_build(site: Site, run_cq) -> None:
    root = site("minimal")
    communities(root)
    planter = Planter()
    for folder in ("prive", "quartiers/un/prive", "groupes/canal/prive"):
        plant(root, folder, planter)
    assert len(planter.words) > 100
    done = run_cq("build", "--root", root, "--public-only", today="2026-11-21")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (root / "build" / "site" / "quartiers" / "un" / "index.html").is_file()
    assert traces(root / "build", planter.words) == {}
    # a second build, in which only private files change, leaves no trace either
    for file in (root / "content").rglob("prive/**/*.md"):
        file.write_text(file.read_text("utf-8") + f"\n{planter.word()}\n", "utf-8")
    done = run_cq("build", "--root", root, "--public-only", today="2026-11-21")
    assert done.returncode == 0, done.stdout + done.stderr
    assert traces(root / "build", planter.words) == {}


def test_the_public_site_is_the_same_without_private_files(site: Site, run_cq) -> None:
    """A day, an hour, a role or a number of items is no word to look for. Nothing of them counts:
    not one byte of the site differs.
    """
    root = site("minimal")
    communities(root)
    planter = Planter()
    folders = ("prive", "quartiers/un/prive", "groupes/canal/prive")
    for folder in folders:
        plant(root, folder, planter)

    def made() -> str:
        done = run_cq("build", "--root", root, "--public-only", "--clean", today="2026-11-21")
        assert done.returncode == 0, done.stdout + done.stderr
        return tree_hash(root / "build" / "site")

    before = made()
    for folder in folders:
        shutil.rmtree(root / "content" / folder)
    assert made() == before


def test_the_same_words_in_public_are_seen(site: Site, run_cq) -> None:
    """The control: the search above would see them."""
    root = site("minimal")
    communities(root)
    planter = Planter()
    plant(root, "quartiers/un", planter)
    for name in ("contacts.yml", "conseillers.yml"):
        (root / "content" / "quartiers" / "un" / name).unlink()
    shutil.rmtree(root / "build", ignore_errors=True)
    done = run_cq("build", "--root", root, today="2026-11-21")
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(traces(root / "build" / "site", planter.words)) > len(planter.words) // 2


def test_a_list_of_people_in_public_is_refused_and_never_quoted(site: Site, run_cq) -> None:
    root = site("minimal")
    communities(root)
    planter = Planter()
    for kind in (kind for kind in KINDS if kind.private):
        first, *others = front_matter(kind.model, planter, 0)
        text = "\n  ".join((f"- {first}", *others)) + "\n"
        for folder in (".", "quartiers/un", "groupes/canal"):
            # Sound, and too broken to be read.
            (root / "content" / folder / str(kind.file)).write_text(text, "utf-8")
            (root / "content" / folder / str(kind.file).upper()).write_text(f"{text}: [", "utf-8")
    for form in ("human", "short", "json", "github"):
        for env in ({}, {"CI": "true"}):
            done = run_cq("validate", "--root", root, "--format", form, env=env)
            assert done.returncode == 1
            assert "private-list" in done.stdout
            assert not [word for word in planter.words if word in done.stdout + done.stderr]
    assert run_cq("build", "--root", root).returncode != 0
    assert traces(root / "build", planter.words) == {}


_PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJg"
    "gg=="
)
