"""What a bench compares with, installed apart from the project's own packages.

Made anew when what it pins has changed, and else left as it stands. Must not know any tool.
"""

import shutil
import subprocess
import venv
from pathlib import Path


def with_pip(pins: Path, place: Path) -> None:
    """An environment of Python's at `place`, of what the file `pins` names."""
    stamp = place / "requirements.txt"
    if _same(pins, stamp):
        return
    venv.EnvBuilder(with_pip=True, clear=True).create(place)
    pip = [str(place / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    subprocess.run([*pip, "--requirement", str(pins)], check=True)
    shutil.copyfile(pins, stamp)


def with_npm(source: Path, place: Path) -> None:
    """The packages at `place` that the lock in the folder `source` names."""
    lock, stamp = source / "package-lock.json", place / "installed.json"
    if _same(lock, stamp):
        return
    place.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copyfile(source / name, place / name)
    subprocess.run(["npm", "ci", "--silent"], cwd=place, check=True)
    shutil.copyfile(lock, stamp)


def _same(pins: Path, stamp: Path) -> bool:
    return stamp.exists() and stamp.read_bytes() == pins.read_bytes()
