"""Where a build's time goes: cProfile of a cold build in one process, then of an unchanged one.

    python benchmarks/build_profile.py --pages 1000 > build/bench/profile.txt

The profiler makes every call dearer, the short ones most: read shares here, times in the bench.
"""

import argparse
import pstats
import shutil
import subprocess
import sys
from pathlib import Path
from random import Random  # noqa: TID251 - one instance with a seed, handed on

import generators
from corpus import SEED, corpus
from layouts import write_cq

TOP = 40


def main() -> None:
    parser = argparse.ArgumentParser(description="Le profil de `cq build`.")
    parser.add_argument("--pages", type=int, default=1_000)
    parser.add_argument("--top", type=int, default=TOP)
    parser.add_argument("--sort", choices=("cumulative", "tottime"), default="cumulative")
    options = parser.parse_args()
    site = generators.BENCH / "profile" / str(options.pages)
    shutil.rmtree(site, ignore_errors=True)
    write_cq(corpus(options.pages, Random(SEED)), site)  # noqa: S311 - a corpus is no secret
    for name in ("cold", "again"):
        out = site / f"{name}.prof"
        _profiled(site, out)
        print(f"## {name}, {options.pages} pages\n", flush=True)
        stats = pstats.Stats(str(out), stream=sys.stdout)
        stats.strip_dirs().sort_stats(options.sort).print_stats(options.top)


def _profiled(site: Path, out: Path) -> None:
    """A process of its own, as `cq` is: its imports are in the profile."""
    call = generators.CQ.call(site)
    python, module, name, *rest = call.command
    command = [python, "-m", "cProfile", "-o", str(out), module, name, *rest, "--jobs", "1"]
    with call.log.open("wb") as log:
        subprocess.run(
            command, cwd=call.folder, env=dict(call.variables), stdout=log, stderr=log, check=True
        )


if __name__ == "__main__":
    main()
