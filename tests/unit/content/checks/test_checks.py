"""What the checks promise together: one cause one message, audiences, reasons, bounds."""

import time
from pathlib import PurePosixPath

import petit_bourg
import pytest

from cq.content import layout
from cq.content.check import check
from cq.content.checks import CHECKS
from cq.content.item import Blob
from cq.content.model import Content, model
from cq.diagnostic import Diagnostic

SITE = petit_bourg.SITE + petit_bourg.ADDRESS + petit_bourg.LEGAL
TODAY = "2026-03-01"


def content(files: dict[str, str], *, blobs: tuple[Blob, ...] = ()) -> Content:
    return petit_bourg.content({"site.yml": SITE, **files}, TODAY, blobs)


def found(files: dict[str, str], *, blobs: tuple[Blob, ...] = ()) -> list[Diagnostic]:
    return list(check(content(files, blobs=blobs), CHECKS))


def codes(files: dict[str, str], *, blobs: tuple[Blob, ...] = ()) -> list[str]:
    return [one.code for one in found(files, blobs=blobs)]


def blob(path: str, size: int = 10, type_: str = "") -> Blob:
    space = layout.place(PurePosixPath(path)).space
    return Blob(path, space, "0" * 32, size, type_)


def test_every_check_says_why_it_is_there() -> None:
    assert not [one for one in CHECKS if not (one.__doc__ or "").strip()]  # type: ignore[attr-defined]
    assert len(CHECKS) == len(set(CHECKS))


def test_a_sound_site_has_nothing_to_say() -> None:
    assert codes({"pages/a.md": "# A\n\nTexte."}) == []


def test_an_empty_site_has_nothing_to_say() -> None:
    assert list(check(model([], [], {}), CHECKS)) == []


PRIVATE = "prive/wiki/girafe.md"
HIDDEN = "# Girafe olive\n\nTexte."


@pytest.mark.parametrize(
    "text",
    [
        "[a](../prive/wiki/girafe.md)",
        "[a](../prive/wiki/giraffe.md)",
        "[a](/prive/wiki/girafe/)",
        "[[girafe]]",
        "[[prive/wiki/girafe]]",
        "[[Girafe olive]]",
        "[[girafe olives]]",
        "![a](../prive/girafe.png)",
        "[a](girafe.md)",
    ],
)
def test_nothing_public_names_what_is_private(text: str) -> None:
    """An error, and neither its words nor its suggestions say anything of the private page."""
    said = found({"pages/a.md": text, PRIVATE: HIDDEN}, blobs=(blob("content/prive/girafe.png"),))
    mine = [one for one in said if one.span.path == PurePosixPath("content/pages/a.md")]
    assert len(mine) == 1
    assert mine[0].severity == 2
    words = "\n".join((*mine[0].hints, *(label.message for label in mine[0].labels)))
    assert "Girafe" not in words
    assert "prive/" not in words


def test_whether_a_private_page_is_there_makes_no_difference() -> None:
    there = found({"pages/a.md": "[a](../prive/wiki/girafe.md)", PRIVATE: HIDDEN})
    gone = found({"pages/a.md": "[a](../prive/wiki/girafe.md)"})
    assert there == gone


def test_a_private_page_may_name_its_own_and_the_public() -> None:
    files = {
        "prive/wiki/b.md": "[a](girafe.md) [[girafe]] [c](../../pages/a.md)",
        PRIVATE: HIDDEN,
        "pages/a.md": "# A\n\nTexte.",
    }
    assert codes(files) == []


def test_a_public_suggestion_is_public_and_a_private_one_may_be_private() -> None:
    both = {PRIVATE: HIDDEN, "wiki/girafes.md": "# Girafes\n\nTexte."}
    public = found({**both, "pages/a.md": "[[girafs]]"})
    assert any("[[girafes]]" in hint for hint in public[0].hints)
    alone = found({PRIVATE: HIDDEN, "prive/wiki/b.md": "[[giraffe]]"})
    assert any("[[girafe]]" in hint for hint in alone[0].hints)


def test_a_link_to_a_faulty_page_is_no_second_fault() -> None:
    faulty = "---\ntitre: A\ndate: 2026-02-31\nlieu: Mairie\n---\nTexte."
    files = {
        "agenda/2026-02-31-a.md": faulty,
        "pages/a.md": "[a](../agenda/2026-02-31-a.md) [[2026-02-31-a]]",
        "documents/pv.md": "---\nfichier: pv.pdf\ndate: 2026-03-01\ntype: autre\n"
        "evenement: 2026-02-31-a\n---\n",
    }
    assert codes(files, blobs=(blob("content/documents/pv.pdf"),)) == []


