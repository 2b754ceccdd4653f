"""What machines read of the whole demo: data, feeds, JSON-LD; it stays where servers hide dots."""

import csv
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

from cq.content.links import DATA_FILES

SCRIPT = re.compile(r"<script([^>]*)>(.*?)</script>", re.DOTALL)
META = re.compile(r'<meta property="(og:[a-z_:]+)" content="([^"]*)">')


def test_every_promised_file_of_data_is_there(built: Path) -> None:
    assert not [path for path in DATA_FILES if not (built / path).is_file()]
    for file in built.glob("donnees/**/*.csv"):
        data = file.read_bytes()
        assert not data.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(data.decode().splitlines(keepends=True), strict=True))
        assert {len(row) for row in rows} == {len(rows[0])}
        assert data.count(b"\r\n") >= len(rows)
        other = json.loads(file.with_suffix(".json").read_bytes())
        assert len(other["lignes"]) == len(rows) - 1, file


def test_events_of_the_agenda_are_all_in_its_data(built: Path) -> None:
    calendar = (built / "agenda.ics").read_text("utf-8")
    with (built / "donnees" / "agenda.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert calendar.count("BEGIN:VEVENT") == len(rows) > 20
    for row in rows:
        page = row["page"].removeprefix("https://conseils10.example/")
        assert (built / page / "index.html").is_file()
        assert (built / page / "evenement.ics").is_file()


def pages(built: Path) -> Iterator[Path]:
    """All but the page that verifies a draw: one frozen file, its script inside, for all sites."""
    return (file for file in built.rglob("*.html") if file.parent.name != "verifier")


def test_a_script_in_a_page_is_data(built: Path) -> None:
    kinds: dict[str, int] = {}
    for file in pages(built):
        for attributes, text in SCRIPT.findall(file.read_text("utf-8")):
            if " src=" in attributes:  # a file of the theme
                assert not text, file
                continue
            assert attributes == ' type="application/ld+json"', file
            thing = json.loads(text)
            kinds[thing["@type"]] = kinds.get(thing["@type"], 0) + 1
            assert thing["@context"] == "https://schema.org"
    assert kinds.keys() == {"Organization", "Event", "NewsArticle", "Article", "DataCatalog"}
    assert kinds["Organization"] == 1 + 6 + 2
    assert kinds["DataCatalog"] == 1


def test_every_page_says_its_title_to_those_who_share_it(built: Path) -> None:
    base = "https://conseils10.example/"
    pictures = 0
    for file in pages(built):
        text = file.read_text("utf-8")
        if 'http-equiv="refresh"' in text:
            continue
        said = {name: html.unescape(value) for name, value in META.findall(text)}
        assert said["og:locale"] == "fr_FR", file
        assert said["og:title"], file
        canonical = re.search(r'<link rel="canonical" href="([^"]+)"', text)
        assert said.get("og:url", "") == (html.unescape(canonical[1]) if canonical else ""), file
        if "og:image" in said:
            pictures += 1
            assert (built / said["og:image"].removeprefix(base)).is_file()
            assert said["og:image:alt"]
    assert pictures


def test_each_atom_feed_has_its_json_feed_and_pages_name_both(built: Path) -> None:
    feeds = sorted(built.rglob("actualites.atom"))
    assert len(feeds) == 1 + 6 + 2
    # « Ce qui a changé » is told in Atom alone.
    assert {one.name for one in built.rglob("*.atom")} == {"actualites.atom", "nouveautes.atom"}
    for feed in feeds:
        other = json.loads(feed.with_suffix(".json").read_bytes())
        ids = re.findall(r"<entry>\n<id>(.*?)</id>", feed.read_text("utf-8"))
        assert [item["id"] for item in other["items"]] == ids
        home = (feed.parent / "index.html").read_text("utf-8")
        own = feed.with_suffix(".json").relative_to(built).as_posix()
        named = re.search(r'type="application/feed\+json" title="Actualités" href="([^"]+)"', home)
        assert named
        assert (feed.parent / named[1]).resolve() == (built / own).resolve()


def test_a_folder_with_a_dot_survives_builds(site, run_cq) -> None:
    root = site("minimal")
    file = root / "content" / "site.yml"
    file.write_text(file.read_text("utf-8") + "contact: mairie@essai.example\n", "utf-8")
    published = root / "build" / "site" / ".well-known" / "security.txt"
    for _ in range(2):
        done = run_cq("build", "--root", root)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "Contact: mailto:mairie@essai.example\n" in published.read_text("utf-8")
    published.write_text("autre chose", "utf-8")  # by hand: seen, and undone
    stray = published.parent / "autre.txt"
    stray.write_text("x", "utf-8")
    assert run_cq("build", "--root", root).returncode == 0
    assert published.read_text("utf-8").startswith("Contact: ")
    assert not stray.exists()
    file.write_text(file.read_text("utf-8").replace("contact: mairie@essai.example\n", ""), "utf-8")
    assert run_cq("build", "--root", root).returncode == 0
    assert not published.parent.exists()


def test_hostile_words_stay_data(site, run_cq) -> None:
    """A title, a place and keywords that would be a formula, a script, a line of a feed."""
    root = site("minimal")
    word = "=HYPERLINK(1)</script><script>alert(1)</script><!--"
    (root / "content" / "agenda").mkdir(exist_ok=True)
    (root / "content" / "agenda" / "2026-04-01-essai.md").write_text(
        f"---\ntitre: '{word}'\nresume: '@SOMME(A1)'\ndebut: 19:30\nlieu: '{word}'\n"
        f"mots_cles: ['-1+1|x', '{word}']\n---\n\nTexte.\n",
        "utf-8",
    )
    done = run_cq("build", "--root", root)
    assert done.returncode == 0, done.stdout + done.stderr
    built = root / "build" / "site"
    page = (built / "agenda" / "2026-04-01-essai" / "index.html").read_text("utf-8")
    assert page.lower().count("<script") == 1
    assert json.loads(SCRIPT.findall(page)[0][1])["name"] == word
    with (built / "donnees" / "agenda.csv").open(encoding="utf-8", newline="") as file:
        row = next(one for one in csv.DictReader(file) if one["id"] == "agenda/2026-04-01-essai")
    assert (row["titre"], row["lieu"]) == (f"'{word}", f"'{word}")
    assert row["resume"] == "'@SOMME(A1)"
    assert row["mots_cles"].startswith("'-1+1/x | =HYPER")
