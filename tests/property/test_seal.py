"""The laws of the sealed format: what goes in comes out, and nothing else is ever taken for it."""

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from cq.seal import cipher, phrase, slots
from cq.seal.cipher import Refused, b64, unb64
from cq.seal.file import (
    CHUNK,
    HEAD,
    Opened,
    Sealed,
    Unreadable,
    canonical,
    is_sealed,
    padded,
    padme,
    read_canonical,
    seal,
    unseal,
)
from cq.seal.keys import LAST_EPOCH, Root, SpaceKey, is_space
from cq.seal.ring import BadLine, Ring

SITE, SALT = bytes(16), bytes(range(16))
STEP = CHUNK + cipher.TAG

slug = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
space = st.just("conseillers") | st.builds("{}-{}".format, st.sampled_from("qg"), slug)
sites = st.binary(min_size=16, max_size=16)
secrets = st.binary(min_size=32, max_size=32)
epochs = st.integers(1, LAST_EPOCH)
keys = st.builds(SpaceKey, sites, space, epochs, secrets)
key = st.shared(keys)
parts = st.text(st.characters(categories=["L", "N", "P"], exclude_characters="/"), max_size=12)
paths = st.lists(parts, max_size=4).map(lambda some: "/" + "/".join(some))
media = st.sampled_from(
    ["text/html", "text/calendar", "application/json", "application/pdf", "image/png", "x"]
)
names = st.text(max_size=60)
# Empty, small, about where the padding steps and where a chunk ends, much alike and not at all.
lengths = st.integers(0, 9000) | st.integers(CHUNK - 200, CHUNK + 10) | st.just(3 * CHUNK)
bodies = st.binary(max_size=300) | st.builds(
    lambda seed, length: (seed * (length // len(seed) + 1))[:length],
    st.binary(min_size=1, max_size=50),
    lengths,
)


def normal(path: str) -> str:
    return unicodedata.normalize("NFC", path)


@given(key, paths.map(normal), bodies, media, names)
def test_what_goes_in_comes_out(
    key: SpaceKey, path: str, body: bytes, media: str, name: str
) -> None:
    identifier = key.file_id(path)
    sealed = seal(key, identifier, body, media=media, name=name)
    data = sealed.data
    assert unseal(key, identifier, data) == Opened(media, name, body, sealed.x)
    assert len(data) == sealed.size
    assert is_sealed(data[:HEAD], len(data))
    # The same again, byte for byte.
    again = seal(key, identifier, body, media=media, name=name)
    assert (again[:3], again.data) == (sealed[:3], data)


@given(key=key, body=bodies, name=names)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_a_file_is_sealed_as_its_bytes_are(
    key: SpaceKey, body: bytes, name: str, tmp_path: Path
) -> None:
    place = tmp_path / "x.pdf"
    place.write_bytes(body)
    args: dict[str, Any] = {"media": "application/pdf", "name": name}
    streamed, held = (seal(key, key.file_id("/x"), some, **args) for some in (place, body))
    assert streamed[:3] == held[:3]
    assert streamed.data == streamed.data == held.data
    assert all(len(chunk) <= STEP for chunk in streamed.chunks())


@given(key, bodies, media, names, st.data())
def test_no_changed_file_is_opened(
    key: SpaceKey, body: bytes, media: str, name: str, data: st.DataObject
) -> None:
    identifier = key.file_id("/")
    sealed = seal(key, identifier, body, media=media, name=name).data
    other = data.draw(st.sampled_from(CHANGES))(sealed, data)
    assume(other != sealed)
    with pytest.raises(Refused):
        unseal(key, identifier, other)


def flipped(whole: bytes, data: st.DataObject, *, start: int = 0, stop: int | None = None) -> bytes:
    at = data.draw(st.integers(start, (stop or len(whole)) - 1))
    return whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :]


def in_magic(whole: bytes, data: st.DataObject) -> bytes:
    return flipped(whole, data, stop=6)


def in_header(whole: bytes, data: st.DataObject) -> bytes:
    return flipped(whole, data, start=6, stop=HEAD)


def in_first_bytes_of_text(whole: bytes, data: st.DataObject) -> bytes:
    return flipped(whole, data, start=HEAD, stop=HEAD + 100)


def in_a_tag(whole: bytes, data: st.DataObject) -> bytes:
    ends = [*range(HEAD + STEP, len(whole), STEP), len(whole)]
    end = data.draw(st.sampled_from(ends))
    return flipped(whole, data, start=end - 16, stop=end)


def cut(whole: bytes, data: st.DataObject) -> bytes:
    ends = [0, 3, 4, 6, HEAD - 1, HEAD, HEAD + 1, HEAD + 15, HEAD + 16, len(whole) - 16]
    chunks = [*range(HEAD + STEP, len(whole), STEP)]
    return whole[: data.draw(st.sampled_from([*ends, *chunks]) | st.integers(0, len(whole) - 1))]


def longer(whole: bytes, data: st.DataObject) -> bytes:
    return whole + data.draw(st.binary(min_size=1, max_size=40) | st.just(whole[HEAD:]))


def shuffled(whole: bytes, data: st.DataObject) -> bytes:
    chunks = [whole[start : start + STEP] for start in range(HEAD, len(whole), STEP)]
    order = data.draw(st.lists(st.sampled_from(range(len(chunks))), max_size=len(chunks) + 2))
    return whole[:HEAD] + b"".join(chunks[number] for number in order)


def another_s(whole: bytes, data: st.DataObject) -> bytes:
    """A header, true in itself, that names another S."""
    x = b64(data.draw(st.binary(min_size=32, max_size=32)))
    fields = canonical({"c": CHUNK, "v": 1, "x": x})
    return b"CQE1" + len(fields).to_bytes(2, "big") + fields + whole[HEAD:]


def another_spelling(whole: bytes, data: st.DataObject) -> bytes:
    """A header that says the same S in other words."""
    x = json.loads(whole[6:HEAD])["x"]
    text = data.draw(
        st.sampled_from(
            [f'{{"c":65536, "v":1,"x":"{x}"}}', f'{{"v":1,"c":65536,"x":"{x}"}}',
             f'{{"c":65536,"v":1.0,"x":"{x}"}}', f'{{"c":65536,"v":true,"x":"{x}"}}',
             f'{{"c":65536,"v":1,"x":"{x}="}}', f'{{"a":0,"c":65536,"v":1,"x":"{x}"}}',
             f'{{"c":65536,"v":2,"v":1,"x":"{x}"}}', f'{{"c":32768,"v":1,"x":"{x}"}}',
             "[" * 67, "null", "{}", '{"x":[]}', "\ud800"]
        )
    ).encode("utf-8", "surrogatepass")  # fmt: skip
    return b"CQE1" + len(text).to_bytes(2, "big") + text + whole[HEAD:]


Change = Callable[[bytes, st.DataObject], bytes]
CHANGES: list[Change] = [
    flipped, in_magic, in_header, in_first_bytes_of_text, in_a_tag, cut, longer, shuffled,
    another_s, another_spelling,
]  # fmt: skip


@given(key, keys, bodies)
def test_a_file_opens_in_its_own_place_alone(key: SpaceKey, other: SpaceKey, body: bytes) -> None:
    identifier = key.file_id("/a/")
    data = seal(key, identifier, body, media="text/html").data
    site, name, epoch, secret = key.site, key.space, key.epoch, key.secret
    strangers = [
        (SpaceKey(site, name, epoch % LAST_EPOCH + 1, secret), identifier),
        (SpaceKey(site, f"{name}-x" if name != "conseillers" else "q-x", epoch, secret),
         identifier),
        (SpaceKey(site, name, epoch, bytes(a ^ 1 for a in secret)), identifier),
        (key, key.file_id("/b/")),
        (key, key.manifest_id),
        (key, ""),
    ]  # fmt: skip
    if other != key:
        strangers += [(other, identifier), (other, other.file_id("/a/"))]
    for stranger, name_ in strangers:
        if (stranger.space, stranger.epoch, stranger.secret) != (name, epoch, secret) or (
            name_ != identifier
        ):
            with pytest.raises(Refused):
                unseal(stranger, name_, data)
    # Another number of the site changes the names of its files, and S with them.
    moved = SpaceKey(bytes(a ^ 1 for a in site), name, epoch, secret)
    assert moved.file_id("/a/") != identifier
    with pytest.raises(Refused):
        unseal(moved, identifier, data)


@given(
    key,
    st.lists(
        st.tuples(st.sampled_from(["/a", "/b/"]), st.binary(max_size=40), media, names),
        min_size=2,
        max_size=12,
    ),
)
def test_no_two_contents_share_a_key_or_a_byte(
    key: SpaceKey, some: list[tuple[str, bytes, str, str]]
) -> None:
    """One key, one text: the nonces may count from 0."""
    texts: dict[bytes, tuple[str, bytes, str, str]] = {}
    for one in some:
        path, body, kind, name = one
        identifier = key.file_id(path)
        sealed = seal(key, identifier, body, media=kind, name=name)
        used = key.file_key(unb64(sealed.x), key.context(identifier))
        assert texts.setdefault(used, one) == one
    assert len(texts) == len({*some})


@given(st.integers(2, 1 << 45))
@example(2)
@example((1 << 32) - 1)
@example((1 << 32) + 1)
def test_padme_is_as_its_authors_define_it(length: int) -> None:
    """Nikitin et al. 2019, §4: the last E - S bits of a padded length are 0."""
    exponent = 0
    while length >> exponent > 1:
        exponent += 1
    size = 0
    while exponent >> size > 0:
        size += 1
    zeros = exponent - size
    mask = (1 << zeros) - 1 if zeros > 0 else 0
    assert padme(length) == (length + mask) & ~mask
    assert length <= padme(length) <= length * 1.12
    assert padme(padme(length)) == padme(length)
    assert padded(length) >= 4096


@given(st.binary(max_size=200), st.integers(0, 1 << 41))
def test_a_file_of_anything_is_none_of_ours(data: bytes, size: int) -> None:
    assert not is_sealed(data, size)
    with pytest.raises(Unreadable):
        unseal(SpaceKey(SITE, "conseillers", 1, bytes(32)), "x", data)


@given(st.binary(min_size=32, max_size=32), st.integers(0, 1 << 20))
def test_only_the_sizes_of_the_padding_are_ours(synthetic: bytes, size: int) -> None:
    fields = canonical({"c": CHUNK, "v": 1, "x": b64(synthetic)})
    head = b"CQE1" + len(fields).to_bytes(2, "big") + fields
    sizes = {
        HEAD + text + 16 * -(-text // CHUNK)
        for text in map(padded, range(max(0, size - 500), size + 1))
    }
    assert is_sealed(head, size) == (size in sizes)


# acces.json.

roots = st.builds(Root, st.just(SITE), secrets)
spaces_held = st.dictionaries(space, st.tuples(epochs, secrets), max_size=12).map(
    lambda held: {name: SpaceKey(SITE, name, *rest) for name, rest in held.items()}
)
# Few with keys, some more without: what counts is the number of sixteens.
holders = st.builds(
    lambda some, more: {one: some.get(one, {}) for one in (*more, *some)},
    st.dictionaries(roots, spaces_held, max_size=4),
    st.integers(0, 33).map(lambda n: [Root(SITE, bytes([n]) * 32) for n in range(n)]),
)


def drawn(seed: int) -> slots.Random:
    import random  # noqa: TID251 - a test's own chance, with a seed

    return random.Random(seed).randbytes  # noqa: S311


@given(holders, st.integers(0, 99))
@settings(max_examples=40)
def test_each_opens_what_it_should_and_nothing_else(
    held: dict[Root, dict[str, SpaceKey]], seed: int
) -> None:
    dummies: list[str] = []
    data = slots.written(SITE, SALT, 1, held, dummies=dummies, random=drawn(seed))
    read = slots.read(data)
    for root, spaces in held.items():
        assert read.opened(root) == spaces
    stranger = Root(SITE, bytes(31) + b"x")
    assert stranger in held or read.opened(stranger) is None
    # Who, how many and how much: none of it is told.
    assert len(read.slots) % 16 == 0
    assert len(read.slots) - len(held) == len(dummies) < 16 or not held
    assert len({len(value) for value in read.slots.values()}) == 1
    assert list(json.loads(data)["slots"]) == sorted(read.slots)
    for root in held:
        foreign = slots.Slots(SITE, SALT, 1, dict.fromkeys(read.slots, read.slots[root.tag]))
        for other in held.keys() - {root}:
            with pytest.raises(Refused):
                foreign.opened(other)


@given(st.lists(holders, min_size=2, max_size=5), st.integers(0, 99))
@settings(max_examples=30)
def test_two_writings_share_no_value_and_keep_their_dummies(
    some: list[dict[Root, dict[str, SpaceKey]]], seed: int
) -> None:
    random, dummies = drawn(seed), list[str]()
    values: set[bytes] = set()
    count = 0
    for held in some:
        before = list(dummies)
        read = slots.read(slots.written(SITE, SALT, 1, held, dummies=dummies, random=random))
        kept = min(len(before), len(dummies))
        assert dummies[:kept] == before[:kept]
        assert {*dummies} == read.slots.keys() - {root.tag for root in held}
        values |= {*read.slots.values()}
        count += len(read.slots)
    assert len(values) == count


def test_what_could_not_be_read_again_is_not_written() -> None:
    key = SpaceKey(SITE, "conseillers", 1, bytes(32))
    many = {f"q-{number}": SpaceKey(SITE, f"q-{number}", 1, bytes(32)) for number in range(1200)}
    with pytest.raises(ValueError, match="spaces"):
        slots.written(SITE, SALT, 1, {Root(SITE, bytes(32)): many}, dummies=[], random=drawn(1))
    crowd = {Root(SITE, number.to_bytes(32, "big")): {key.space: key} for number in range(4097)}
    with pytest.raises(ValueError, match="ways in"):
        slots.written(SITE, SALT, 1, crowd, dummies=[], random=drawn(1))


GOOD = json.loads(
    slots.written(
        SITE, SALT, 600_000,
        {Root(SITE, bytes(32)): {"q-a": SpaceKey(SITE, "q-a", 1, bytes(32))}},
        dummies=[], random=drawn(0),
    )
)  # fmt: skip
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@given(st.data())
def test_no_value_of_any_kind_breaks_the_reader(data: st.DataObject) -> None:
    fields = json.loads(json.dumps(GOOD))
    where = data.draw(
        st.sampled_from(
            [["f"], ["v"], ["site"], ["slots"], ["kdf"], ["kdf", "alg"], ["kdf", "iter"],
             ["kdf", "salt"], ["slots", next(iter(GOOD["slots"]))]]
        )
    )  # fmt: skip
    at = fields
    for name in where[:-1]:
        at = at[name]
    at[where[-1]] = data.draw(anything)
    read_or_refused(json.dumps(fields, sort_keys=True, separators=(",", ":")).encode())


def read_or_refused(data: bytes) -> None:
    try:
        found = slots.read(data)
    except slots.Unknown as refusal:
        said = str(refusal)
    else:
        assert type(found.iterations) is int
        assert canonical(json.loads(data)) == data.strip()
        return
    assert 0 < len(said) < 160


@pytest.mark.fuzz
@given(st.binary(max_size=400) | anything.map(lambda value: json.dumps(value).encode()))
@settings(settings.get_profile("fuzz"))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    read_or_refused(data)


TEXT = canonical(GOOD).decode()
TAG = next(iter(GOOD["slots"]))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[" * 100_000, id="a deep list"),
        pytest.param('{"a":' * 100_000, id="a deep object"),
        pytest.param(" " * (1 << 24) + TEXT, id="a huge file"),
        pytest.param(TEXT.replace('"v":1', '"v":1,"v":1'), id="a key twice"),
        pytest.param(TEXT.replace('"slots":{', f'"slots":{{"{TAG}":"AAAA",'), id="a slot twice"),
        pytest.param(TEXT.replace('"v":1', '"v":NaN'), id="NaN"),
        pytest.param(TEXT.replace('"v":1', '"v":1.0'), id="1.0"),
        pytest.param(TEXT.replace('"v":1', '"v":true'), id="true"),
        pytest.param(TEXT.replace('"v":1', '"v":1e0'), id="1e0"),
        pytest.param(TEXT.replace("600000", "9" * 5000), id="an integer of 5,000 digits"),
        pytest.param(TEXT.replace("600000", "Infinity"), id="infinity"),
        pytest.param(TEXT.replace("600000", "true"), id="true times"),
        pytest.param(TEXT.replace("600000", "600000.0"), id="600000.0 times"),
        pytest.param(TEXT.replace(TAG, TAG[:-1] + "+"), id="the usual alphabet of base64"),
        pytest.param(TEXT.replace(TAG, TAG + "=="), id="base64 with its padding"),
        pytest.param(TEXT.replace(TAG, TAG[:-1] + "\\n"), id="a line end in base64"),
        pytest.param(TEXT.replace(TAG, TAG[:-1] + "é"), id="a letter that is none"),
        pytest.param(
            TEXT.replace(TAG, TAG[:-1] + ("B" if TAG[-1] != "B" else "C")),
            id="base64 with bits too many",
        ),
        pytest.param(TEXT.replace(":", ": "), id="blanks"),
        pytest.param("\ufeff" + TEXT, id="a mark of order"),
        pytest.param(TEXT + "\n\n{}", id="a text after the text"),
        pytest.param("", id="nothing"),
        pytest.param("null", id="null"),
        pytest.param("[]", id="a list"),
    ],
)
def test_files_of_slots_that_nobody_should_take(text: str) -> None:
    with pytest.raises(slots.Unknown):
        slots.read(text.encode())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-16-le"])
def test_another_encoding_is_another_file(encoding: str) -> None:
    with pytest.raises(slots.Unknown):
        slots.read(TEXT.encode(encoding))


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_an_editor_may_end_the_line(ending: str) -> None:
    assert slots.read((TEXT + ending).encode()) == slots.read(TEXT.encode())


@given(st.data())
def test_a_changed_slot_opens_nothing_else(data: st.DataObject) -> None:
    """Every region of a slot: its nonce, its text, its tag, and whose it is said to be."""
    root = Root(SITE, bytes(32))
    whole = unb64(GOOD["slots"][root.tag])
    at = data.draw(st.integers(0, len(whole) - 1))
    value = whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :]
    for changed in (value, whole[:at], whole + value[:1]):
        with pytest.raises(Refused):
            slots.Slots(SITE, SALT, 1, {root.tag: changed}).opened(root)
    with pytest.raises(Refused):
        slots.Slots(b"x" * 16, SALT, 1, {root.tag: whole}).opened(root)


