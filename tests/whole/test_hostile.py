"""What pages say is shown as words, wherever it is shown; and what they name is found."""

import html.parser
import re
from collections.abc import Callable
from pathlib import Path
from xml.dom import minidom

Site = Callable[[str], Path]

# Every way out of an attribute, an element, a template, a calendar's or a table's line.
WORDS = (
    "\"><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}{% raw %}]]>&'\\n"
    "BEGIN:VEVENT\\, =cmd|x"
)
QUOTED = "'" + WORDS.replace("'", "''") + "'"


def put(root: Path, path: str, text: str | bytes) -> None:
    file = root / "content" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)


_ACTING = {"script", "iframe", "object", "embed", "form"}


def ours(tag: str, attrs: dict[str, str | None]) -> bool:
    """Data for machines, which no browser runs; the scripts of the search, by their names; its
    forms and that of « quel est mon quartier ? ».
    """
    if tag == "script" and "src" in attrs:
        return (
            re.fullmatch(r"(?:\.\./)*theme/recherche(?:-moteur)?\.js", attrs["src"] or "")
            is not None
        )
    if tag == "script" and attrs.get("type") == "application/ld+json":
        return "src" not in attrs
    leads = (attrs.get("action") or "recherche/index.html").endswith("recherche/index.html")
    return tag == "form" and leads and "recherche" in (attrs.get("class") or "").split()


class Reader(html.parser.HTMLParser):
    """Gathers what acts, or leads to what acts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if (tag in _ACTING and not ours(tag, dict(attrs))) or ("src", "x") in attrs:
            self.found.append(tag)
        for name, value in attrs:
            acts = re.match(r"\s*(?:javascript|data|vbscript):", value or "", re.IGNORECASE)
            if name.startswith("on") or (acts and name != "alt"):
                self.found.append(f"{tag} {name}={value}")


def test_no_word_of_the_content_acts_anywhere(site: Site, run_cq) -> None:
    root = site("minimal")
    common = f"titre: {QUOTED}\nresume: {QUOTED}\nmots_cles: [{QUOTED}]\n"
    put(
        root,
        "site.yml",
        f"nom: {QUOTED}\nid: {QUOTED}\n"
        f"arrondissement: {{numero: 10, nom: {QUOTED}, code_insee: {QUOTED}, "
        f"code_postal: {QUOTED}}}\n"
        f"adresse_web: 'https://x.example/p\"q/<i>/'\n"
        f"editeur: {{nom: {QUOTED}, adresse: {QUOTED}}}\n"
        f"directeur_publication: {QUOTED}\nlicence: {QUOTED}\ncontact: contact@x.example\n"
        f"depot: {{adresse: 'https://x.example/{{0.__class__}}{{}}', branche: {QUOTED}, "
        "public: oui}\n",
    )
    put(
        root,
        "equipe.yml",
        f"- id: a\n  nom: {QUOTED}\n  fonction: {QUOTED}\n  consentement: 2026-01-01\n",
    )
    put(root, "quartiers/q/quartier.yml", f"nom: {QUOTED}\nnumero: 3\n")
    put(root, "quartiers/q/index.md", "Texte.\n")
    put(root, "groupes/g/groupe.yml", f"nom: {QUOTED}\ntype: commission\nobjet: {QUOTED}\n")
    put(
        root,
        "agenda/2026-12-01-e.md",
        f"---\n{common}lieu: {{nom: {QUOTED}, adresse: {QUOTED}, acces: {QUOTED}}}\ndebut: 19:30\n"
        f"ordre_du_jour: [{QUOTED}]\npoints_au_vote: [{QUOTED}]\n"
        "repetition: {chaque: mois, rang: 1}\n---\nTexte.\n",
    )
    put(
        root,
        "documents/d.md",
        f"---\n{common}fichier: d.csv\ndate: 2026-01-01\ntype: plan\nlangue: {QUOTED}\n"
        f"credit: {QUOTED}\nlicence: {QUOTED}\nevenement: 2026-12-01-e\n---\nTexte.\n",
    )
    put(root, "documents/d.csv", "a,b\n")
    put(root, "wiki/w.md", f"---\n{common}---\n[[w|{WORDS.replace('<img', '<b')}]]\n")
    put(root, "actualites/2026-01-01-a.md", f"---\n{common}auteur: a\n---\nTexte.\n")
    done = run_cq("build", "--root", root)
    assert done.returncode == 0, done.stdout
    pages = 0
    for file in (root / "build" / "site").rglob("*"):
        if file.suffix == ".html":
            reader = Reader()
            reader.feed(file.read_text("utf-8"))
            assert not reader.found, file
            assert "alert(2)" in file.read_text("utf-8"), file
            pages += 1
        elif file.suffix in {".atom", ".xml"}:
            minidom.parseString(file.read_bytes())  # noqa: S318 - our own feed
        elif file.suffix == ".ics":
            begun = [
                line for line in file.read_bytes().split(b"\r\n") if line.startswith(b"BEGIN:")
            ]
            assert begun.count(b"BEGIN:VEVENT") == (
                0 if "quartiers" in str(file) or "groupes" in str(file) else 1
            )
    assert pages > 20


def test_a_picture_of_another_folder_is_shown(site: Site, run_cq) -> None:
    root = site("minimal")
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/></svg>'
    )
    put(root, "documents/plan.svg", drawing)
    put(
        root,
        "actualites/2026-02-20-a.md",
        "---\ntitre: A\nimage: {fichier: ../documents/plan.svg, alt: Le plan}\n---\nTexte.\n",
    )
    assert run_cq("build", "--root", root).returncode == 0
    assert (root / "build" / "site" / "documents" / "plan.svg").is_file()


def test_a_weekly_meeting_of_long_ago_is_still_in_this_month(site: Site, run_cq) -> None:
    root = site("minimal")
    put(
        root,
        "agenda/2009-01-06-permanence.md",
        "---\ntitre: Permanence\nlieu: Ici\ndebut: 19:00\n"
        "repetition: {chaque: semaine}\n---\nTexte.\n",
    )
    assert run_cq("build", "--root", root).returncode == 0
    month = root / "build" / "site" / "agenda" / "2026-03" / "index.html"
    assert month.read_text("utf-8").count("Permanence") >= 5
