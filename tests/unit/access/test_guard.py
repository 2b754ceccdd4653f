"""The folder that is copied to a server: its files, and what no rule may be made of."""

from pathlib import Path

import pytest

from cq.access import guard, logins, register, rules
from cq.access.guard import Guard
from cq.access.logins import BadPasswords
from cq.access.rules import BadPlace, Place
from cq.content.layout import DOUBLE, SERVER
from cq.site.protect import SEALED
from cq.site.routes import SPACE
from tests.unit.access.town import ALL, content

HASH = logins.hashed("x", 4)
HELD = Guard("/etc/cq", {"canal": HASH, "gare": HASH})


def made(protection: str) -> dict[str, str]:
    people = register.members(content())
    return guard.files(protection, HELD, people, register.spaces(content()), "/")


def test_each_space_has_its_passwords_and_its_rule() -> None:
    files = made(SERVER)
    assert {f"{space}.htpasswd" for space in ALL} < files.keys()
    assert files["q-canal.htpasswd"] == f"canal:{HASH}\n"
    assert files["conseillers.htpasswd"] == f"canal:{HASH}\ngare:{HASH}\n"
    for name in ("apache.conf", "nginx.conf", "caddy.conf", "caddy-2.6.conf"):
        for space in ALL:
            assert space in files[name].replace("\\", ""), name
    assert "basicauth" in files["caddy-2.6.conf"]
    assert "basicauth" not in files["caddy.conf"]


def test_what_has_no_rule_yet_is_shut() -> None:
    """A quartier that is new tomorrow: its folder is published before the rules are copied."""
    files = made(SERVER)
    assert "location ^~ /espace/ {\n    deny all;" in files["nginx.conf"]
    assert "respond @cq_ailleurs 403" in files["caddy.conf"]
    assert "Require all denied" in files["apache.conf"]
    assert "location ^~ /espace/ {" not in made(DOUBLE)["nginx.conf"]  # where the shell is


def test_double_guards_the_sealed_files() -> None:
    files = made(DOUBLE)
    assert [name for name in files if name.endswith(".htpasswd")] == ["membres.htpasswd"]
    assert "location ^~ /espace/f/" in files["nginx.conf"]
    assert guard.places(DOUBLE, ALL) == (Place(SEALED, "membres.htpasswd"),)
    assert all(place.folder.startswith(SPACE) for place in guard.places(SERVER, ALL))


def test_the_site_itself_says_who_guards_its_folders() -> None:
    found = guard.htaccess(SERVER, ("q-canal",), "/etc/cq")
    assert list(found) == ["espace/q-canal/.htaccess"]
    text = found["espace/q-canal/.htaccess"].decode()
    assert text.startswith(rules.MARK)
    assert 'AuthUserFile "/etc/cq/q-canal.htpasswd"' in text
    assert list(guard.htaccess(DOUBLE, ("q-canal",), "/etc/cq")) == ["espace/f/.htaccess"]


def test_what_was_saved_is_loaded_and_old_spaces_go(tmp_path: Path) -> None:
    folder = tmp_path / "serveur"
    assert guard.load(folder) is None
    assert guard.save(folder, made(SERVER))
    assert not guard.save(folder, made(SERVER))
    assert guard.load(folder) == HELD
    assert {one.stat().st_mode & 0o777 for one in folder.iterdir()} == {0o600}
    assert guard.save(folder, made(DOUBLE))
    assert not (folder / "q-canal.htpasswd").exists()
    (folder / "membres.htpasswd").write_bytes(b"\xff\xfe")
    with pytest.raises(BadPasswords):
        guard.load(folder)


@pytest.mark.parametrize(
    "home",
    [
        "", "etc/cq", "/etc/c q", '/etc/cq"', "/etc/cq;", "/etc/../cq", "/etc/cq/", "/etc\n/cq",
        "/étc", "/etc/$x", "/{x}", "/.", "C:\\cq", "/etc/cq\n",
    ],
)  # fmt: skip
def test_a_folder_that_would_break_a_rule_is_refused(home: str) -> None:
    place = Place("espace/q-canal/", "q-canal.htpasswd")
    for rule in (
        lambda: rules.htaccess(place, home),
        lambda: rules.nginx([place], home, "/"),
        lambda: rules.apache([place], home, "/"),
        lambda: rules.caddy([place], {place.users: {}}, home, "/"),
    ):
        with pytest.raises(BadPlace):
            rule()


@pytest.mark.parametrize("root", ["", "x/", "/a b/", '/"; }/', "/../", "/{x}/", "/x", "/$uri/"])
def test_an_address_that_would_break_a_rule_is_refused(root: str) -> None:
    place = Place("espace/q-canal/", "q-canal.htpasswd")
    for rule in (
        lambda: rules.nginx([place], "/etc/cq", root),
        lambda: rules.apache([place], "/etc/cq", root),
        lambda: rules.caddy([place], {place.users: {}}, "/etc/cq", root),
    ):
        with pytest.raises(BadPlace):
            rule()


@pytest.mark.parametrize(
    "folder", ["", "espace/q-canal", "/espace/", "espace/../", "Espace/", "e {/"]
)
def test_a_space_that_would_break_a_rule_is_refused(folder: str) -> None:
    with pytest.raises(BadPlace):
        rules.nginx([Place(folder, "x.htpasswd")], "/etc/cq", "/")