@given(anything, st.binary(max_size=40))
def test_what_a_slot_says_is_read_with_bounds(said: object, raw: bytes) -> None:
    """Whoever has the key of a slot could write anything into it."""
    root = Root(SITE, bytes(32))
    about = f"cq/1/slot\n{b64(SITE)}\n{root.tag}".encode()
    for text in (
        json.dumps(said).encode(),
        json.dumps({"e": said}).encode(),
        json.dumps({"e": {"q-a": said}}).encode(),
        json.dumps({"e": {"q-a": [said, b64(bytes(32))]}}, separators=(",", ":")).encode(),
        raw,
    ):
        value = bytes(12) + cipher.aead(root.key).encrypt(bytes(12), text.ljust(512), about)
        try:
            found = slots.Slots(SITE, SALT, 1, {root.tag: value}).opened(root)
        except Refused:
            continue
        assert found is not None
        assert all(type(one.epoch) is int and is_space(name) for name, one in found.items())


# The line of keys.

rings = st.builds(
    lambda site, held: Ring(
        site, {name: SpaceKey(site, name, *rest) for name, rest in held.items()}
    ),
    sites,
    st.dictionaries(space, st.tuples(epochs, secrets), max_size=6),
)


@given(rings)
def test_a_line_says_the_whole_ring(ring: Ring) -> None:
    line = ring.line()
    assert Ring.of_line(line) == ring
    assert line.isascii()
    assert len(line.split()) == 1
    broken = "\n ".join(line[at : at + 64] for at in range(0, len(line), 64))
    assert Ring.of_line(f" {broken}\r\n") == ring


