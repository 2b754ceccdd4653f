"""docs/formats/seal-v1.md, held: what another hand has written by that page is what we write."""

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cq.seal import phrase, slots
from cq.seal.cipher import Refused, b64
from cq.seal.file import canonical, is_sealed, padded, seal, unseal
from cq.seal.keys import LEAST_ITERATIONS, Root, SpaceKey
from tests.unit.seal.vectors import VECTORS, plain, stored, vectors

SITE, SALT, SECRET = (bytes.fromhex(vectors()[name]) for name in ("site", "salt", "secret"))
KEY = SpaceKey(SITE, vectors()["space"]["space"], vectors()["space"]["epoch"], SECRET)
FILES = {one["name"]: one for one in vectors()["files"]}


def by(key: str, some: list[dict[str, Any]]) -> Any:
    return pytest.mark.parametrize("one", [pytest.param(one, id=one[key] or "-") for one in some])


def test_the_design_s_own_examples_stand_there() -> None:
    """Written down before a line of cq was: no later program may change them."""
    found = vectors()
    hello, slot, space = FILES["bonjour"], found["slot"], found["space"]
    assert found["phrase"]["root"] == (
        "130922cedbb7d51270541253fe9fa410ed9b20299cb2b6e4c71efc6d0da7a197"
    )
    assert found["phrase"]["tag"] == slot["tag"] == "UYlTuAz7bMDjo9KhJ6noWw"
    assert found["phrase"]["kek"] == (
        "39adbfb7576992bb222d36f35364b122af1a53ca138129f545593aa7495ded1b"
    )
    assert slot["bytes"] == 540
    assert slot["sha256"] == "6c98044e09c9c16b3f7ce65521b6f125acb9bbcd61e5acf79c2cd6da337c5a90"
    assert (found["token"]["token"], found["token"]["root"]) == (
        "ZGVmZ2hpamtsbW5vcHFycw",
        "09265fa9e541c25bd7673e82b22ff23273b2f7f0ece28c2217dd192b2a048cbc",
    )
    assert space["k_siv"] == "b25f7d8033448143ea84e91c26779817ba20a361c51cf0970b8e01722cc9fb7c"
    assert space["k_name"] == "abcfb47091035d62d862c93a63d6a1177139670187643d437aa10536c3c53e92"
    assert space["manifest_id"] == "1wppy0u3zLA2kOQc8r6Oag"
    assert hello["id"] == "oBiIuRw9--wF6Zyw_OLuvA"
    assert hello["size"] == 4_185
    assert hello["x"] == "w2m7KrfI4NBX-e66LGs3v3qRtJevaV2YZKGbhsFNXiU"
    assert hello["sha256"] == "f1603fa2e20870b74132d72851d7ebb8cf35364511a228a81b64e4d6a82c35b1"
    assert {10: 4096, 5000: 5120, 11413: 11776, 100000: 100352, 1000000: 1015808,
            20000000: 20447232}.items() <= dict(found["padme"]).items()  # fmt: skip


def test_the_examples_are_what_their_script_writes(tmp_path: Path) -> None:
    script = tmp_path / "make_seal_v1.py"
    script.write_bytes((VECTORS / script.name).read_bytes())
    names = ("seal-v1.json", "seal-v1-200000.cqe")
    # zlib may press otherwise elsewhere: bodies that are pressed already are taken as they are.
    (tmp_path / names[0]).write_bytes((VECTORS / names[0]).read_bytes())
    subprocess.run([sys.executable, "-S", str(script)], env=_paths(), check=True)
    for name in names:
        assert (tmp_path / name).read_bytes() == (VECTORS / name).read_bytes()


def _paths() -> dict[str, str]:
    """Where the libraries are, and nothing of cq: the folder of the tests is not among them."""
    return {"PYTHONPATH": os.pathsep.join(path for path in sys.path if "site-packages" in path)}


@by("why", vectors()["norm"])
def test_phrases(one: dict[str, str]) -> None:
    assert phrase.norm(one["typed"]) == one["norm"]
    assert phrase.norm(one["norm"]) == one["norm"]


