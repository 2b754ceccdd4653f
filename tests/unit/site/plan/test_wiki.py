"""The wiki's index: where titles stand, and which pages nothing leads to."""

from petit_bourg import SITE
from petit_bourg import content as made

from cq.content.layout import PUBLIC
from cq.site.indexes import WikiView
from cq.site.plan import plan

TODAY = "2026-11-22"


def index(*titles: str) -> WikiView:
    return shown({f"wiki/p{n}.md": f"# {title}\n\nx\n" for n, title in enumerate(titles)})


def shown(files: dict[str, str]) -> WikiView:
    content = made({"site.yml": SITE, **files}, TODAY).seen_by(PUBLIC, TODAY)
    views = {target.path: target.view for target in plan(content).targets}
    view = views["wiki/index.html"]
    assert isinstance(view, WikiView)
    return view


def letters(view: WikiView) -> dict[str, list[str]]:
    return {one.heading: [card.title for card in one.cards] for one in view.sections}


def test_an_article_does_not_count() -> None:
    assert letters(index("Les vœux", "Bruit", "Le budget", "L'été", "La", "Vélos")) == {
        "B": ["Bruit", "Le budget"], "E": ["L’été"], "L": ["La"], "V": ["Vélos", "Les vœux"],
    }  # fmt: skip


def test_what_is_no_letter_comes_first_and_each_other_script_has_its_own_anchor() -> None:
    view = index("Ωmega", "عربي", "2026", "« Bancs »", "!", "Été")
    assert list(letters(view)) == ["0–9", "B", "E", "Ω", "ع"]
    anchors = [one.anchor for one in view.sections]
    assert len(set(anchors)) == len(anchors)


def test_every_page_stands_once() -> None:
    titles = ["Le quai", "Quai", "L’autre quai", "Quais"]
    shown = [title for group in letters(index(*titles)).values() for title in group]
    assert sorted(shown) == sorted(titles)


def test_what_no_text_leads_to_is_named() -> None:
    texts = {"seul": "x", "a": "[[b]] et [[a]]", "b": "[[a]]", "c": "[[b]]", "soi": "[[soi]]"}
    files = {f"wiki/{name}.md": f"# {name}\n\n{text}\n" for name, text in texts.items()}
    glossary = {"wiki/glossaire.md": "# Mots\n\n## Bief\n\nUn canal.\n"}
    view = shown({**files, **glossary})
    assert [card.title for card in view.orphans] == ["c", "seul", "soi"]
    assert [(step.title, step.number) for step in view.cited] == [("b", 2)]
    assert view.glossary is not None
