"""docs/formats/seal-v1.md, held: a built site is read with nothing of cq, from the phrase on."""

import base64
import gzip
import hashlib
import json
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from cq.seal.keys import Root, SpaceKey
from cq.seal.ring import Ring
from cq.seal.slots import written
from tests.unit import petit_bourg
from tests.vectors.make_seal_v1 import b64, folded, hkdf, mac, norm, padded, spelt

RunCq = Callable[..., Any]
PHRASE = "Abaisser bougie DÉPART facture héron invoquer policier trilogie"
TABLE = "poste;montant\nbancs;1 200\n" * 9000  # four chunks
FILES = {
    "site.yml": petit_bourg.SITE + petit_bourg.ADDRESS + petit_bourg.LEGAL,
    "index.md": "# Petit-Bourg\n\nBienvenue.\n",
    "quartiers/canal/quartier.yml": "nom: Canal\n",
    "quartiers/canal/index.md": "Le canal.\n",
    "prive/wiki/cles.md": "# Qui a les clés\n\nHippocampe. [Le devis](../documents/devis.csv)\n",
    "prive/documents/devis.csv": TABLE,
    "quartiers/canal/prive/actualites/2026-02-14-depart.md": "# Un départ\n\nLibellule.\n",
    "quartiers/canal/prive/agenda/2026-03-10-reunion.md": (
        "---\ntitre: Réunion\ndate: 2026-03-10\ndebut: 18:00\nlieu: Salle du canal\n---\n"
    ),
}


def plain(text: str) -> bytes:
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    assert b64(data) == text
    return data


class Key(NamedTuple):
    """What a slot holds of one space."""

    site: bytes
    space: str
    epoch: int
    secret: bytes

    def derived(self, name: str, length: int) -> bytes:
        return hkdf(self.secret, self.site, f"cq/1/{name}\n{self.space}\n{self.epoch}", length)

    def opened(self, name: str, data: bytes) -> tuple[str, dict[str, Any], bytes]:
        """S, the description and the body of a sealed file."""
        header = data[:73]
        x = json.loads(header[6:])["x"]
        fields = b'{"c":65536,"v":1,"x":"' + x.encode() + b'"}'
        assert header == b"CQE1\x00\x43" + fields
        context = f"cq/1/file\n{self.space}\n{self.epoch}\n{name}\n"
        cipher = AESGCM(hkdf(self.secret, plain(x), context, 32))
        chunks = [data[at : at + 65552] for at in range(73, len(data), 65552)]
        text = b"".join(
            cipher.decrypt(
                bytes(7) + struct.pack(">IB", number, number == len(chunks) - 1),
                chunk,
                context.encode() + header,
            )
            for number, chunk in enumerate(chunks)
        )
        [size] = struct.unpack_from(">I", text)
        inner = json.loads(text[4 : 4 + size])
        assert spelt(inner) == text[4 : 4 + size]
        end = 4 + size + inner["l"]
        body, zeros = text[4 + size : end], text[end:]
        assert not zeros.strip(b"\0")
        assert len(text) == padded(end)
        told = struct.pack(">I", len(context)) + context.encode() + hashlib.sha256(text).digest()
        assert b64(mac(self.derived("siv", 32), told)) == x
        return x, inner, gzip.decompress(body) if inner.get("z") == "gzip" else body


@pytest.fixture(scope="module")
def ring() -> Ring:
    site = bytes(range(16))
    spaces = {"conseillers": 1, "q-canal": 7}
    keys = {
        name: SpaceKey(site, name, epoch, hashlib.sha256(name.encode()).digest())
        for name, epoch in spaces.items()
    }
    return Ring(site, keys)


