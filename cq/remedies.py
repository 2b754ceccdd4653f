"""What somebody types on this very machine to get what is missing: each system has its own words.

Knows commands, runs none. What the machine is, it says itself: the platform, and on Linux
/etc/os-release with the families that it names.
"""

import functools
import platform
import shlex
import sys

MACOS, WINDOWS, OTHER = "macos", "windows", ""
# By `ID` and `ID_LIKE` of os-release: whose packages it takes.
_FAMILIES = {
    "debian": "debian", "ubuntu": "debian", "fedora": "fedora", "rhel": "fedora",
    "centos": "fedora", "arch": "arch", "suse": "suse", "opensuse": "suse", "alpine": "alpine",
}  # fmt: skip
_INSTALL = {
    "debian": "sudo apt install {}",
    "fedora": "sudo dnf install {}",
    "arch": "sudo pacman -S {}",
    "suse": "sudo zypper install {}",
    "alpine": "sudo apk add {}",
    MACOS: "brew install {}",
    WINDOWS: "winget install {}",
}
# Packages that are called otherwise, or that the system brings and only Python may lack.
_CALLED = {
    ("git", WINDOWS): "winget install --exact --id Git.Git",
    ("tzdata", MACOS): "{python} -m pip install tzdata",
    ("tzdata", WINDOWS): "{python} -m pip install tzdata",
    ("tzdata", "suse"): "sudo zypper install timezone",
    ("bash-completion", MACOS): "brew install bash-completion@2",
    ("bash-completion", WINDOWS): "celui de Git pour Windows : winget install --exact --id Git.Git",
}
# The others by what they do; "" is for every system that is not named.
_REMEDIES = {
    "own": {
        "": 'sudo chown -R "$USER" {}',
        WINDOWS: 'icacls {} /grant "%USERNAME%:(OI)(CI)F" /T',
    },
    "hide": {"": "chmod 700 {}"},
    "room": {"": "df -h .", WINDOWS: "Get-PSDrive -PSProvider FileSystem"},
    "utf8": {"": "export LC_ALL=C.UTF-8", MACOS: "export LC_ALL=fr_FR.UTF-8",
             WINDOWS: "chcp 65001"},
    "unset": {"": "unset {}", WINDOWS: "Remove-Item Env:{}"},
    "clock": {
        "": "sudo timedatectl set-ntp true",
        MACOS: "sudo systemsetup -setusingnetworktime on",
        WINDOWS: "w32tm /resync",
        "alpine": "sudo rc-service ntpd restart",
    },
    "zone": {
        "": "sudo timedatectl set-timezone {}",
        MACOS: "sudo systemsetup -settimezone {}",
        WINDOWS: "Paramètres, Heure et langue, Fuseau horaire : celui de {}",
        "alpine": "sudo setup-timezone -z {}",
    },
}  # fmt: skip


@functools.cache
def system() -> str:
    """The family of this machine; `OTHER` for a Linux that names none that is known."""
    if sys.platform == "darwin":
        return MACOS
    if sys.platform == "win32":
        return WINDOWS
    try:
        said = platform.freedesktop_os_release()
    except OSError:
        return OTHER
    names = (said.get("ID", ""), *said.get("ID_LIKE", "").split())
    known = (_FAMILIES.get(one.partition("-")[0].lower()) for one in names)
    return next(filter(None, known), OTHER)


def install(package: str) -> str:
    """How `package`, by its name on Debian, gets onto this machine."""
    here = system()
    command = _CALLED.get((package, here)) or _INSTALL.get(here)
    if command is None:
        return f"installez {package} avec le gestionnaire de paquets de cette machine"
    return command.format(package, python=_quoted(sys.executable))


def library(wanted: str) -> str:
    """How a Python library, a requirement as pip reads it, gets to the Python that runs this."""
    return f'{_quoted(sys.executable)} -m pip install "{wanted}"'


def remedy(name: str, value: str = "") -> str:
    """The command called `name` in this module, about `value`: a folder, a zone, a variable."""
    here = _REMEDIES[name]
    return here.get(system(), here[""]).format(_quoted(value))


def _quoted(value: str) -> str:
    if system() == WINDOWS:
        return f'"{value}"' if " " in value else value
    return shlex.quote(value)
