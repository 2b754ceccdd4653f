"""What changed last, and when: by what the texts say, and by what git remembers."""

import json
import posixpath
from dataclasses import replace

from petit_bourg import SITE
from petit_bourg import content as made

from cq.content.checks.reserved import reserved_addresses
from cq.content.layout import PUBLIC
from cq.content.model import Content
from cq.site.feeds.entries import AtomView
from cq.site.indexes import Change, ChangesView
from cq.site.plan import outside, plan
from cq.site.plan.changes import _IMPORT, _MOST
from cq.site.target import Target

TODAY = "2026-11-19"  # a Thursday
SECONDS = {
    "2026-12-24": 1_798_110_000, "2026-11-18": 1_794_999_600, "2026-11-02": 1_793_617_200,
    "2026-10-20": 1_792_490_400,
}  # fmt: skip
FILES = {
    "site.yml": SITE,
    "quartiers/port/quartier.yml": "nom: Port\n",
    "quartiers/port/index.md": "# Le port\n",
    "actualites/2026-11-17-bancs.md": "# Des bancs\n\nTrois.\n",
    "actualites/2026-12-25-noel.md": "# Noël\n\nPas encore.\n",
    "quartiers/port/documents/releve.md": "---\nfichier: plan.pdf\ntype: plan\ndate: 2026-11-03\n"
    "---\n# Plan\n",
    "agenda/2026-10-06-pleniere.md": "---\ndebut: 19:30\nlieu: Mairie\n---\n# Plénière\n",
    "agenda/2026-12-08-hiver.md": "---\ndebut: 19:30\nlieu: Mairie\n---\n# Hiver\n",
    "agenda/2026-10-07-rien.md": "---\nstatut: annulé\ndebut: 19:30\nlieu: Ici\n---\n# Annulée\n",
    "wiki/bruit.md": "---\nmaj: 2026-11-16\n---\n# Le bruit\n\nDes mesures.\n",
    "wiki/muet.md": "# Sans date\n\nRien ne dit quand.\n",
    "dossiers/quai.md": "---\netat: en-cours\ndepuis: 2025-01-10\nmaj: 2026-11-05\netapes:\n"
    "  - {date: 2026-11-04, titre: Plan reçu}\n  - {date: 2027-01-01, titre: Fin}\n---\n# Quai\n",
    "questions/2026-09-01-bacs.md": "---\npar: conseil\nadressee_a: mairie\nreponse:\n"
    "  {date: 2026-09-30, par: la mairie, texte: Oui.}\n---\n# Des bacs ?\n",
    "actualites/2020-01-01-vieux.md": "# Vieux\n\nTrop vieux.\n",
    "prive/wiki/secret.md": "---\nmaj: 2026-11-18\n---\n# Secret\n\nCaché.\n",
}


def town(files: dict[str, str] = FILES, **past: list[tuple[str, str]]) -> Content:
    """`past` is of `wiki/<name>.md`: (day, commit), the newest first."""
    rows = {
        f"content/wiki/{name}.md": json.dumps(
            [[commit, SECONDS[day], "X", False, f"{commit}b"] for day, commit in versions]
        )
        for name, versions in past.items()
    }
    return made(files, TODAY).with_past(rows).seen_by(PUBLIC, TODAY)


def targets(content: Content) -> dict[str, Target]:
    return {target.path: target for target in plan(content).targets}


def page(content: Content, prefix: str = "") -> ChangesView:
    view = targets(content)[f"{prefix}nouveautes/index.html"].view
    assert isinstance(view, ChangesView)
    return view


def told(view: ChangesView) -> dict[str, list[tuple[str, str, str]]]:
    return {
        group.anchor: [(one.day, one.card.title, one.what) for one in group.changes]
        for group in view.groups
    }


def change(view: ChangesView, title: str) -> Change:
    return next(o for group in view.groups for o in group.changes if o.card.title == title)


def test_each_item_stands_once_at_its_latest_day() -> None:
    view = page(town())
    assert told(view) == {
        "depuis-2026-11-16": [
            ("2026-11-17", "Des bancs", "Nouvelle actualité"),
            ("2026-11-16", "Le bruit", "Page du wiki modifiée"),
        ],
        "depuis-2026-11": [
            ("2026-11-05", "Quai", "Dossier qui avance"),
            ("2026-11-03", "Plan", "Nouveau document"),
        ],
        "depuis-2026-10": [("2026-10-06", "Plénière", "Réunion tenue")],
        "depuis-2026-09": [("2026-09-30", "Des bacs\u202f?", "Question avec sa réponse")],
    }
    assert change(view, "Quai").detail == "Plan reçu"
    assert view.by_history is False


def test_a_community_shows_its_own() -> None:
    assert told(page(town(), "quartiers/port/")) == {
        "depuis-2026-11": [("2026-11-03", "Plan", "Nouveau document")]
    }


def test_nothing_private_is_told() -> None:
    assert "Secret" not in repr(targets(town(secret=[("2026-11-18", "a")])))


def test_git_knows_when_a_page_without_a_date_came() -> None:
    view = page(town(muet=[("2026-10-20", "a")]))
    assert change(view, "Sans date")[1:3] == ("2026-10-20", "Nouvelle page du wiki")
    assert view.by_history is True


def test_what_was_corrected_a_week_later_is_still_new_and_later_is_modified() -> None:
    near = page(town(muet=[("2026-11-02", "b"), ("2026-11-02", "a")]))
    assert change(near, "Sans date").what == "Nouvelle page du wiki"
    far = page(town(muet=[("2026-11-18", "b"), ("2026-11-02", "a")]))
    assert change(far, "Sans date")[1:3] == ("2026-11-18", "Page du wiki modifiée")


