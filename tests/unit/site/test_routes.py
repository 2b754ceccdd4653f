"""Links work under any prefix and from a disk; those of the 404 from the root of the server."""

import pytest

from cq.site import routes


@pytest.mark.parametrize(
    ("target", "at", "link"),
    [
        ("", "", "index.html"),
        ("agenda/", "", "agenda/index.html"),
        ("", "a/b/", "../../index.html"),
        ("a/b/", "a/b/", "../../a/b/index.html"),
        ("a/b/#x", "a/b/", "#x"),
        ("a/b.pdf", "c/", "../a/b.pdf"),
        ("wiki/x/#y", "c/", "../wiki/x/index.html#y"),
        ("agenda/", "404.html", "agenda/index.html"),
    ],
)
def test_links_are_relative(target: str, at: str, link: str) -> None:
    assert routes.link(target, at) == link


@pytest.mark.parametrize(
    ("target", "link"),
    [
        ("../espace/", "#/"),  # the shell itself must not be loaded again: it would close
        ("../espace/#/q-canal/", "#/q-canal/"),
        ("../agenda/", "../agenda/index.html"),
        ("agenda/", "#/q-gare/agenda/"),
    ],
)
def test_from_a_sealed_space_the_door_is_open(target: str, link: str) -> None:
    assert routes.inside("q-gare")(target, "wiki/") == link


@pytest.mark.parametrize(
    ("base", "root"),
    [
        ("", None),
        ("https://conseils.example", "/"),
        ("https://conseils.example/", "/"),
        ("https://forge.example/10e", "/10e/"),
        ("https://forge.example/a/b/", "/a/b/"),
    ],
)
def test_the_root_of_a_site(base: str, root: str | None) -> None:
    assert routes.root_of(base) == root
    assert routes.link("agenda/", "404.html", root) == f"{root or ''}agenda/index.html"


def test_the_root_is_never_another_server() -> None:
    assert routes.root_of("https://a.example//evil.example/") == "/evil.example/"
    assert routes.root_of("https://a.example") == "/"
    assert routes.root_of("https://a.example/cq") == "/cq/"
    assert routes.root_of("") is None
