"""The tools that seal private pages, on one corpus: what each is given, called with, and leaves.

cq takes Markdown and seals what it renders. The others come after a site generator, here MkDocs:
StatiCrypt and PageCrypt take the HTML that it has made, mkdocs-encryptcontent is one of its
plugins. The only module that knows their commands and folders. Must not measure anything.
"""

import dataclasses
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import generators
import installed
import layouts
import planted
from corpus import Page
from generators import BENCH, CHECKOUT, HERE
from measure import Call

sys.path.insert(0, str(CHECKOUT))

from cq.seal.keys import ITERATIONS, Root, SpaceKey
from cq.seal.phrase import norm
from cq.seal.ring import Ring
from cq.seal.slots import written

SEALING = HERE / "peers" / "sealing"
NODE = CHECKOUT / ".cache" / "bench-sealers-npm"
MKDOCS = CHECKOUT / ".cache" / "bench-sealers-venv"
PHRASE = "abaisser bougie départ facture héron invoquer policier trilogie"
STATICRYPT_ITERATIONS = 600_000  # its own, which no option changes
SECTIONS = ("actualites", "agenda", "wiki")


@dataclasses.dataclass(frozen=True, slots=True)
class Sealer:
    """A way to seal a site. `plain` and `output` are folders of its own copy of the corpus."""

    name: str
    plain: str  # what there would be without sealing; the same site for the three peers
    output: str
    iterations: int
    calls: tuple[str, ...]  # of `call`, in order: all that a build runs
    alone: str = ""  # the one of them that only seals

    def all(self, site: Path) -> dict[str, Call]:
        return {name: call(site, name) for name in self.calls}

    def published(self, site: Path) -> Path:
        return site / self.output


SEALERS = {
    one.name: one
    for one in (
        Sealer("cq", "", "build/site/espace", ITERATIONS, ("cq",)),
        Sealer("staticrypt", "plain", "sealed/plain", STATICRYPT_ITERATIONS,
               ("mkdocs", "staticrypt"), "staticrypt"),
        Sealer("pagecrypt", "plain", "sealed", ITERATIONS, ("mkdocs", "pagecrypt"), "pagecrypt"),
        Sealer("encryptcontent", "plain", "sealed", ITERATIONS, ("encryptcontent",)),
    )
}  # fmt: skip


def call(site: Path, name: str) -> Call:
    node = [shutil.which("node") or "node"]
    mkdocs = [str(MKDOCS / "bin" / "mkdocs"), "build", "--quiet", "--clean", "--site-dir"]
    commands: dict[str, list[str]] = {
        "cq": [sys.executable, "-m", "cq", "build", "--root", str(site)],
        "seal_html": [sys.executable, str(HERE / "seal_html.py"), "plain", "alone"],
        "mkdocs": [*mkdocs, "plain", "--config-file", "mkdocs.yml"],
        "encryptcontent": [*mkdocs, "sealed", "--config-file", "sealed.yml"],
        "staticrypt": [
            *node, str(NODE / "node_modules/staticrypt/cli/index.js"), "plain", "--recursive",
            "--directory", "sealed", "--short", "--config", "staticrypt.json",
        ],
        "pagecrypt": [*node, str(NODE / "pagecrypt.mjs"), "plain", "sealed", str(ITERATIONS)],
    }  # fmt: skip
    command = commands[name]
    if name in {"seal_html", "pagecrypt"}:
        command = ["sh", "-c", 'exec "$@" < phrase.txt', "sh", *command]
    keys = site / "keys.json"
    variables = {
        "HOME": str(BENCH / "home"),
        "CQ_CACHE_DIR": str(site / ".cq-cache"),
        "CQ_TODAY": generators.TODAY,
        "STATICRYPT_PASSWORD": PHRASE,
        **(json.loads(keys.read_text("utf-8")) if keys.exists() else {}),
    }
    # `-m cq` finds the checkout's package first in the folder where it is called.
    folder = CHECKOUT if name == "cq" else site
    return Call(command, folder, variables, site / "journal.txt")


def set_up() -> None:
    """The peers' environments."""
    installed.with_npm(SEALING, NODE)
    shutil.copyfile(SEALING / "pagecrypt.mjs", NODE / "pagecrypt.mjs")
    installed.with_pip(SEALING / "requirements.txt", MKDOCS)


def versions() -> dict[str, str]:
    """What is measured, as it is pinned."""
    found = json.loads((SEALING / "package.json").read_text("utf-8"))["dependencies"]
    pins = (SEALING / "requirements.txt").read_text("utf-8")
    return found | dict(re.findall(r"(?m)^(mkdocs[\w-]*)==(\S+)", pins))


