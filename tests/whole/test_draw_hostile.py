"""A draw's folder from a pull request of anyone's: what is not ours is not published, what is said
is shown as words, and what is huge is refused in bounded time.
"""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from cq.draw import canon, page, pool
from cq.draw.plan import Plan, Quota
from cq.draw.pool import Person
from cq.draw.sources import DICE, Source
from cq.draw.transcript import NAMES, Commitment, Result
from tests.whole.test_hostile import WORDS, Reader

Site = Callable[[str], Path]
RunCq = Callable[..., subprocess.CompletedProcess[str]]
NAME = "simple-12"
ACTING = b"<!doctype html><title>x</title><script>alert('zqhostile')</script>"
PAGE = """---
titre: Le jury
tirage: 2023-09-05
destruction: 2027-11-05
finalite: Composer un jury
base_legale: Mission d’intérêt public
source_liste: Volontaires
valide_par: l’adjointe à la démocratie locale
---

[Vérifier](verifier.html), [vérifier ici](/jurys/simple-12/verifier.html) ou
[là](verifier/index.html).
"""


@pytest.fixture
def top(site: Site) -> Path:
    root = site("minimal")
    (root / "content" / "jurys" / NAME).mkdir(parents=True)
    (root / "content" / "jurys" / NAME / "index.md").write_text(PAGE, "utf-8")
    return root


def example(root: Path, folder: Path) -> None:
    for name in NAMES:
        (folder / name).write_bytes(
            (root / "tests" / "vectors" / "draw-simple-12" / name).read_bytes()
        )


def published(top: Path) -> bytes:
    site = top / "build" / "site"
    return b"".join(path.read_bytes() for path in site.rglob("*") if path.is_file())


FOREIGN = (
    f"jurys/{NAME}/verifier.html", f"jurys/{NAME}/Page.html", f"jurys/{NAME}/verifier.HTM",
    f"jurys/{NAME}/verifier/index.html", "jurys/verifier.html", "jurys/autre/verifier.html",
    "jurys/Autre_Nom/verifier.html", f"jurys/{NAME}/page.xhtml", f"jurys/{NAME}/pool.txt.html",
)  # fmt: skip


@pytest.mark.parametrize("whole", ["alone", "in a whole draw"])
def test_a_page_that_is_not_ours_is_never_published(
    whole: str, top: Path, root: Path, run_cq: RunCq
) -> None:
    if whole != "alone":
        example(root, top / "content" / "jurys" / NAME)
    for where in FOREIGN:
        file = top / "content" / where
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(ACTING)
    done = run_cq("validate", "--format", "short", "--root", top)
    for where in FOREIGN:
        assert f"content/{where}:1:1: erreur[draw-p" in done.stdout, where
    assert run_cq("build", "--root", top, "--public-only").returncode == 1
    assert b"zqhostile" not in published(top)


def test_ours_with_a_byte_more_is_not_ours(top: Path, root: Path, run_cq: RunCq) -> None:
    folder = top / "content" / "jurys" / NAME
    example(root, folder)
    (folder / "index.md").write_text(PAGE.partition("[Vér")[0], "utf-8")
    (folder / "verifier.html").write_bytes(page.page())
    assert run_cq("build", "--root", top, "--public-only").returncode == 0
    made = top / "build" / "site" / "jurys" / NAME
    assert (made / "verifier" / "index.html").read_bytes() == page.page()
    (folder / "verifier.html").write_bytes(page.page() + ACTING)
    assert run_cq("build", "--root", top, "--public-only").returncode == 1
    # The site that stood before still stands, and holds nothing of it.
    assert b"zqhostile" not in published(top)


def test_a_link_leads_nowhere(top: Path, run_cq: RunCq, tmp_path: Path) -> None:
    folder = top / "content" / "jurys" / NAME
    secret = tmp_path / "secret"
    secret.write_bytes(b"zqhostile\n")
    names = (*NAMES, "journal.csv", "verifier.html", "photo.png")
    for name in names:
        (folder / name).symlink_to(secret)
    done = run_cq("validate", "--format", "short", "--root", top)
    assert done.stdout.count("erreur[symbolic-link]") == len(names)
    assert run_cq("build", "--root", top, "--public-only").returncode == 1
    assert b"zqhostile" not in published(top)


