"""Same sources, day and keys: the same bytes, whatever the folder, the hash seed or the jobs."""

import shutil
from pathlib import Path

import pytest

from cq.site.tree import tree_hash

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def trees(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The demo content, copied into folders of different names and depths."""
    folders = {}
    for name in ("a", "b c/d"):
        folders[name] = tmp_path_factory.mktemp("demo") / name
        shutil.copytree(ROOT / "content", folders[name] / "content")
    return folders


def test_one_tree_hash(trees: dict[str, Path], run_cq) -> None:
    hashes = {}
    for number, (folder, seed, jobs) in enumerate(
        (("a", "0", "1"), ("b c/d", "4242", "2"), ("a", "random", "2"))
    ):
        output = trees[folder].parent / f"out{number}" / "site"
        done = run_cq(
            "build", "--public-only", "--root", trees[folder], "--output", output,
            "--jobs", jobs, "--clean",
            today="2026-11-21",
            env={"PYTHONHASHSEED": seed, "TZ": ("UTC", "Asia/Tokyo", "")[number]},
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        hashes[folder, seed, jobs] = tree_hash(output)
    assert len(set(hashes.values())) == 1, hashes