@pytest.fixture
def espace(run_cq: RunCq, ring: Ring, tmp_path: Path) -> Path:
    """The published folder of a site with two spaces."""
    for name, text in FILES.items():
        place = tmp_path / "site" / "content" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    salt = bytes(range(16, 32))
    holders = {
        Root.of_phrase(ring.site, salt, norm(PHRASE), 1000): dict(ring.keys),
        Root.of_token(ring.site, bytes(16)): {"q-canal": ring.keys["q-canal"]},
        ring.root: {},
    }
    numbers = iter(range(1000))
    access = written(
        ring.site, salt, 1000, holders, dummies=[],
        random=lambda length: hashlib.shake_256(b"%d" % next(numbers)).digest(length),
    )  # fmt: skip
    (tmp_path / "site/content/acces.json").write_bytes(access)
    done = run_cq(
        "build", "--root", tmp_path / "site",
        env={"CQ_CLES": ring.line(), "CQ_BUILD_NUMBER": "1772000000"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return tmp_path / "site/build/site/espace"


def slot(espace: Path, root: bytes | None = None) -> dict[str, Key]:
    """The keys that the phrase opens, or those of `root`."""
    text = (espace / "acces.json").read_bytes()
    fields = json.loads(text)
    assert spelt(fields) == text
    site, salt = plain(fields["site"]), plain(fields["kdf"]["salt"])
    phrase = norm("abai boug depa fact hero invo poli tril").encode()
    root = root or hashlib.pbkdf2_hmac("sha256", phrase, salt, fields["kdf"]["iter"], 32)
    tag = b64(hkdf(root, site, "cq/1/slot-tag", 16))
    value = plain(fields["slots"][tag])
    about = f"cq/1/slot\n{fields['site']}\n{tag}".encode()
    text = AESGCM(hkdf(root, site, "cq/1/slot-kek", 32)).decrypt(value[:12], value[12:], about)
    held = json.loads(text)["e"]
    return {name: Key(site, name, epoch, plain(secret)) for name, (epoch, secret) in held.items()}


def read(espace: Path, name: str) -> bytes:
    return (espace / "f" / name[:2].lower() / name).read_bytes()


def test_a_stranger_reads_the_whole_of_it(espace: Path) -> None:
    met = set()
    bodies: dict[tuple[str, str], bytes] = {}
    for key in slot(espace).values():
        manifest_id = b64(key.derived("manifest-id", 16))
        _, inner, body = key.opened(manifest_id, read(espace, manifest_id))
        assert inner["t"] == "application/json"
        manifest = json.loads(body)
        assert spelt(manifest) == body
        assert manifest["b"] == 1772000000
        assert manifest["titre"]
        pages = {one["p"]: (one["i"], one["x"]) for one in manifest["pages"]}
        files = {path: (one[0], one[1]) for path, one in manifest["files"].items()}
        assert not pages.keys() & files.keys()
        assert all(path.endswith("/") for path in pages)
        met.add(manifest_id)
        for path, (name, x) in {**pages, **files}.items():
            assert name == b64(mac(key.derived("name", 32), path.encode())[:16])
            found, inner, body = key.opened(name, read(espace, name))
            assert found == x
            if path in files:
                assert [len(body), inner["t"]] == manifest["files"][path][2:]
            else:
                assert inner["t"] == "text/html"
            bodies[key.space, path] = body
            met.add(name)
    # Nothing lies there that no manifest names.
    assert met == {one.name for one in (espace / "f").rglob("*") if one.is_file()}
    assert b"Hippocampe" in bodies["conseillers", "/wiki/cles/"]
    assert b"Libellule" in bodies["q-canal", "/actualites/2026-02-14-depart/"]
    assert bodies["conseillers", "/documents/devis.csv"] == TABLE.encode()
    assert b"BEGIN:VCALENDAR" in bodies["q-canal", "/agenda.ics"]
    words = (espace / "mots.txt").read_text("ascii").splitlines()
    assert len(words) == len({word[:4] for word in words}) == 2048
    assert [folded(word) for word in words] == words


def test_an_invitation_opens_its_own_space_alone(espace: Path) -> None:
    site = plain(json.loads((espace / "acces.json").read_bytes())["site"])
    keys = slot(espace, hkdf(bytes(16), site, "cq/1/link-root", 32))
    assert keys.keys() == {"q-canal"}
    foreign = slot(espace)["conseillers"]
    name = b64(foreign.derived("manifest-id", 16))
    with pytest.raises(InvalidTag):
        keys["q-canal"].opened(name, read(espace, name))