def hostile(folder: Path) -> None:
    """A draw in perfect order whose every word would act."""
    types = ((WORDS,), (f"{WORDS}2",))
    made = Plan((WORDS,), types, (6, 6), 2, (Quota(WORDS, WORDS, 1, 1),), ((1, 1),), (1,))
    people = [Person(f"{number:032x}", number % 2) for number in range(1, 13)]
    data = pool.written(people)
    source = Source(DICE, label=WORDS, count=32)
    promise = Commitment(
        NAME, WORDS, 12, pool.root(data), made.digest(), (source,), "2023-08-22T10:00:00Z"
    )
    value = source.valued("1 2 3 4 " * 8)
    result = Result(promise, made, people, [value])
    for name, said in {
        "plan.json": made.as_json(),
        "commitment.json": promise.as_json(),
        "sources.json": [value.as_json()],
        "transcript.json": result.transcript(),
    }.items():
        (folder / name).write_bytes(canon.written(said))
    (folder / "pool.txt").write_bytes(data)
    note = WORDS.replace('"', '""')
    (folder / "journal.csv").write_text(
        f'date,etape,empreinte,note\n2023-08-20,gel,,"{note}"\n2023-08-21,"{note}",,"{note}"\n'
        f'2023-08-22,engagement,{promise.digest().hex()},"{note}"\n'
        f'2023-09-05,tirage,{result.seed.hex()},"{note}"\n',
        "utf-8",
    )


@pytest.mark.parametrize("end", ["drawn", "cancelled"])
def test_words_of_a_draw_act_nowhere(end: str, top: Path, run_cq: RunCq) -> None:
    folder = top / "content" / "jurys" / NAME
    (folder / "index.md").write_text(PAGE.partition("[Vér")[0], "utf-8")
    hostile(folder)
    if end == "cancelled":
        note = WORDS.replace('"', '""')
        with (folder / "journal.csv").open("a", encoding="utf-8") as stream:
            stream.write(f'2023-09-06,annulation,,"{note}"\n')
    done = run_cq("build", "--root", top, "--public-only")
    assert done.returncode == 0, done.stdout
    shown = 0
    for file in (top / "build" / "site").rglob("*.html"):
        reader = Reader()
        reader.feed(file.read_text("utf-8"))
        assert not reader.found, file
        shown += "alert(2)" in file.read_text("utf-8")
    assert shown


def test_files_of_200_mb_are_refused_unread(top: Path, root: Path, run_cq: RunCq) -> None:
    """One draw a file, so that each has its own message; little enough is held at a time."""
    names = (*NAMES, "journal.csv", "verifier.html")
    for name in names:
        folder = top / "content" / "jurys" / f"gros-{name.partition('.')[0]}"
        folder.mkdir()
        example(root, folder)
        (folder / "index.md").write_text(PAGE, "utf-8")
        with (folder / name).open("wb") as stream:
            stream.truncate(200_000_000)
    done = run_cq("build", "--root", top, "--public-only", env={"CQ_JOBS": "1"})
    assert done.returncode == 1, done.stdout
    assert "erreur interne" not in done.stdout + done.stderr
    for name in NAMES:
        assert f"le fichier {name} est trop gros" in done.stdout, name
    assert "le journal est trop gros" in done.stdout
    assert "draw-page" in done.stdout
    assert not (top / "build" / "site" / "jurys").exists()


@pytest.mark.parametrize("types", [50_000, 1_000_000])
def test_a_plan_of_a_million_types_is_refused_at_once(
    types: int, top: Path, root: Path, run_cq: RunCq
) -> None:
    folder = top / "content" / "jurys" / NAME
    example(root, folder)
    plan = {
        "compositions": [[1] * types], "counts": [1] * types, "features": ["a"], "household": [],
        "k": types, "quotas": [], "tickets": [1], "total": 1,
        "types": [[f"{number:07}"] for number in range(types)],
    }  # fmt: skip
    (folder / "plan.json").write_text(json.dumps(plan, separators=(",", ":")) + "\n", "utf-8")
    done = run_cq("build", "--root", top, "--public-only", timeout=60)
    assert done.returncode == 1
    assert "feu « plan » rouge" in done.stdout
