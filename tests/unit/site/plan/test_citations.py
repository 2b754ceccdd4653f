"""The pages that lead to one: all at once for a whole site, and one by one for an edit."""

import datetime
from pathlib import Path

import pytest
from petit_bourg import SITE
from petit_bourg import content as made

from cq import front
from cq.content.item import Item
from cq.content.layout import PUBLIC
from cq.content.model import Content
from cq.settings import Settings
from cq.site.plan.cards import Album
from cq.site.plan.citations import MOST, Citations

TODAY = "2026-11-22"
QUARTIER = "nom: Port\n"


@pytest.fixture(scope="module")
def demo(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Content:
    home = tmp_path_factory.mktemp("citations")
    day = datetime.date.fromisoformat(TODAY)
    run = front.open_run(Settings(root, home / "build" / "site", 1, day, home / "cache"))
    try:
        read = front.front(run, want_content=True).content
    finally:
        run.ledger.close()
    assert read is not None
    return read.seen_by(PUBLIC, TODAY)


def town(**more: str) -> Content:
    files = {
        "site.yml": SITE,
        "index.md": "# Bonjour\n\nVoir [[bruit]].\n",
        "quartiers/port/quartier.yml": QUARTIER,
        "quartiers/port/index.md": "# Le port\n\n[Bruit](../../wiki/bruit.md)\n",
        "wiki/bruit.md": "# Le bruit\n\n[ici](bruit.md) [là](#haut) [mesures](mesures/)\n",
        "wiki/mesures/index.md": "# Mesures\n\n[[le bruit]], [un](un.md), [un](un.md#suite)\n",
        "wiki/mesures/un.md": "# Un\n\n[tout](.) [aussi](index.md?v=1) [et](../b%72uit.md)\n",
        "prive/wiki/secret.md": "# Secret\n\n[[bruit]] [x](../../wiki/bruit.md)\n",
        **{name.replace("__", "/") + ".md": text for name, text in more.items()},
    }
    return made(files, TODAY).seen_by(PUBLIC, TODAY)


def ids(items: tuple[Item, ...]) -> list[str]:
    return [item.id for item in items]


def both(content: Content, wanted: str) -> list[str]:
    """The ids that cite `wanted`, told in the two ways, which must agree."""
    whole, alone = (Citations(content, Album(content)) for _ in range(2))
    whole.read_all()
    found = ids(whole.of(content.by_id[wanted]))
    assert ids(alone.of(content.by_id[wanted])) == found
    return found


def test_every_form_of_a_link_is_seen_but_a_page_s_own() -> None:
    assert both(town(), "wiki/bruit") == [
        "", "quartiers/port", "wiki/mesures", "wiki/mesures/un",
    ]  # fmt: skip


def test_a_folder_is_its_index() -> None:
    assert both(town(), "wiki/mesures") == ["wiki/bruit", "wiki/mesures/un"]


def test_two_links_are_one_citation() -> None:
    assert both(town(), "wiki/mesures/un") == ["wiki/mesures"]


def test_nothing_private_cites() -> None:
    assert not any("secret" in one for one in both(town(), "wiki/bruit"))


def test_a_home_goes_by_the_name_of_its_community() -> None:
    content = town()
    cards, more = Citations(content, Album(content)).cards(content.by_id["wiki/bruit"])
    assert [card.title for card in cards] == ["Petit-Bourg", "Port", "Mesures", "Un"]
    assert more == 0


def test_the_foot_is_bounded() -> None:
    content = town(**{f"wiki__p{n}": f"# Page {n}\n\n[[bruit]]\n" for n in range(40)})
    cards, more = Citations(content, Album(content)).cards(content.by_id["wiki/bruit"])
    assert len(cards) == MOST
    assert more == 4 + 40 - MOST


def test_the_two_ways_agree_on_the_whole_demo(demo: Content) -> None:
    whole, alone = (Citations(demo, Album(demo)) for _ in range(2))
    whole.read_all()
    for item in demo.items:
        assert ids(alone.of(item)) == ids(whole.of(item)), item.id
