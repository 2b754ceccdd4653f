"""What is typed on each system; what none of them knows is said in words."""

import platform
import sys
from collections.abc import Iterator

import pytest

from cq import remedies


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    remedies.system.cache_clear()
    yield
    remedies.system.cache_clear()


def on(monkeypatch: pytest.MonkeyPatch, name: str, release: dict[str, str] | None = None) -> None:
    def said() -> dict[str, str]:
        if release is None:
            raise OSError
        return release

    monkeypatch.setattr(sys, "platform", name)
    monkeypatch.setattr(platform, "freedesktop_os_release", said)


@pytest.mark.parametrize(
    ("release", "family", "git"),
    [
        ({"ID": "debian"}, "debian", "sudo apt install git"),
        ({"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, "debian", "sudo apt install git"),
        ({"ID": "fedora"}, "fedora", "sudo dnf install git"),
        ({"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, "fedora", "sudo dnf install git"),
        ({"ID": "opensuse-leap", "ID_LIKE": "suse"}, "suse", "sudo zypper install git"),
        ({"ID": "arch"}, "arch", "sudo pacman -S git"),
        ({"ID": "alpine"}, "alpine", "sudo apk add git"),
        ({"ID": "autre"}, "", "installez git avec le gestionnaire de paquets de cette machine"),
        (None, "", "installez git avec le gestionnaire de paquets de cette machine"),
    ],
)
def test_linux_says_whose_packages_it_takes(
    release: dict[str, str] | None, family: str, git: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(monkeypatch, "linux", release)
    assert (remedies.system(), remedies.install("git")) == (family, git)
    assert remedies.remedy("own", "a b") == "sudo chown -R \"$USER\" 'a b'"


def test_macos(monkeypatch: pytest.MonkeyPatch) -> None:
    on(monkeypatch, "darwin")
    assert remedies.install("git") == "brew install git"
    assert remedies.install("tzdata").endswith(" -m pip install tzdata")
    assert remedies.remedy("zone", "Europe/Paris") == "sudo systemsetup -settimezone Europe/Paris"


def test_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    on(monkeypatch, "win32")
    assert remedies.install("git") == "winget install --exact --id Git.Git"
    assert remedies.remedy("own", "a b").startswith('icacls "a b" /grant')
    assert remedies.remedy("unset", "CQ_TODAY") == "Remove-Item Env:CQ_TODAY"


@pytest.mark.parametrize("name", ["darwin", "win32"])
def test_no_other_system_is_told_debian_s_words(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    on(monkeypatch, name)
    said = [remedies.install(one) for one in ("git", "tzdata", "bash-completion")]
    said += [remedies.remedy(one, "x") for one in ("own", "room", "utf8", "unset", "clock", "zone")]
    assert not [one for one in said if "apt" in one or "timedatectl" in one]
    assert name != "win32" or not [one for one in said if "sudo" in one]