@given(rings, st.data())
def test_no_changed_line_is_a_ring(ring: Ring, data: st.DataObject) -> None:
    """Not even one letter: a wrong key would seal a site that nobody can open."""
    line = ring.line()
    at = data.draw(st.integers(0, len(line) - 1))
    sign = data.draw(st.characters(codec="utf-8"))
    for other in (line[:at], line[:at] + sign + line[at + 1 :], line[:at] + sign + line[at:]):
        if "".join(other.split()) != line:
            with pytest.raises(BadLine):
                Ring.of_line(other)


@given(st.text(max_size=60) | anything.map(lambda said: "cq1." + b64(json.dumps(said).encode())))
@example("cq1..")
@example("cq1." + "e30" + ".")
def test_no_text_is_a_ring(text: str) -> None:
    with pytest.raises(BadLine):
        Ring.of_line(text)


@given(rings, rings)
def test_the_mark_tells_rings_apart_and_no_key(ring: Ring, other: Ring) -> None:
    assert (ring.mark == other.mark) == (ring == other)
    for one in ring.keys.values():
        assert one.secret not in ring.mark.encode()
        assert b64(one.secret) not in ring.mark


@given(rings)
def test_no_secret_is_ever_shown(ring: Ring) -> None:
    for one in ring.keys.values():
        root = Root(one.site, one.secret)
        _ = one.manifest_id, one._siv, one._name, root.tag, root.key
        shown = f"{one!r} {one} {ring!r} {root!r}"
        for secret in (one.secret, one._siv, one._name, root.key):
            assert repr(secret) not in shown
            assert b64(secret) not in shown
            assert secret.hex() not in shown


