"""What all halls share: our own command in a clean room, sites to try it on, and the outside tools.

Nothing here tests. A test never reads the machine's own environment: `run_cq` gives the command a
home, a cache and a day of its own. An outside tool that is missing is a skip that names its
package, and with CI=true a failure.
"""

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
SITES = ROOT / "tests" / "sites"
TODAY = "2026-03-01"
DEMO_DAY = "2026-11-21"  # the demo has meetings on both sides of it
FUZZ_EXAMPLES = 2000
IN_CI = os.environ.get("CI") == "true"  # noqa: TID251 - the tests' own front door
PATH = os.environ.get("PATH", os.defpath)  # noqa: TID251

RunCq = Callable[..., subprocess.CompletedProcess[str]]
StartCq = Callable[..., subprocess.Popen[str]]
Git = Callable[..., str]
Once = Callable[[str, Callable[[Path], object]], Path]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--fuzz-examples",
        type=int,
        default=FUZZ_EXAMPLES,
        help="examples of each test marked fuzz (`make fuzz`: 100,000)",
    )
    parser.addoption(
        "--update",
        action="store_true",
        help="write what was found over what was expected, to be read as a diff",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Two profiles, made before any test module is read.

    Plain properties take the loaded one; a fuzz says
    `@pytest.mark.fuzz` and `@settings(settings.get_profile("fuzz"))`.
    The gate tries the same examples each time: a submission must not fail for another one's fault.
    `make fuzz` looks for new ones.
    """
    config.addinivalue_line("markers", "fuzz: hostile input, with as many examples as asked for")
    examples = config.getoption("--fuzz-examples")
    usual = examples <= FUZZ_EXAMPLES
    settings.register_profile(
        "cq",
        deadline=None,
        derandomize=IN_CI,
        print_blob=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.load_profile("cq")
    settings.register_profile(
        "fuzz",
        settings.get_profile("cq"),
        max_examples=examples,
        derandomize=IN_CI and usual,
    )


# `make test` deals the files out to one worker a core, those of these halls last and in this order:
# a long file at the end would be waited for by a worker that has nothing left to do.
SHORT = ("property", "package", "house", "unit", "cases")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if hasattr(config, "workerinput"):  # pytest-xdist's
        last = {ROOT / "tests" / hall: number for number, hall in enumerate(SHORT)}
        items.sort(key=lambda one: max(last.get(folder, -1) for folder in one.path.parents))


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Once:
    """`once("demo", make)`: the folder that `make` fills, by whichever worker asks for it first."""
    own = tmp_path_factory.getbasetemp()
    shared = own if worker_id == "master" else own.parent

    def find(name: str, make: Callable[[Path], object]) -> Path:
        place, done = shared / f"once-{name}", shared / f"once-{name}.done"
        with (shared / f"once-{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                shutil.rmtree(place, ignore_errors=True)
                place.mkdir()
                make(place)
                done.touch()
        return place

    return find


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture
def update(pytestconfig: pytest.Config) -> bool:
    return bool(pytestconfig.getoption("--update"))


def _clean(home: Path, today: str) -> dict[str, str]:
    """The variables of a user at `home`, and nothing of this machine's."""
    return {
        "PATH": PATH,
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "CQ_CACHE_DIR": str(home / "cache"),
        "CQ_TODAY": today,
        "PYTHONPATH": str(ROOT),
    }


def _runner(home: Path) -> RunCq:
    def run(
        *arguments: str | Path,
        cwd: Path | None = None,
        today: str = TODAY,
        env: dict[str, str] | None = None,
        timeout: float = 300,
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "cq", *map(str, arguments)],
            cwd=cwd or home,
            env=_clean(home, today) | (env or {}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=timeout,
            check=False,
        )

    return run


@pytest.fixture
def run_cq(tmp_path_factory: pytest.TempPathFactory) -> RunCq:
    """`run_cq("build", "--root", site)`: `python -m cq` with nothing of this machine's."""
    return _runner(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def run_cq_often(tmp_path_factory: pytest.TempPathFactory) -> RunCq:
    """Likewise, for what several tests look at: they share a home."""
    return _runner(tmp_path_factory.mktemp("home"))


# A shell that runs us in the background leaves Ctrl-C ignored, and children inherit that.
_HEARING = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
    "from cq.__main__ import main; main()"
)


@pytest.fixture
def start_cq(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartCq]:
    """`start_cq("serve", "--root", site)`: a cq that goes on, hears Ctrl-C, and ends with the test.

    All that one test starts share a home. `first` is Python that runs before it.
    """
    home = tmp_path_factory.mktemp("home")
    with contextlib.ExitStack() as stack:

        def start(*arguments: str | Path, first: str = "") -> subprocess.Popen[str]:
            started = subprocess.Popen(
                [sys.executable, "-u", "-c", f"{first}\n{_HEARING}", *map(str, arguments)],
                cwd=home,
                env=_clean(home, TODAY),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                start_new_session=True,  # a group of its own, to be told what a terminal tells it
            )
            stack.enter_context(started)
            stack.callback(started.kill)  # first: leaving the context waits for its end
            return started

        yield start


@pytest.fixture
def site(tmp_path: Path) -> Callable[[str], Path]:
    """`site("minimal")`: a copy of tests/sites/minimal, to be built and broken."""

    def copy(name: str) -> Path:
        return Path(shutil.copytree(SITES / name, tmp_path / name))

    return copy


def _built(place: Path, content: Path, lived: Callable[[Path], object] = lambda _: None) -> None:
    """Build the site of `content` in a folder; `lived` is what happened to it before."""
    site = place / "site"
    shutil.copytree(content, site / "content")
    lived(site)
    (home := place / "home").mkdir()
    done = _runner(home)("build", "--public-only", "--root", site, today=DEMO_DAY)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def built(once: Once) -> Path:
    """The demo site, built once for the session: the folder that would be published.

    Every worker looks at this one: it is not to be changed.
    """
    return once("demo", lambda place: _built(place, ROOT / "content")) / "site" / "build" / "site"


@pytest.fixture(scope="session")
def sparse(once: Once, git: Git) -> Path:
    """Likewise, a site that has hardly begun: empty lists, and the pages that cq makes itself.

    One page of its wiki has two versions in git, and shows what the second has changed.
    """
    from tests.unit.annals import NOON, Commit, tell

    page = "content/quartiers/les-lilas/wiki/le-banc.md"
    text = "---\nhistorique_depuis: 2026-01-01\n---\n\n# Le banc\n\nIl manque un banc.\n"
    later = text.replace("manque un banc", "y a un banc, à l’ombre")

    def lived(site: Path) -> None:
        tell(git, site, [Commit({page: text}), Commit({page: later}, when=NOON + 86400)])

    found = once("sparse", lambda place: _built(place, SITES / "sparse" / "content", lived))
    return found / "site" / "build" / "site"


# What a test may ask for by name: a program or a file of the checkout, and how to get it.
_PROGRAMS = {
    "apache2": (("apache2", "/usr/sbin/apache2"), "sudo apt install apache2"),
    "bash": (("bash",), "sudo apt install bash"),
    "caddy": (("caddy",), "sudo apt install caddy"),
    "chromium": (("chromium", "chromium-browser", "google-chrome"), "sudo apt install chromium"),
    "firefox": (("firefox-esr", "firefox"), "sudo apt install firefox-esr"),
    "fish": (("fish",), "sudo apt install fish"),
    "gcc": (("gcc",), "sudo apt install gcc libc6-dev"),
    "git": (("git",), "sudo apt install git"),
    "java": (("java",), "sudo apt install default-jre-headless"),
    "make": (("make",), "sudo apt install make"),
    "nginx": (("nginx", "/usr/sbin/nginx"), "sudo apt install nginx-light"),
    "node": (("node",), "sudo apt install nodejs npm"),
    "npm": (("npm",), "sudo apt install npm"),
    "zsh": (("zsh",), "sudo apt install zsh"),
}
_FILES = {
    "axe": ("node_modules/axe-core/axe.min.js", "npm ci --ignore-scripts"),
    "ical.js": ("node_modules/ical.js/package.json", "npm ci --ignore-scripts"),
    "libical": ("/usr/include/libical/ical.h", "sudo apt install libical-dev"),
    "vnu": ("node_modules/vnu-jar/build/dist/vnu.jar", "npm ci --ignore-scripts"),
}


def find_tool(name: str) -> str:
    """The path of an outside tool; without it a skip, in CI a failure, that names the remedy."""
    if name in _FILES:
        path, remedy = _FILES[name]
        found = str(ROOT / path) if (ROOT / path).exists() else None
    else:
        programs, remedy = _PROGRAMS[name]
        found = next(filter(None, (shutil.which(one, path=PATH) for one in programs)), None)
    if found is not None:
        return found
    line = f"{name} manque : {remedy}"
    if IN_CI:
        pytest.fail(line, pytrace=False)
    pytest.skip(line)


@pytest.fixture(scope="session")
def tool() -> Callable[[str], str]:
    """`tool("chromium")`: where an outside tool is."""
    return find_tool


@pytest.fixture(scope="session")
def git() -> Git:
    """`git(folder, "add", "-A")`: what it answers. Nothing of this machine's has a say.

    Neither its configuration nor a variable: a hook that runs the tests sets GIT_DIR, and what is
    meant for a folder of a test would be done to the checkout.
    """
    program = find_tool("git")
    own = {
        f"GIT_{who}_{what}": "x@x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    clean = {"PATH": PATH, "LANG": "C.UTF-8", **own}
    clean |= {f"GIT_CONFIG_{which}": os.devnull for which in ("GLOBAL", "SYSTEM")}
    # Without a configuration no folder of another user's is trusted: a checkout in a container.
    usual = ("-c", "init.defaultBranch=main", "-c", "safe.directory=*")

    def run(folder: Path, *arguments: str, told: str | None = None) -> str:
        return subprocess.run(
            [program, *usual, *arguments],
            cwd=folder,
            env=clean,
            check=True,
            capture_output=True,
            input=told,
            encoding="utf-8",
            errors="surrogateescape",
        ).stdout

    return run
