"""What the theme owes to every page of both sites: read from its HTML, no browser needed."""

import gzip
import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

TAG = re.compile(r"<[^>]*>")
HEADING = re.compile(r"<h([1-6])[\s>]")
LINK = re.compile(r"<a\s[^>]*href=\"[^\"]*\"[^>]*>(.*?)</a>", re.DOTALL)
VERBATIM = re.compile(r"<(pre|code|script)[\s>].*?</\1>", re.DOTALL)
PLAIN_SPACE = re.compile(r"\S* (?:[;!?»](?=\s|$)|:(?=\s|$))|« ")
MENTION = re.compile(r"Accessibilité\u00a0: (?:non|partiellement|totalement) conforme")
SAYS_NOTHING = {"ici", "cliquez ici", "en savoir plus", "lire la suite", "lien", "plus", "suite"}


def pages_of(site: Path) -> dict[str, str]:
    """Every page but the former addresses."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        if 'http-equiv="refresh"' not in text:
            found[path.relative_to(site).as_posix()] = text
    return found


@pytest.fixture(scope="module")
def texts(built: Path) -> dict[str, str]:
    """The demo's pages."""
    return pages_of(built)


@pytest.fixture(scope="module")
def either(shown: Path) -> dict[str, str]:
    """The pages of each site in turn, but those that no theme makes: the one file that verifies a
    draw (`cq.draw.page`) has tests of its own.
    """
    made = pages_of(shown)
    return {name: text for name, text in made.items() if not name.endswith("/verifier/index.html")}


def words(html: str) -> str:
    return " ".join(TAG.sub(" ", html).split(" ")).strip()


def test_titles_tell_pages_apart(either: dict[str, str]) -> None:
    titles = defaultdict(list)
    for name, text in either.items():
        titles[re.findall(r"<title>(.*?)</title>", text)[0]].append(name)
    assert {title: names for title, names in titles.items() if len(names) > 1} == {}


def test_a_title_goes_from_the_page_to_the_site(texts: dict[str, str]) -> None:
    name = "quartiers/louis-blanc-aqueduc/agenda/2026-09-24-pleniere/index.html"
    title = "Plénière de rentrée, 24 septembre 2026"
    above = "Louis-Blanc – Aqueduc – Conseils de quartier du 10e"
    assert f"<title>{title} – {above}</title>" in texts[name]


def test_one_title_and_no_level_is_skipped(either: dict[str, str]) -> None:
    for name, text in either.items():
        levels = [int(one) for one in HEADING.findall(text)]
        assert levels.count(1) == 1, name
        assert levels[0] == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), (name, levels)


def test_identifiers_are_unique(either: dict[str, str]) -> None:
    for name, text in either.items():
        ids = re.findall(r'\sid="([^"]+)"', text)
        assert len(ids) == len(set(ids)), name


def test_links_say_where_they_lead(either: dict[str, str]) -> None:
    for name, text in either.items():
        for inside in LINK.findall(text):
            said = words(inside)
            assert said or "<img" in inside or "aria-label" in inside, name
            assert said.lower() not in SAYS_NOTHING, (name, said)
            assert not said.startswith(("http:", "https:", "www.")), (name, said)


def test_the_accessibility_mention_stands_once_on_the_home(either: dict[str, str]) -> None:
    assert len(MENTION.findall(either["index.html"])) == 1
    for name, text in either.items():
        assert re.search(r'href="[^"]*accessibilite/index\.html(?:#[^"]*)?"', text), name
        assert re.search(r'href="[^"]*plan-du-site/index\.html"', text), name


def test_the_next_meeting_is_two_taps_away(texts: dict[str, str]) -> None:
    main = texts["index.html"].partition("<main")[2]
    assert words(re.findall(r"<h2.*?</h2>", main)[0]) == "Prochaines réunions"
    first = re.findall(r'<a href="([^"]+)"', main)[0]
    assert 'data-gabarit="event"' in texts[first]