# Phrases, base64, JSON.


@given(st.text(max_size=200))
def test_norm_is_done_once(typed: str) -> None:
    once = phrase.norm(typed)
    assert phrase.norm(once) == once
    assert once.isascii()
    assert not {*once} - {*"abcdefghijklmnopqrstuvwxyz0123456789-"}


@given(st.lists(st.sampled_from(phrase.words()), min_size=8, max_size=8), st.data())
def test_every_phrase_is_read_however_it_is_typed(words: list[str], data: st.DataObject) -> None:
    wanted = phrase.norm(" ".join(words))
    assert len(wanted.split("-")) == 8
    typed = [
        data.draw(
            st.sampled_from(
                [word, word.upper(), word.title(), unicodedata.normalize("NFD", word), word[:4],
                 unicodedata.normalize("NFD", word[:4]).upper(), word[:5], word + "s"]
            )
        )
        for word in words
    ]  # fmt: skip
    joined = data.draw(st.sampled_from([" ", "-", ", ", "\n", "\u00a0", "/", "."])).join(typed)
    assert phrase.norm(joined) == wanted


@given(st.binary(max_size=80))
def test_base64_there_and_back(data: bytes) -> None:
    assert unb64(b64(data)) == data


@given(st.text(max_size=40) | st.text("ABCDEFGHab01-_=+/ \n", max_size=12))
def test_base64_has_one_spelling(text: str) -> None:
    try:
        data = unb64(text)
    except ValueError:
        return
    assert b64(data) == text


@given(anything)
def test_json_has_one_spelling(value: object) -> None:
    for data in (json.dumps(value).encode(), json.dumps(value, separators=(",", ":")).encode()):
        try:
            found = read_canonical(data)
        except ValueError:
            continue
        assert canonical(found) == data


@given(st.text(max_size=40), st.integers() | st.floats() | st.booleans())
def test_a_key_is_of_a_space_and_an_epoch(name: str, epoch: Any) -> None:
    good = is_space(name) and type(epoch) is int and 1 <= epoch <= LAST_EPOCH
    try:
        SpaceKey(SITE, name, epoch, bytes(32))
    except ValueError:
        assert not good
    else:
        assert good


def test_sealed_tells_nothing_of_its_body() -> None:
    key = SpaceKey(SITE, "conseillers", 1, bytes(32))
    sealed = seal(key, "x", b"<p>secret", media="text/html", name="secret")
    assert isinstance(sealed, Sealed)
    assert "secret" not in repr(sealed)
    assert b"secret" not in sealed.data
