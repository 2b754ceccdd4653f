"""Seals every page of a folder, as StatiCrypt does: the same work in cq's format, no more.

    python benchmarks/seal_html.py IN OUT < phrase

`cq build` seals what it renders; here the pages are ready. The key is made anew each time, as if
everything had changed.
"""

import secrets
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from cq.seal.file import seal
from cq.seal.keys import ITERATIONS, Root, SpaceKey
from cq.seal.phrase import norm
from cq.seal.slots import written


def main() -> None:
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    site, salt, secret = (secrets.token_bytes(length) for length in (16, 16, 32))
    key = SpaceKey(site, "conseillers", 1, secret)
    root = Root.of_phrase(site, salt, norm(sys.stdin.read()), ITERATIONS)
    target.mkdir(parents=True)
    slots = written(
        site, salt, ITERATIONS, {root: {key.space: key}}, dummies=[], random=secrets.token_bytes
    )
    (target / "acces.json").write_bytes(slots)
    for path in source.rglob("*"):
        if path.is_file():
            place = f"/{path.relative_to(source).as_posix()}"
            page = path.suffix == ".html"
            made = seal(
                key,
                key.file_id(place),
                path.read_bytes() if page else path,
                media="text/html" if page else "application/octet-stream",
            )
            file = target / "f" / made.id[:2].lower() / made.id
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("wb") as stream:
                for piece in made.chunks():
                    stream.write(piece)


if __name__ == "__main__":
    main()