def test_an_agenda_gives_the_address_to_subscribe_to(texts: dict[str, str], built: Path) -> None:
    for folder in ("agenda/", "quartiers/louis-blanc-aqueduc/agenda/"):
        found = re.search(r"abonnez votre agenda.*?: https://conseils10.example/(\S+\.ics)", words(
            texts[f"{folder}index.html"]
        ))  # fmt: skip
        assert found is not None
        assert (built / found[1]).is_file()


def test_a_group_is_named_once(texts: dict[str, str]) -> None:
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", texts["groupes/depots-sauvages/index.html"])
    assert heading is not None
    assert words(heading[1]) == "Groupe de travail sur les dépôts sauvages"


def test_what_is_said_to_be_this_page_is_this_page(either: dict[str, str]) -> None:
    for name, text in either.items():
        for tag in re.findall(r"<a\s[^>]*aria-current=\"page\"[^>]*>", text):
            (href,) = re.findall(r'href="([^"#]*)', tag)
            assert posixpath.normpath(posixpath.join(posixpath.dirname(name), href)) == name, tag


def test_documents_say_format_and_size(texts: dict[str, str]) -> None:
    pages = [text for text in texts.values() if 'data-gabarit="document"' in text]
    assert pages
    for text in pages:
        assert re.search(r"Ouvrir le document \([A-Z]{3,4}, [\d,]+\u00a0(?:octets?|[kM]o)", text)


def test_machine_readable_dates(either: dict[str, str]) -> None:
    day, hour, exactly = r"\d{4}-\d\d-\d\d", r"T\d\d:\d\d", r":\d\d(?:Z|[+-]\d\d:\d\d)"
    form = re.compile(f"{day}(?:{hour}(?:{exactly})?)?")
    for name, text in either.items():
        for stamp in re.findall(r"<time(?: datetime=\"([^\"]*)\")?", text):
            assert form.fullmatch(stamp), f"{name}: {stamp}"


def spaced(texts: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name, text in texts.items():
        shown = VERBATIM.sub("", text.partition("<body")[2])
        for piece in TAG.split(shown):
            yield from ((name, found) for found in PLAIN_SPACE.findall(piece))


def test_french_signs_do_not_stand_alone_on_a_line(either: dict[str, str]) -> None:
    assert list(spaced(either)) == []
    assert list(spaced({"x": "<body><p>Quoi ? « Rien »</p>"})) != []


def test_nothing_is_heavy(built: Path) -> None:
    assert (built / "index.html").stat().st_size < 60_000
    assert len(gzip.compress((built / "theme" / "style.css").read_bytes())) < 15_000
    scripts = {path.relative_to(built / "theme").as_posix() for path in built.rglob("*.js")}
    parts = {one for one in scripts if one.startswith("espace/")}  # of a page that has its own test
    assert scripts - parts - {"espace.js"} == {
        "mon-quartier.js", "recherche-moteur.js", "recherche.js",
    }  # fmt: skip
    assert not list(built.rglob("*.woff*"))


def test_every_page_says_what_it_is_to_those_who_search(either: dict[str, str]) -> None:
    found = {
        name: re.findall(r'<meta name="description" content="([^"]+)"', text)
        for name, text in either.items()
    }
    assert [name for name, said in found.items() if len(said) != 1] == ["404.html"]


def test_pictures_keep_their_place(texts: dict[str, str]) -> None:
    found = [tag for text in texts.values() for tag in re.findall(r"<img[^>]*>", text)]
    assert len(found) > 3
    assert [tag for tag in found if not re.search(r'width="[1-9].* height="[1-9]', tag)] == []


def test_every_template_is_shown(texts: dict[str, str], sparse: Path, root: Path) -> None:
    """A template that no page of the two sites uses is one that no gate looks at."""
    everything = "".join((*texts.values(), *pages_of(sparse).values()))
    own = {path.stem for path in (root / "themes" / "default").glob("*.html")}
    frames = {"base", "item", "legal"}
    frames |= {"inside", "space", "directory", "espace"}  # with keys: test_space_pages.py
    assert set(re.findall(r'data-gabarit="(\w+)"', everything)) == own - frames - {"redirect"}