def private(pages: Sequence[Page]) -> list[Page]:
    """The corpus in one space, the planted page last. No two pages have the same address."""
    last = max(page.number for page in pages) + 1
    day = date(2026, 3, 2)
    named, summary = planted.PLANTED["lien"], planted.PLANTED["résumé"]
    more = [
        Page(last, "actualite", "", planted.NEWS, planted.PLANTED["titre"], day, summary, None,
             planted.BODY),
        Page(last + 1, "wiki", "", planted.WIKI, named, day, "La suite.", None, "La suite.\n"),
    ]  # fmt: skip
    moved = [
        dataclasses.replace(
            page,
            home="",
            kind="wiki" if page.kind == "page" else page.kind,
            name=f"{page.name}-{page.number}",
        )
        for page in pages
    ]
    return [*moved, *more]


def lay_out(pages: Sequence[Page], site: Path, tool: Sealer) -> None:
    """The sources of `tool` in `site`, with keys where it needs them ready."""
    if tool.name == "cq":
        _lay_out_cq(pages, site)
    else:
        _lay_out_mkdocs(pages, site)
    (site / "phrase.txt").write_text(PHRASE, encoding="utf-8")
    documents = site / ("content/prive/documents" if tool.name == "cq" else "docs/documents")
    documents.mkdir(parents=True)
    for name, data in planted.attachments().items():
        (documents / name).write_bytes(data)


def _lay_out_cq(pages: Sequence[Page], site: Path) -> None:
    layouts.write_cq([dataclasses.replace(page, home="prive") for page in pages], site)
    key = SpaceKey(secrets.token_bytes(16), "conseillers", 1, secrets.token_bytes(32))
    salt = secrets.token_bytes(16)
    root = Root.of_phrase(key.site, salt, norm(PHRASE), ITERATIONS)
    ring = Ring(key.site, {key.space: key})
    access = written(
        key.site, salt, ITERATIONS, {root: {key.space: key}, ring.root: {}}, dummies=[],
        random=secrets.token_bytes,
    )  # fmt: skip
    (site / "content" / "acces.json").write_bytes(access)
    line = ring.line()
    (site / "keys.json").write_text(json.dumps({"CQ_CLES": line}), encoding="utf-8")
    remember(site)


def remember(site: Path) -> None:
    """cq numbers a build by the newest change of its private texts, which git knows."""
    git = ["git", "-c", "user.name=banc", "-c", "user.email=banc@example.org"]
    variables = {"PATH": os.defpath, "HOME": str(site), "GIT_CONFIG_NOSYSTEM": "1"}
    when = "2026-11-20T12:00:00+0000"
    variables |= {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
    for rest in (["init", "--quiet"], ["add", "content"], ["commit", "--quiet", "-m", "Banc"]):
        subprocess.run([*git, *rest], cwd=site, env=variables, check=True)


def _lay_out_mkdocs(pages: Sequence[Page], site: Path) -> None:
    """As MkDocs has it, with a theme that shows no more than cq's fragments and three menus."""
    shutil.copytree(SEALING / "theme", site / "theme")
    docs = site / "docs"
    for page in pages:
        target = docs / f"{page.ident}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        head = [f"title: {json.dumps(page.title, ensure_ascii=False)}",
                f"description: {json.dumps(page.summary, ensure_ascii=False)}",
                f"date: {page.day}"]  # fmt: skip
        body = layouts.by_path(page, pages)
        target.write_text("\n".join(["---", *head, "---", "", body]), encoding="utf-8")
    for section in SECTIONS:
        inside = [page for page in pages if page.ident.startswith(f"{section}/")]
        lines = [f"- [{one.title}]({one.name}.md), {one.day} : {one.summary}" for one in inside]
        (docs / section / "index.md").write_text(
            "\n".join([f"# {section.capitalize()}", "", *lines, ""]), encoding="utf-8"
        )
    (docs / "index.md").write_text("# Espace des conseillers\n", encoding="utf-8")
    common = {
        "site_name": layouts.NAME,
        "site_url": f"{layouts.SITE}/",
        "theme": {"name": None, "custom_dir": "theme"},
        "validation": {"nav": {"omitted_files": "ignore"}},
        "nav": [{"Accueil": "index.md"}],
    }
    power = len(str(ITERATIONS)) - 1
    plugin = {
        "password_inventory": {"_global": PHRASE},
        "kdf_pow": power,
        "hash_filenames": {"extensions": ["png", "csv"]},
        "selfhost": True,
        "selfhost_download": False,
    }
    sealed = {**common, "plugins": ["search", {"encryptcontent": plugin}]}
    for name, chosen in (("mkdocs.yml", common), ("sealed.yml", sealed)):
        (site / name).write_text(json.dumps(chosen, ensure_ascii=False), encoding="utf-8")
    if 10**power != ITERATIONS:
        raise ValueError("the plugin takes powers of ten")


def clean(site: Path) -> None:
    """Nothing of a former build: what it left is moved out of the way."""
    for name in ("build", "plain", "sealed", "alone", ".cq-cache", "encryptcontent.cache"):
        generators.set_aside(site / name)