def test_a_commit_of_a_day_to_come_is_no_change_of_today() -> None:
    """It would be new again on each day until then."""
    ahead = town(muet=[("2026-12-24", "a")], bruit=[("2026-12-24", "b"), ("2026-11-02", "a")])
    titles = {one.card.title for group in page(ahead).groups for one in group.changes}
    assert "Sans date" not in titles
    assert change(page(ahead), "Le bruit")[1:3] == ("2026-11-02", "Nouvelle page du wiki")
    # The page itself still says that it has another version.
    assert [one.day for one in ahead.past["content/wiki/bruit.md"].versions] == [
        TODAY,
        "2026-11-02",
    ]


def test_a_meeting_was_held_once_its_last_day_is_over() -> None:
    def held(keys: str) -> list[tuple[str, str]]:
        head = f"---\n{keys}\ndebut: 19:30\nlieu: Mairie\n---\n# Fête\n"
        view = page(town(FILES | {"agenda/2026-11-18-fete.md": head}))
        changes = [one for group in view.groups for one in group.changes]
        return [(one.day, one.what) for one in changes if one.card.title == "Fête"]

    assert held("date: 2026-11-18") == [("2026-11-18", "Réunion tenue")]
    assert held("date: 2026-11-18\ndate_fin: 2026-11-19") == []
    assert held("date: 2026-11-18\nstatut: annulé") == []


def test_a_meeting_that_is_called_off_or_put_off_says_so() -> None:
    for status, words in (("annulé", "Réunion annulée"), ("reporté", "Réunion reportée")):
        head = f"---\nstatut: {status}\nmaj: 2026-11-17\ndebut: 19:30\nlieu: Ici\n---\n# Hiver\n"
        view = page(town(FILES | {"agenda/2026-12-08-hiver.md": head}))
        assert change(view, "Hiver")[1:3] == ("2026-11-17", words)


def test_a_commit_of_a_whole_site_says_nothing_of_each_text() -> None:
    many = {f"p{n}": [("2026-11-18", "import")] for n in range(_IMPORT + 1)}
    files = FILES | {f"wiki/{name}.md": f"# {name}\n\nx\n" for name in many}
    view = page(town(files, **many, bruit=[("2026-11-18", "import")]))
    assert change(view, "Le bruit")[1:3] == ("2026-11-16", "Page du wiki modifiée")
    assert not any(one.card.title == "p1" for group in view.groups for one in group.changes)


def test_a_group_is_bounded() -> None:
    files = FILES | {
        f"wiki/q{n}.md": f"---\nmaj: 2026-11-18\n---\n# Q{n}\n\nx\n" for n in range(_MOST + 20)
    }
    first = page(town(files)).groups[0]
    assert len(first.changes) == _MOST
    assert first.more == 22


def test_the_feed_has_a_new_entry_for_each_change() -> None:
    def entries(content: Content) -> dict[str, tuple[str, str]]:
        view = targets(content)["nouveautes.atom"].view
        assert isinstance(view, AtomView)
        return {one.title: (one.id, one.updated) for one in view.entries}

    before, after = entries(town(bruit=[("2026-11-02", "a")])), entries(
        town(bruit=[("2026-11-18", "b"), ("2026-10-20", "a")])
    )  # fmt: skip
    old = before["Nouvelle page du wiki\u00a0: Le bruit"]
    new = after["Page du wiki modifiée\u00a0: Le bruit"]
    assert (old[1], new[1]) == ("2026-11-02", "2026-11-18")
    assert old[0] != new[0]
    assert before["Nouvelle actualité\u00a0: Des bancs"] == after[
        "Nouvelle actualité\u00a0: Des bancs"
    ]  # fmt: skip


def test_without_an_address_the_links_of_a_feed_lead_from_where_it_lies() -> None:
    dated = "quartiers/port/actualites/2026-11-17-quai.md"
    all_targets = targets(town(FILES | {dated: "# Quai\n\nx\n"}))
    for name in ("nouveautes.atom", "actualites.atom"):
        view = all_targets[f"quartiers/port/{name}"].view
        assert isinstance(view, AtomView)
        links = [view.self_address, view.site_address, *(one.address for one in view.entries)]
        reached = {posixpath.normpath(f"quartiers/port/{link}") for link in links}
        assert reached <= set(all_targets)
        assert f"quartiers/port/{name}" in reached
        assert len(reached) >= 3


def test_what_the_page_shows_is_known_outside() -> None:
    """An edit that changes a day must plan the page again."""
    content = town()
    other = town(FILES | {"wiki/bruit.md": FILES["wiki/bruit.md"].replace("11-16", "11-12")})
    assert outside(content) != outside(other)
    assert outside(content) != outside(town(bruit=[("2026-11-18", "b")]))
    assert outside(content) == outside(replace(content))


def test_a_site_without_a_change_says_so() -> None:
    view = page(made({"site.yml": SITE}, TODAY).seen_by(PUBLIC, TODAY))
    assert view.groups == ()
    assert view.empty


def test_every_home_leads_there() -> None:
    all_targets = targets(town())
    for path in ("index.html", "quartiers/port/index.html"):
        steps = all_targets[path].view.lists  # type: ignore[attr-defined]
        prefix = path.removesuffix("index.html")
        assert f"{prefix}nouveautes/" in {one.address for one in steps}
    assert "nouveautes/" in {one.address for one in plan(town()).chrome.legal}


def test_no_page_may_take_its_place() -> None:
    files = {"site.yml": SITE, "pages/nouveautes.md": "# Nouveautés\n\nx\n"}
    assert [one.code for one in reserved_addresses(made(files, TODAY))] == ["address-clash"]
