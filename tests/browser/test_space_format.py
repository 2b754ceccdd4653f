"""The examples of the sealed format, opened by the functions of the page of the spaces."""

import base64
import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from cq.seal.phrase import folded_words
from tests.unit.seal.vectors import VECTORS, vectors

STEP = 65_536 + 16
HEAD = 73
# Our functions, as they are published, given to the test alone.
LENT = """
globalThis.lent = { access, completed, derived, keyed, manifestId, norm, ofPhrase, ofToken, opened,
    spaces, tagOf, unb64 };
globalThis.hex = (bytes) => [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
globalThis.bytes = (text) => Uint8Array.from(text.match(/../g) || [], (two) => parseInt(two, 16));
globalThis.stream = (data) => new Response(data).body;
"""


@pytest.fixture(scope="module")
def lent(browser: Browser, sealed_at: str, root: Path) -> Iterator[Page]:
    """A page that has the functions of clefs.js."""
    script = (root / "themes" / "default" / "espace" / "clefs.js").read_text("utf-8")
    with browser.new_context(locale="fr-FR") as context:
        page = context.new_page()
        page.goto(sealed_at.replace("espace/index.html", "theme/icone.svg"))
        page.evaluate(f"(() => {{ {script} {LENT} }})()")
        yield page


def raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def stored(one: dict[str, Any]) -> bytes:
    return (VECTORS / one["file"]).read_bytes() if "file" in one else raw(one["data"])


def test_phrases_are_read_as_in_python(lent: Page) -> None:
    known = [[word[:4], word] for word in folded_words()]
    typed = [one["typed"] for one in vectors()["norm"]]
    found = lent.evaluate(
        "([known, all]) => all.map((one) => lent.norm(one, new Map(known)))", [known, typed]
    )
    assert found == [one["norm"] for one in vectors()["norm"]]


def test_roots_tags_and_names_are_those_of_the_examples(lent: Page) -> None:
    said = vectors()
    found = lent.evaluate(
        """async ({ site, salt, iterations, secret, phrase, token, space }) => {
            const doors = { site: bytes(site), salt: bytes(salt), iterations };
            const tag = async (root) => lent.tagOf(await lent.keyed(root), doors);
            const told = async (root) => [hex(root), await tag(root)];
            const key = await lent.keyed(bytes(secret));
            return [
                await told(await lent.ofPhrase(phrase.norm, doors)),
                await told(await lent.ofToken(token.token, doors)),
                await lent.manifestId({ ...space, site: doors.site, key }),
            ];
        }""",
        said,
    )
    assert found == [
        [said["phrase"]["root"], said["phrase"]["tag"]],
        [said["token"]["root"], said["token"]["tag"]],
        said["space"]["manifest_id"],
    ]


def test_slots_open_for_their_owners(lent: Page) -> None:
    said = vectors()
    roots = {name: said[name]["root"] for name in ("phrase", "token")}
    found = lent.evaluate(
        """async ([text, roots]) => {
            const doors = lent.access(text);
            const held = async (root) => lent.spaces(await lent.keyed(root), doors);
            const found = {};
            for (const [name, root] of Object.entries(roots)) {
                const own = [...await held(bytes(root))];
                found[name] = Object.fromEntries(own.map(([space, { epoch }]) => [space, epoch]));
            }
            found.nobody = await held(new Uint8Array(32)) === undefined;
            return found;
        }""",
        [said["access"]["text"], roots],
    )
    for name, opens in said["access"]["opens"].items():
        assert found[name] == {space: epoch for space, (epoch, _) in opens.items()}
    assert found["nobody"] is True


@pytest.mark.parametrize("one", vectors()["access_refused"], ids=lambda one: one["why"])
def test_a_file_of_slots_that_is_none_is_refused(lent: Page, one: dict[str, Any]) -> None:
    fields = json.loads(vectors()["access"]["text"])
    *way, last, value = one["put"]
    place = fields
    for step in way:
        place = place[step]
    place[last] = value
    read = "(text) => { try { lent.access(text); return ''; } catch (one) { return one.message; } }"
    assert lent.evaluate(read, json.dumps(fields)) in {"acces", "nouveau", "faible"}


OPEN = """async ({ site, secret, space, epoch, id, data, x }) => {
    const own = { site: bytes(site), space, epoch, key: await lent.keyed(bytes(secret)) };
    try {
        const { type, name, body } = await lent.opened(own, id, stream(bytes(data)), { x });
        const digest = await crypto.subtle.digest("SHA-256", await body.arrayBuffer());
        return [type, name, hex(new Uint8Array(digest))];
    } catch (fault) {
        return fault.message;
    }
}"""


def opened(lent: Page, identifier: str, data: bytes, **changes: Any) -> Any:
    said = vectors()
    return lent.evaluate(
        OPEN,
        {"site": said["site"], "secret": said["secret"], "id": identifier, "data": data.hex()}
        | {name: said["space"][name] for name in ("space", "epoch")}
        | changes,
    )


@pytest.mark.parametrize("one", vectors()["files"], ids=lambda one: one["name"])
def test_files_open_as_they_were_sealed(lent: Page, one: dict[str, Any]) -> None:
    wanted = one.get("body_sha256") or sha256(raw(one["body"])).hexdigest()
    found = opened(lent, one["id"], stored(one), x=one["x"])
    assert found == [one["media"], one["title"], wanted]
    assert opened(lent, one["id"], stored(one), x="A" * 43) == "autre"


def changed(data: bytes, how: dict[str, Any]) -> bytes:
    """An example with what is wrong in it."""
    pieces = [data[at : at + STEP] for at in range(HEAD, len(data), STEP)]
    if "flip" in how:
        at = how["flip"]
        return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
    if "keep" in how:
        return data[: how["keep"]]
    if "append" in how:
        return data + bytes.fromhex(how["append"])
    if "drop" in how:
        del pieces[how["drop"]]
    if "swap" in how:
        one, other = how["swap"]
        pieces[one], pieces[other] = pieces[other], pieces[one]
    if "copy" in how:
        one, other = how["copy"]
        pieces[other] = pieces[one]
    return data[:HEAD] + b"".join(pieces)


@pytest.mark.parametrize("one", vectors()["refused"], ids=lambda one: one["why"])
def test_what_was_changed_does_not_open(lent: Page, one: dict[str, Any]) -> None:
    whole = next(each for each in vectors()["files"] if each["name"] == one["file"])
    places = {name: one[name] for name in ("space", "epoch") if name in one}
    found = opened(lent, one.get("id", whole["id"]), changed(stored(whole), one), **places)
    assert found in {"abime", "nouveau"}


@pytest.mark.parametrize(
    "one",
    [each for each in vectors()["texts_refused"] if each["must"]],
    ids=lambda one: one["why"],
)
def test_a_text_that_contradicts_itself_does_not_open(lent: Page, one: dict[str, Any]) -> None:
    assert opened(lent, one["id"], raw(one["data"])) == "abime"