def test_a_list_that_items_make_is_a_target_and_another_year_is_none() -> None:
    news = {"actualites/2026-02-01-a.md": "---\ntitre: A\n---\nTexte."}
    assert codes({**news, "pages/a.md": "[a](/actualites/2026/) [b](../actualites/)"}) == []
    assert codes({**news, "pages/a.md": "[a](/actualites/2025/)"}) == ["broken-link"]


@pytest.mark.parametrize(
    ("size", "severity"), [(20 << 20, None), ((20 << 20) + 1, 1), ((100 << 20) + 1, 2)]
)
def test_big_files(size: int, severity: int | None) -> None:
    said = found({"pages/a.md": "[a](a.pdf)"}, blobs=(blob("content/pages/a.pdf", size),))
    assert [(one.code, int(one.severity)) for one in said] == (
        [] if severity is None else [("big-file", severity)]
    )


def test_an_attachment_with_an_escaped_name_is_used_and_found() -> None:
    files = {"pages/a.md": "[a](plan%20du%20canal.pdf) [b](</pages/été.pdf>)"}
    blobs = (blob("content/pages/plan du canal.pdf"), blob("content/pages/été.pdf"))
    assert "missing-file" not in codes(files, blobs=blobs[:1] + blobs[1:])
    assert "unused-file" not in codes(files, blobs=blobs[:1])


def test_the_files_of_a_site_are_used_wherever_they_are_named() -> None:
    files = {
        "quartiers/x/quartier.yml": "nom: X\ncontour: c/x.geojson\nrues: rues.csv\n",
        "quartiers/x/index.md": "Bienvenue.",
        "actualites/2026-02-01-a/index.md": "---\nimage: {fichier: b.png, alt: Un banc}\n---\nA.",
        "documents/d.md": "---\nfichier: d.csv\ndate: 2026-03-01\ntype: autre\n"
        "version_accessible: e.odt\n---\nA.",
    }
    paths = [
        "quartiers/x/c/x.geojson",
        "quartiers/x/rues.csv",
        "actualites/2026-02-01-a/b.png",
        "documents/d.csv",
        "documents/e.odt",
    ]
    blobs = tuple(blob(f"content/{path}") for path in paths)
    assert codes(files, blobs=blobs) == []
    assert codes(files) == ["missing-file"] * 5


@pytest.mark.parametrize(
    "email",
    ["contact@x.fr", "Mairie10@x.fr", "conseil-canal@x.fr", "secrétariat@x.fr", "info+a@x.fr"],
)
def test_functional_addresses(email: str) -> None:
    assert codes({"pages/a.md": f"Écrivez à {email}"}) == []


@pytest.mark.parametrize("email", ["jeanne@x.fr", "mairie.jeanne", "j.contact@x.fr"])
def test_the_first_word_counts(email: str) -> None:
    assert codes({"pages/a.md": f"Écrivez à {email}"}) == ["personal-email"] * ("@" in email)


def test_personal_data_of_a_community_file_is_seen() -> None:
    files = {
        "groupes/x/groupe.yml": "nom: X\ntype: commission\nobjet: jeanne@x.fr\n# paul@x.fr\n",
        "groupes/x/index.md": "Bienvenue.",
    }
    assert codes(files) == ["personal-email"]


def test_thousands_of_faults_of_a_hostile_page_are_quick() -> None:
    """A page of broken links among many pages: suggestions are bounded."""
    pages = {f"wiki/page-{n}.md": f"# Page {n}\n\nTexte." for n in range(300)}
    hostile = "\n".join(f"[[paage-{n}x]] [a](nulle-part-{n}.md#x)" for n in range(3000))
    whole = content({**pages, "pages/a.md": hostile})
    begin = time.process_time()
    said = list(check(whole, CHECKS))
    assert len(said) == 6000
    assert time.process_time() - begin < 10


