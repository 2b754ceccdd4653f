"""How this run goes: flag over `CQ_*` variable over default, resolved once, at the front door.

What the council decides is content (`content/site.yml`), never a setting. This is the only
module that reads the environment and the clock.
"""

import datetime
import hashlib
import os
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

import cq
from cq import digest

# Whose releases change what a page becomes: their versions are part of the ledger's key.
_LIBRARIES = ("markdown", "nh3", "pydantic", "pydantic_core", "pyyaml", "jinja2", "icalendar",
              "pillow", "pypdfium2", "snowballstemmer", "segno",
              "py_arkworks_bls12381")  # fmt: skip


class BadSetting(Exception):
    """A `CQ_*` variable that cannot be read; its words are for the user."""


class RootNotFound(Exception):
    """No site here: neither this folder nor one above it holds content/site.yml."""


class OutputTaken(Exception):
    """The output folder holds something else: a build would remove it."""


class OutputMisplaced(Exception):
    """The output folder lies where the site has something of its own."""


# The one folder to publish, under the site's root.
_OUTPUT = Path("build", "site")
# Folders of the site's root in which no output belongs.
_OWN = ("content", "themes", ".git")
# Later, a calendar of the year ahead would come after the last day that computers count.
_LAST_YEAR = 9000


@dataclass(frozen=True, slots=True)
class Settings:
    """One run. Folders are absolute; `today` decides what is coming and what is past."""

    root: Path
    output: Path
    jobs: int
    today: datetime.date
    cache: Path  # private to the user, 0700: parses of private sources lie there
    ci: bool = False

    @property
    def workshop(self) -> Path:
        """Where the next tree is made: beside the output, on the same disk."""
        if self.output == self.root / _OUTPUT:
            return self.output.parent / "cache"
        return self.output.parent / f".{self.output.name}.cq"

    def guard_output(self) -> None:
        """Raise OutputTaken where a build would replace what cq has not made, OutputMisplaced where
        it would come among the sources, or among what another build has made.
        """
        own = [self.root / name for name in _OWN]
        if self.output != self.root / _OUTPUT:
            own += [self.root / _OUTPUT, (self.root / _OUTPUT).with_name("cache")]
        places = {self.output, *self.output.parents}
        if not places.isdisjoint(own) or self.output in (self.root / _OUTPUT).parents:
            raise OutputMisplaced(str(self.output))
        ours = self.output == self.root / _OUTPUT or (self.workshop / "tree.json").is_file()
        if not ours and self.output.is_dir() and any(self.output.iterdir()):
            raise OutputTaken(str(self.output))


def resolve(
    *,
    root: Path | None = None,
    output: Path | None = None,
    jobs: int | None = None,
    today: datetime.date | None = None,
) -> Settings:
    """The settings of this run. Raises RootNotFound or BadSetting."""
    environ = os.environ  # noqa: TID251 - the one place
    place = (root or _path(environ.get("CQ_ROOT")) or find_root(Path.cwd())).resolve()
    if not (place / "content" / "site.yml").is_file():
        raise RootNotFound(str(place))
    if today is not None and today.year > _LAST_YEAR:
        raise BadSetting(f"--today : l’année {today.year} est trop lointaine")
    where = output or _path(environ.get("CQ_OUTPUT")) or place / _OUTPUT
    day = today or the_day()
    wanted = jobs or _jobs(environ.get("CQ_JOBS")) or _cores()
    cache = _path(environ.get("CQ_CACHE_DIR")) or _user_cache(environ)
    return Settings(
        root=place,
        # Without « .. », so that one folder has one name.
        output=Path(os.path.abspath(where)),  # noqa: PTH100 - a link in it stays as it is
        jobs=wanted,
        today=day,
        cache=cache.absolute() / "sites" / _site_folder(place),
        ci=bool(environ.get("CI")),
    )


def the_day() -> datetime.date:
    """The day of this run. Raises BadSetting."""
    given = _day(os.environ.get("CQ_TODAY"))  # noqa: TID251 - the one place
    return given or datetime.date.today()  # noqa: TID251, DTZ011