@pytest.mark.parametrize("name", ["phrase", "token"])
def test_ways_in(name: str) -> None:
    told = vectors()[name]
    root = (
        Root.of_phrase(SITE, SALT, phrase.norm(told["typed"]), vectors()["iterations"])
        if name == "phrase"
        else Root.of_token(SITE, plain(told["token"]))
    )
    assert root.secret.hex() == told["root"]
    assert root.tag == told["tag"]
    assert root.key.hex() == told["kek"]


def test_keys_and_names() -> None:
    space = vectors()["space"]
    assert KEY.manifest_id == space["manifest_id"]
    assert KEY._siv.hex() == space["k_siv"]
    assert KEY._name.hex() == space["k_name"]
    for one in vectors()["ids"]:
        assert KEY.file_id(one["path"]) == one["id"]


def test_sizes() -> None:
    for length, size in vectors()["padme"]:
        assert padded(length) == size


@by("name", vectors()["files"])
def test_files_are_read(one: dict[str, Any]) -> None:
    data = stored(one)
    assert hashlib.sha256(data).hexdigest() == one["sha256"]
    assert is_sealed(data[:73], len(data))
    opened = unseal(KEY, one["id"], data)
    assert (opened.type, opened.name, opened.x) == (one["media"], one["title"], one["x"])
    assert len(opened.body) == one["length"]
    if "body" in one:
        assert opened.body == plain(one["body"])
    else:
        assert hashlib.sha256(opened.body).hexdigest() == one["body_sha256"]


@by("name", vectors()["files"])
def test_files_are_written(one: dict[str, Any]) -> None:
    body = unseal(KEY, one["id"], stored(one)).body
    sealed = seal(KEY, one["id"], body, media=one["media"], name=one["title"])
    opened = unseal(KEY, one["id"], sealed.data)
    assert opened.body == body
    # Another zlib packs otherwise: another file, under another key, as good as this one.
    if not one["gzip"] or len(sealed.data) == one["size"]:
        assert (sealed.x, sealed.size) == (one["x"], one["size"])
        assert sealed.data == stored(one)
        assert KEY.file_key(plain(sealed.x), KEY.context(one["id"])).hex() == one["key"]


def test_the_manifest_is_canonical_and_names_every_file_once() -> None:
    body = plain(FILES["manifest"]["body"])
    manifest = json.loads(body)
    assert canonical(manifest) == body
    told = dict(manifest["files"])
    pages = {one["p"]: [one["i"], one["x"]] for one in manifest["pages"]}
    assert not told.keys() & pages.keys()
    for one in vectors()["files"]:
        match one["path"]:
            case "":
                continue
            case path if path.endswith("/"):
                assert pages.pop(path) == [one["id"], one["x"]]
            case path:
                assert told.pop(path) == [one["id"], one["x"], one["length"], one["media"]]
    assert not told
    assert not pages


def changed(one: dict[str, Any]) -> tuple[SpaceKey, str, bytes]:
    """What a line of « refused » does to a file, or to where it is said to belong."""
    target = FILES[one["file"]]
    data = stored(target)
    head, rest = data[:73], data[73:]
    chunks = [rest[start : start + 65_552] for start in range(0, len(rest), 65_552)]
    match one:
        case {"flip": at}:
            data = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        case {"keep": count}:
            data = data[:count]
        case {"append": more}:
            data += bytes.fromhex(more)
        case {"drop": at}:
            data = head + b"".join(chunks[:at] + chunks[at + 1 :])
        case {"swap": [first, second]}:
            chunks[first], chunks[second] = chunks[second], chunks[first]
            data = head + b"".join(chunks)
        case {"copy": [source, target_]}:
            chunks[target_] = chunks[source]
            data = head + b"".join(chunks)
    key = SpaceKey(SITE, one.get("space", KEY.space), one.get("epoch", KEY.epoch), SECRET)
    return key, one.get("id", target["id"]), data


@by("why", vectors()["refused"])
def test_changed_files_are_refused(one: dict[str, Any]) -> None:
    key, identifier, data = changed(one)
    assert (key, identifier, data) != (KEY, FILES[one["file"]]["id"], stored(FILES[one["file"]]))
    with pytest.raises(Refused):
        unseal(key, identifier, data)