def test_no_finding_depends_on_which_check_came_first() -> None:
    """Also where there are more faults than searches."""
    header = "---\nfichier: plaan.pdf\ndate: 2026-01-01\ntype: plan\nevenement: pleniere-x\n---\n"
    files = {f"documents/d-{n}.md": f"{header}[a](paage-{n}.md)" for n in range(400)}
    pages = {f"wiki/page-{n}.md": "Texte." for n in range(0, 400, 7)}
    files["agenda/2026-02-03-pleniere.md"] = "---\ndebut: 19:00\nlieu: Mairie\n---\nTexte."
    whole = content({**files, **pages}, blobs=(blob("content/documents/plan.pdf"),))
    first, last = set(check(whole, CHECKS)), set(check(whole, CHECKS[::-1]))
    assert first == last == set(check(whole, CHECKS))
    assert sum(len(one.hints) > 2 for one in first if one.code == "broken-link") < 400


def test_one_wrong_name_in_a_thousand_places_is_searched_once() -> None:
    many = {f"actualites/2026-01-01-a{n}.md": "[Canal](../wiki/cannal.md)" for n in range(1000)}
    said = [one for one in found({**many, "wiki/canal.md": "Texte."}) if one.code == "broken-link"]
    assert len(said) == 1000
    assert all("écrivez : [Canal](../wiki/canal.md)" in one.hints for one in said)


@pytest.mark.parametrize(
    "old", ["a/b", "/a/b/", "a/b/index.html", "actu.php", "2024/05/un titre", "é"]
)
def test_old_addresses_that_may_have_been(old: str) -> None:
    assert codes({"pages/a.md": f"---\nanciennes_adresses: ['{old}']\n---\nTexte."}) == []


@pytest.mark.parametrize(
    "old",
    ["../a", "a//b", "a/../b", "https://x.fr/a", "//x.fr", "a?b", "a#b", "a\\b", "prive/a", "Privé",
     "a/.git/b", "x" * 201],
)  # fmt: skip
def test_old_addresses_that_never_were(old: str) -> None:
    text = f"---\nanciennes_adresses: ['{old}']\n---\nTexte."
    assert "bad-path" in codes({"pages/a.md": text})


def test_an_old_address_that_is_a_file_is_taken() -> None:
    files = {"pages/a.md": "---\nanciennes_adresses: [documents/d.csv]\n---\n[a](/documents/d.csv)"}
    assert codes(files, blobs=(blob("content/documents/d.csv"),)) == ["address-clash"]


def test_clocks_of_another_zone() -> None:
    event = "---\ntitre: Nuit\ndebut: 02:30\nlieu: Mairie\n---\nVenez."
    site = f"{SITE}fuseau: America/Guadeloupe\n"
    assert codes({"agenda/2026-03-29-a.md": event}) == ["dst-gap"]
    assert codes({"agenda/2026-03-29-a.md": event, "site.yml": site}) == []


@pytest.mark.parametrize(
    ("day", "rule", "sound"),
    [
        ("2026-03-03", "{chaque: mois, rang: 1, jour: mardi}", True),
        ("2026-03-10", "{chaque: mois, rang: 1, jour: mardi}", False),
        ("2026-03-31", "{chaque: mois, rang: -1, jour: mardi}", True),
        ("2026-03-24", "{chaque: mois, rang: -1, jour: mardi}", False),
        ("2026-03-31", "{chaque: mois, rang: 5}", True),
        ("2026-03-10", "{chaque: semaine}", True),
        ("2026-03-10", "{chaque: mois}", True),
        ("2026-03-10", "{chaque: semaine, jour: lundi}", False),
        ("2026-03-10", "{chaque: semaine, sauf: [2026-03-17]}", True),
        ("2026-03-10", "{chaque: semaine, sauf: [2026-03-18]}", False),
    ],
)
def test_repetitions(day: str, rule: str, sound: bool) -> None:  # noqa: FBT001
    text = f"---\ntitre: A\ndebut: 19:30\nlieu: Mairie\nrepetition: {rule}\n---\nVenez."
    assert codes({f"agenda/{day}-a.md": text}) == [] if sound else ["repetition-mismatch"]


def test_two_rounds_of_one_evening_are_no_duplicate() -> None:
    text = "---\ntitre: A\ndebut: {}\nlieu: Mairie\n---\nVenez."
    one, two = text.format("18:00"), text.format("20:00")
    assert codes({"agenda/2026-03-10-a.md": one, "agenda/2026-03-10-b.md": two}) == []
    assert codes({"agenda/2026-03-10-a.md": one, "agenda/2026-03-10-b.md": one}) == [
        "duplicate-item"
    ]