def find_root(start: Path) -> Path:
    """The nearest folder, `start` or above, that holds content/site.yml."""
    for folder in (start, *start.parents):
        if (folder / "content" / "site.yml").is_file():
            return folder
    raise RootNotFound(str(start))


def clock() -> tuple[datetime.date, str]:
    """The day that the machine's clock shows, and the one that CQ_TODAY holds to, if any."""
    held = os.environ.get("CQ_TODAY") or ""  # noqa: TID251 - the one place
    return datetime.date.today(), held  # noqa: TID251, DTZ011


def moment() -> int:
    """Seconds since 1970 by the machine's clock: a draw is later than its promise, to the second,
    so that no day held by CQ_TODAY counts.
    """
    return int(datetime.datetime.now(datetime.UTC).timestamp())  # noqa: TID251


def apart_from(zone: str) -> bool | None:
    """Whether the machine's clocks differ now from those of `zone`; None where it knows no such."""
    from zoneinfo import ZoneInfo

    try:
        there = datetime.datetime.now(ZoneInfo(zone))  # noqa: TID251
    except (KeyError, ValueError, OSError):  # ZoneInfoNotFoundError is a KeyError
        return None
    return there.utcoffset() != there.astimezone(None).utcoffset()


def has_display() -> bool:
    """Whether a browser could show something; one in a text terminal would take ours away."""
    if sys.platform in {"darwin", "win32"}:
        return True
    named = ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY")
    return any(os.environ.get(name) for name in named)  # noqa: TID251 - the one place


def user_shell() -> str:
    """The name of the user's shell, "" where the environment does not say."""
    return Path(os.environ.get("SHELL") or "").name  # noqa: TID251 - the one place


def completion_file(shell: str) -> Path:
    """Where bash, zsh or fish looks for the user's own script for `cq`. Raises BadSetting."""
    environ = os.environ  # noqa: TID251 - the one place
    data = environ.get("XDG_DATA_HOME")
    if shell == "fish":
        folder = environ.get("XDG_CONFIG_HOME")
        place = Path(folder) if folder else _home("HOME") / ".config"
        return place / "fish" / "completions" / "cq.fish"
    place = Path(data) if data else _home("HOME") / ".local" / "share"
    if shell == "zsh":
        return place / "zsh" / "site-functions" / "_cq"
    return place / "bash-completion" / "completions" / "cq"


def keyring_file(root: Path) -> Path:
    """Where the keyring of the site at `root` is: outside it, unless CQ_KEYRING says otherwise.

    Raises BadSetting.
    """
    environ = os.environ  # noqa: TID251 - the one place
    given = _path(environ.get("CQ_KEYRING"))
    if given:
        return given.absolute()
    folder = _path(environ.get("XDG_CONFIG_HOME"))
    if folder is None:
        home = _home("CQ_KEYRING")
        mac = sys.platform == "darwin"
        folder = home / "Library" / "Application Support" if mac else home / ".config"
    return folder.absolute() / "cq" / _site_folder(root) / "trousseau.cqk"


def jury_folder(root: Path, name: str) -> Path:
    """Where the list and the key of the draw `name` are: beside the keyring, unless CQ_JURYS says
    otherwise. Raises BadSetting.
    """
    given = _path(os.environ.get("CQ_JURYS"))  # noqa: TID251 - the one place
    return (given.absolute() if given else keyring_file(root).parent / "jurys") / name


def server_folder(root: Path) -> Path:
    """Where the passwords and rules for a web server are prepared: beside the keyring.

    Raises BadSetting.
    """
    return keyring_file(root).parent / "serveur"


def server_grant() -> tuple[str, str]:
    """What a machine that only builds is told of the server: the protection that it was prepared
    for, and its folder of passwords (« serveur:/etc/cq »). Empty where it is told nothing.
    """
    text = (os.environ.get("CQ_SERVEUR") or "").strip()  # noqa: TID251 - the one place
    protection, _, home = text.partition(":")
    return protection, home


