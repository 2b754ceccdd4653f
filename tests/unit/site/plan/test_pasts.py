"""What pages say of their own past."""

from dataclasses import replace

from cq.content.checks.reserved import HISTORY, reserved_addresses
from cq.content.layout import PUBLIC
from cq.content.model import Content
from cq.content.past import Version, row_of
from cq.site import routes
from cq.site.pieces import Edition, History
from cq.site.plan import outside, plan
from cq.site.plan.pasts import history_of
from cq.site.views import ItemView
from tests.unit import petit_bourg
from tests.unit.annals import NOON

TODAY = "2026-11-22"
FILES = {
    "site.yml": petit_bourg.SITE,
    "equipe.yml": "- id: camille\n  nom: Camille Exemple\n  consentement: 2026-01-01\n",
    "wiki/canal.md": "# Canal\n\nTexte.\n",
    "wiki/prive.md": "# Refusé\n",
    "pages/a-propos.md": "# À propos\n\nTexte.\n",
    "pages/charte.md": "---\nmaj: 2026-01-05\n---\n\n# Charte\n\nTexte.\n",
    "actualites/2026-02-01-banc.md": "# Banc\n\nTexte.\n",
    "prive/wiki/secret.md": "# Secret\n\nTexte.\n",
}


def known(number: int = 2, *, whole: bool = True) -> Content:
    """Every file was changed so often, one day after the other, by turns by Camille and others."""
    rows = [
        (f"{n:040x}", NOON + n * 86400, ("Camille Exemple", "Dominique")[n % 2], False, f"{n}")
        for n in reversed(range(number))
    ]
    content = petit_bourg.content(FILES, TODAY)
    told = {f"content/{path}": row_of(rows) for path in FILES}
    return content.with_past(told, () if whole else told)


def seen(content: Content) -> Content:
    return content.seen_by(PUBLIC, TODAY)


def test_a_page_of_the_wiki_says_it_all() -> None:
    content = seen(known())
    assert history_of(content, content.by_id["wiki/canal"]) == History(
        "2026-03-03", versions=2, editions=(Edition("2026-03-03", ""),
                                    Edition("2026-03-02", "Camille Exemple")),
    )  # fmt: skip


def test_fifty_versions_are_named() -> None:
    content = seen(known(120, whole=False))
    history = history_of(content, content.by_id["wiki/canal"])
    assert history is not None
    assert (history.versions, len(history.editions), history.more) == (120, 50, 70)
    assert not history.whole


def test_a_page_says_its_last_day_unless_its_author_does() -> None:
    content = seen(known())
    assert history_of(content, content.by_id["pages/a-propos"]) == History("2026-03-03")
    assert history_of(content, content.by_id["pages/charte"]) is None


def test_what_has_a_day_of_its_own_says_nothing() -> None:
    content = seen(known())
    assert history_of(content, content.by_id["actualites/2026-02-01-banc"]) is None


def test_without_git_nothing_is_said() -> None:
    content = seen(petit_bourg.content(FILES, TODAY))
    assert [history_of(content, item) for item in content.items] == [None] * len(content.items)


def test_nothing_private_has_a_past() -> None:
    content = known()
    assert "content/prive/wiki/secret.md" not in content.past
    assert "content/wiki/prive.md" not in content.past
    assert "content/prive/wiki/secret.md" not in content.seen_by("conseillers", TODAY).past


def test_the_past_is_part_of_what_is_outside() -> None:
    """A commit that changes no file changes pages, which an edit of texts alone leaves alone."""
    assert outside(seen(known())) != outside(seen(known(3)))


def test_only_its_own_page_and_what_has_changed_show_a_past() -> None:
    before, after = (
        {one.path: one.view for one in plan(seen(content)).targets}
        for content in (known(2), known(3))
    )
    changed = {path for path, view in after.items() if before[path] != view}
    told = {"nouveautes/index.html", "nouveautes.atom"}
    assert changed == {"wiki/canal/index.html", "a-propos/index.html"} | told
    assert isinstance(after["wiki/canal/index.html"], ItemView)


def test_a_page_in_the_place_of_the_differences_is_said_and_breaks_nothing() -> None:
    """Two targets of one address, of which one has no day: they cannot be put in order by it."""
    files = FILES | {
        "wiki/canal.md": "---\nhistorique_depuis: 2026-03-01\n---\n\n# Canal\n\nTexte.\n",
        "wiki/canal/historique.md": "---\nmaj: 2026-01-05\n---\n\n# Son histoire\n\nTexte.\n",
    }
    made = petit_bourg.content(files, TODAY)
    versions = tuple(Version(f"2026-03-0{n}", "", f"{n}", f"{n}") for n in (3, 2))
    content = seen(replace(made, compared={"content/wiki/canal.md": versions}))
    assert [one.code for one in plan(content).found] == ["address-clash"]
    assert [one.code for one in reserved_addresses(made)] == ["address-clash"]
    assert HISTORY == routes.HISTORY
