"""The sitemap in one file, and in several where the protocol wants it."""

import json
from collections.abc import Iterator

import pytest

from cq.content.model import Content, model
from cq.content.parsed import Record
from cq.site.plan import calendars
from cq.site.render import feed


@pytest.fixture
def content() -> Content:
    fields = json.dumps({"nom": "Essai", "id": "essai", "adresse_web": "https://essai.example/"})
    return model(
        [], [Record("site", "site", "content/site.yml", "public", "", (fields,), (), ())], {}
    )


def made(content: Content, count: int) -> Iterator[tuple[str, bytes]]:
    for target in calendars.site_map(content, [(f"wiki/p{n}/", None) for n in range(count)]):
        yield target.path, feed(target)


def test_a_small_site_has_one_file(content: Content) -> None:
    files = dict(made(content, 3))
    assert list(files) == ["sitemap.xml", "robots.txt"]
    assert files["sitemap.xml"].count(b"<loc>") == 3


def test_a_large_one_has_a_list_of_files(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendars, "MOST", 10)
    files = dict(made(content, 25))
    assert list(files) == [
        "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml", "robots.txt",
    ]  # fmt: skip
    assert files["sitemap.xml"].count(b"https://essai.example/sitemap-") == 3
    assert files["sitemap-3.xml"].count(b"<loc>") == 5
