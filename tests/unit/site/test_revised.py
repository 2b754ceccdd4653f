"""An edit of texts alone: what must be planned again, on the whole demo content."""

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from cq import front
from cq.content.layout import PUBLIC
from cq.content.model import Content
from cq.settings import Settings
from cq.site.plan import outside, plan, revised

TODAY = datetime.date(2026, 11, 21)


@pytest.fixture(scope="module")
def content(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Content:
    home = tmp_path_factory.mktemp("revised")
    run = front.open_run(Settings(root, home / "build" / "site", 1, TODAY, home / "cache"))
    try:
        read = front.front(run, want_content=True).content
    finally:
        run.ledger.close()
    assert read is not None
    return read.seen_by(PUBLIC, TODAY.isoformat())


def edited(content: Content) -> Content:
    """Every text is another one, and every place in the files has moved."""
    items = [
        item._replace(
            key=f"autre:{item.path}",
            links=tuple((*link[:3], link[3] + 7, *link[4:]) for link in item.links),
            references=tuple(one._replace(line=one.line + 7) for one in item.references),
            written=(),
        ).with_face()
        for item in content.items
    ]
    return replace(content, items=tuple(items))


def test_what_others_show_is_blind_to_the_text(content: Content) -> None:
    assert outside(edited(content)) == outside(content)


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", "Autre"), ("summary", "Autre."), ("day", "2001-01-01"), ("anchors", ("autre",)),
     ("keywords", ("autre",)), ("author", "autre"), ("old_addresses", ("autre/",)),
     ("links", (("link", "autre.md", "autre", 1, 1, 1),)), ("updated", "2001-01-01")],
)  # fmt: skip
def test_and_sees_all_the_rest(content: Content, field: str, value: object) -> None:
    first, *others = content.items
    changed = first._replace(**{field: value}).with_face()
    assert outside(replace(content, items=(changed, *others))) != outside(content)


def test_what_is_planned_again_is_all_that_changed(content: Content) -> None:
    other = edited(content)
    before = {target.path: target for target in plan(content).targets}
    after = {target.path: target for target in plan(other).targets}
    different = {path: target for path, target in after.items() if before[path] != target}
    texts = {path: getattr(one.view, "key", "") for path, one in before.items()}
    assert {target.path: target for target in revised(other, texts).targets} == different
    assert len(different) > 90
    assert revised(content, texts).targets == ()