def has_server(root: Path) -> bool:
    """Whether `cq access server` was run for the site at `root`."""
    try:
        return bool(server_grant()[1]) or server_folder(root).is_dir()
    except BadSetting:  # no home, hence no such folder
        return False


def access_file(root: Path) -> Path:
    """The file of slots of the site at `root`: content/acces.json, or what CQ_ACCES names."""
    given = _path(os.environ.get("CQ_ACCES"))  # noqa: TID251 - the one place
    return given.absolute() if given else root / "content" / "acces.json"


def build_number() -> int | None:
    """The number of this state of the private texts, where git tells none. Raises BadSetting."""
    text = (os.environ.get("CQ_BUILD_NUMBER") or "").strip()  # noqa: TID251 - the one place
    if not text:
        return None
    if not text.isdecimal() or not 0 < int(text) < 1 << 53:  # what a browser counts exactly
        raise BadSetting(f"CQ_BUILD_NUMBER : « {text} » n’est pas un nombre")
    return int(text)


def keys_line() -> str:
    """The keys of a machine that only builds, as `cq access export-ci` prints them; "" for none."""
    return (os.environ.get("CQ_CLES") or "").strip()  # noqa: TID251 - the one place


def phrase() -> str:
    """The keyring's phrase, "" where the environment does not hold it. Never kept in a setting,
    whose `repr` anything may print.
    """
    return (os.environ.get("CQ_PHRASE") or "").strip()  # noqa: TID251 - the one place


def identity() -> str:
    """A digest of what this program is: its own code and the libraries that make pages.

    Read from the files themselves, so that neither an upgrade nor a developer's edit is ever
    answered from an older program's ledger. Costs about 7 ms.
    """
    state = hashlib.blake2b(digest_size=16)
    package = Path(cq.__file__).parent
    for file in sorted((*package.rglob("*.py"), *package.glob("draw/*.html"))):
        state.update(file.relative_to(package).as_posix().encode())
        state.update(file.read_bytes())
    versions = [f"python-{sys.version_info.major}.{sys.version_info.minor}"]
    for folder in {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}:
        names = os.listdir(folder) if Path(folder).is_dir() else []  # noqa: PTH208 - names alone
        versions += [
            name for name in names
            if name.endswith(".dist-info") and name.split("-")[0].lower() in _LIBRARIES
        ]  # fmt: skip
    state.update("\n".join(sorted(versions)).encode())
    return state.hexdigest()


def _site_folder(root: Path) -> str:
    name = "".join(one if one.isalnum() else "-" for one in root.name)[:40]
    return f"{name}-{digest.of_text(str(root))[:16]}"


def _user_cache(environ: "os._Environ[str]") -> Path:
    given = environ.get("XDG_CACHE_HOME")
    if given:
        return Path(given) / "cq"
    home = _home("CQ_CACHE_DIR")
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "cq"
    return home / ".cache" / "cq"


def _home(instead: str) -> Path:
    """The user's home, or BadSetting that names the variable to set `instead`."""
    try:
        return Path.home()
    except RuntimeError:  # a user without a home, as in a container
        raise BadSetting(
            f"{instead} : faute de dossier personnel, nommez un dossier où cq puisse écrire"
        ) from None


def _path(text: str | None) -> Path | None:
    return Path(text) if text else None


def _day(text: str | None) -> datetime.date | None:
    if not text:
        return None
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        raise BadSetting(f"CQ_TODAY : « {text} » n’est pas une date (AAAA-MM-JJ)") from None
    if day.year > _LAST_YEAR:
        raise BadSetting(f"CQ_TODAY : l’année {day.year} est trop lointaine")
    return day


def _jobs(text: str | None) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or not 1 <= int(text) <= 64:
        raise BadSetting(f"CQ_JOBS : « {text} » n’est pas un nombre de 1 à 64")
    return int(text)


def _cores() -> int:
    available = getattr(os, "sched_getaffinity", None)
    return max(1, min(8, len(available(0)) if available else os.cpu_count() or 1))