@by("why", vectors()["texts_refused"])
def test_texts_that_no_writer_writes_are_refused(one: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        unseal(KEY, one["id"], plain(one["data"]))


def test_a_slot() -> None:
    told = vectors()["slot"]
    root = Root(SITE, bytes.fromhex(vectors()["phrase"]["root"]))
    value = plain(told["value"])
    found = slots.Slots(SITE, SALT, 1, {told["tag"]: value}).opened(root)
    assert found == {"q-centre": KEY}
    assert len(value) == told["bytes"]
    text = slots.written(SITE, SALT, 1, {root: {"q-centre": KEY}}, dummies=[], random=bytes_drawn())
    assert json.loads(text)["slots"][told["tag"]] == told["value"]


def bytes_drawn() -> slots.Random:
    """Zeros for nonces; the tags of dummies must differ all the same."""
    numbers = iter(range(1000))
    return lambda length: (
        next(numbers).to_bytes(16, "big") if length == 16 else bytes(length)
    )  # fmt: skip


def noise(number: int, length: int) -> bytes:
    parts = (
        hashlib.sha256(number.to_bytes(4, "big") + n.to_bytes(4, "big")).digest()
        for n in range(-(-length // 32))
    )
    return b"".join(parts)[:length]


def test_the_file_of_slots() -> None:
    told = vectors()["access"]
    roots = {
        name: Root(SITE, bytes.fromhex(vectors()[name]["root"])) for name in ("phrase", "token")
    }
    held = {
        roots[name]: {
            space: SpaceKey(SITE, space, epoch, bytes.fromhex(key))
            for space, (epoch, key) in spaces.items()
        }
        for name, spaces in told["opens"].items()
    }
    numbers = iter(range(1000))
    dummies: list[str] = []
    made = slots.written(
        SITE, SALT, vectors()["iterations"], held,
        dummies=dummies, random=lambda length: noise(next(numbers), length),
    )  # fmt: skip
    assert dummies == told["dummies"]
    assert made == told["text"].encode()
    read = slots.read(made)
    assert (read.site, read.salt, read.iterations) == (SITE, SALT, vectors()["iterations"])
    assert len(read.slots) == 16
    for root, spaces in held.items():
        assert read.opened(root) == spaces
    assert read.opened(Root(SITE, bytes(32))) is None


@by("why", vectors()["access_refused"])
def test_files_of_slots_that_are_refused(one: dict[str, Any]) -> None:
    *where, name, value = one["put"]
    fields = at = json.loads(vectors()["access"]["text"])
    for key in where:
        at = at[key]
    at[name] = value
    text = canonical(fields)
    if one.get("browser"):
        # Python's own tests are spared the browser's price; a browser never is.
        assert slots.read(text).iterations < LEAST_ITERATIONS
        return
    with pytest.raises(slots.Unknown):
        slots.read(text)


def test_a_changed_slot_is_refused_and_not_read_as_nobody_s() -> None:
    text = vectors()["access"]["text"]
    root = Root(SITE, bytes.fromhex(vectors()["phrase"]["root"]))
    fields = json.loads(text)
    value = bytearray(plain(fields["slots"][root.tag]))
    value[-1] ^= 1
    fields["slots"][root.tag] = b64(bytes(value))
    with pytest.raises(Refused):
        slots.read(canonical(fields)).opened(root)


def test_the_page_of_the_format_shows_these_values(root: Path) -> None:
    page = (root / "docs/formats/seal-v1.md").read_text("utf-8").partition("## The examples")[2]
    shown = re.findall(r"(?<![\w/-])(?:[0-9a-f]{64}|[\w-]{43}|[\w-]{22})(?![\w/-])", page)
    text = (VECTORS / "seal-v1.json").read_text("utf-8")
    assert len(shown) >= 12
    assert not [one for one in shown if one not in text]


@pytest.mark.parametrize("step", range(4))
def test_not_one_byte_of_a_file_may_differ(step: int) -> None:
    """Each of its 4,185 bytes, and each place where it may be cut."""
    one = FILES["bonjour"]
    data = stored(one)
    for at in range(step, len(data), 4):
        for other in (data[:at] + bytes([data[at] ^ 1 << at % 8]) + data[at + 1 :], data[:at]):
            with pytest.raises(Refused):
                unseal(KEY, one["id"], other)
