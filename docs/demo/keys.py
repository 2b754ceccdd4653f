"""The demo's own keys, under .cache/demo: made at the first `make site`, taken up by the next ones.

Everything there is ignored by git, and worth nothing but to try the private spaces of fictitious
people: the phrases lie in clear beside the keyring that they open.
"""

import os
import secrets
import subprocess
import sys
from pathlib import Path

from cq.seal import phrase

HOME = Path(".cache/demo")
KEYRING, ACCESS = HOME / "trousseau.cqk", HOME / "acces.json"
SECRET, PHRASES, NEW = HOME / "phrase.txt", HOME / "phrases.txt", HOME / "nouvelles.txt"


def cq(*arguments: str) -> int:
    """One command of cq, on these keys. What goes well says nothing."""
    environ = {
        **os.environ,  # noqa: TID251 - what the user said is said to cq
        "CQ_KEYRING": str(KEYRING),
        "CQ_ACCES": str(ACCESS),
        "CQ_PHRASE": SECRET.read_text().strip(),
    }
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "cq", "access", *arguments],
        env=environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        sys.stderr.write(done.stdout + done.stderr)
    return done.returncode


def begun() -> bool:
    """Whether there are keys, and what opens them."""
    return all(one.is_file() for one in (KEYRING, ACCESS, SECRET, PHRASES))


def keep(text: str, file: Path) -> None:
    """In a file for its owner alone."""
    with open(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600), "w") as out:  # noqa: PTH123
        out.write(text)


def main() -> int:
    HOME.mkdir(parents=True, exist_ok=True)
    HOME.chmod(0o700)
    if not begun() or cq("list") in {2, 3}:  # or what another version of cq has made
        for one in (KEYRING, ACCESS, SECRET, PHRASES):
            one.unlink(missing_ok=True)
        keep(phrase.made(secrets.choice) + "\n", SECRET)
        keep("", PHRASES)
        if code := cq("init"):
            return code
    NEW.unlink(missing_ok=True)
    code = cq("expire", "--yes") or cq("add", "--output", str(NEW))
    if NEW.is_file():
        with PHRASES.open("a") as out:
            out.write(("\n" if PHRASES.stat().st_size else "") + NEW.read_text())
        NEW.unlink()
    return code


if __name__ == "__main__":
    sys.exit(main())
