"""Two files of the site at one place, whatever they are."""

import pytest

from cq.site.plan.clashes import clashes


@pytest.mark.parametrize(
    ("paths", "named"),
    [
        (["a/index.html", "b/index.html", "theme/style.css"], []),
        (["agenda.ics", "agenda.ics"], ["agenda.ics"]),
        (["theme/style.css", "theme/STYLE.css"], ["theme/STYLE.css"]),
        (["robots.txt", "robots.txt/index.html"], ["robots.txt"]),
        (["a/é.pdf", "a/e\u0301.pdf"], ["a/e\u0301.pdf"]),
        (["a", "a/b/c/index.html"], ["a"]),
    ],
)
def test_what_would_be_erased_is_named(paths: list[str], named: list[str]) -> None:
    assert [one.message.rpartition(" : ")[2] for one in clashes(paths)] == named
