"""Writes seal-v1.json and its one large file, with nothing of cq:

    .venv/bin/python tests/vectors/make_seal_v1.py

A second hand on docs/formats/seal-v1.md: HKDF from HMAC by RFC 5869, AES-GCM from `cryptography`,
the rest from Python's own library. What cq.seal and the browser make must be these bytes. The
format is frozen, so this runs again only to *add* examples: those that stand must stay.

Bytes are base64 for addresses without `=` (`data`, `body`, `value`), or hexadecimal (keys,
digests). Where `data` is absent, `file` names a file beside.
"""

import base64
import hashlib
import hmac
import json
import re
import struct
import unicodedata
import zlib
from pathlib import Path

import mnemonic
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

HERE = Path(__file__).parent
PLACE = HERE / "seal-v1.json"
LARGE = HERE / "seal-v1-200000.cqe"

SITE, SALT, SECRET = (bytes(range(start, stop)) for start, stop in ((0, 16), (16, 32), (32, 64)))
TOKEN = bytes(range(100, 116))
ITERATIONS = 1_000_000
SPACE, EPOCH = "q-centre", 3
TYPED = "Abaisser bougie DÉPART facture héron invoquer policier trilogie"
NORMED = "abaisser-bougie-depart-facture-heron-invoquer-policier-trilogie"


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def spelt(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def mac(key: bytes, data: bytes) -> bytes:
    return hmac.new(key, data, hashlib.sha256).digest()


def hkdf(secret: bytes, salt: bytes, info: str, length: int) -> bytes:
    key, made, last = mac(salt, secret), b"", b""
    for number in range(1, 256):
        if len(made) >= length:
            break
        last = mac(key, last + info.encode() + bytes([number]))
        made += last
    return made[:length]


# Phrases.

FRENCH = Path(mnemonic.__file__).parent / "wordlist" / "french.txt"


def folded(text: str) -> str:
    for sign, letters in {"œ": "oe", "æ": "ae", "ß": "ss", "Œ": "oe", "Æ": "ae", "ẞ": "ss"}.items():
        text = text.replace(sign, letters)
    text = unicodedata.normalize("NFKD", text).lower()
    return "".join(one for one in text if not re.match("M|Cf", unicodedata.category(one)))


def norm(typed: str) -> str:
    words = {word[:4]: word for word in map(folded, FRENCH.read_text("utf-8").split())}
    tokens = re.findall("[a-z0-9]+", folded(typed))
    found = [words.get(token[:4]) if len(token) >= 4 else None for token in tokens]
    return "-".join(found if len(tokens) == 8 and all(found) else tokens)


PHRASES = {
    "as it is printed": TYPED,
    "normed already": NORMED,
    "accents apart (NFD)": unicodedata.normalize("NFD", TYPED),
    "accents together (NFC)": unicodedata.normalize("NFC", TYPED),
    "capitals": TYPED.upper(),
    "no accents": "abaisser bougie depart facture heron invoquer policier trilogie",
    "four letters a word": "abai boug depa fact hero invo poli tril",
    "four letters with accents": "abai boug dépa fact héro invo poli tril",
    "slips after the fourth letter": (
        "abaiser bougies départs factures hérons invoquez policiere trilogies"
    ),
    "other separators": "abaisser, bougie;départ_facture/héron–invoquer.policier’trilogie!",
    "spaces of all kinds": (
        " abaisser\tbougie\ndépart\u00a0facture\u202fhéron\u2003invoquer\u3000policier tril \r\n"
    ),
    "soft hyphens": "abais\u00adser bougie dé\u00adpart facture héron invoquer policier trilogie",
    "a zero width space does not part": "abais\u200bser bougie départ facture héron invo poli tril",
    "a mark of order at the start": "\ufeff" + TYPED,
    "a variation selector": "abaisser\ufe0f bougie départ facture héron invoquer policier trilogie",
    "full width": "ａｂａｉｓｓｅｒ ｂｏｕｇｉｅ départ facture héron invoquer policier trilogie",
    "mathematical letters": "𝐚𝐛𝐚𝐢𝐬𝐬𝐞𝐫 bougie départ facture héron invoquer policier trilogie",
    "seven words": "abaisser bougie départ facture héron invoquer policier",
    "seven words cut short": "abai boug depa fact hero invo poli",
    "nine words": "abaisser bougie départ facture héron invoquer policier trilogie abaisser",
    "nine words cut short": "abai boug depa fact hero invo poli tril abai",
    "a word of three letters": "aba boug depa fact hero invo poli tril",
    "one word of eight unknown": "abai boug depa fact hero invo poli xxxx",
    "a number among eight": "abai boug depa fact hero invo poli 2026",
    "ligatures": "cœur Œuvre cæcum Æthuse STRASSE straße ẞ ß",
    "a ligature with an accent": "œ́uvre",
    "ligatures of print": "ﬁn ﬂot",
    "dotted capital I, dotless i": "İci ıci",
    "the sign of kelvin": "\u212aelvin",
    "superscripts and fractions": "m² ½",
    "signs that come apart": "№ ™ ㏒",
    "Greek": "Καλημέρα",
    "Cyrillic between words": "abai мир boug",
    "Arabic": "مرحبا",
    "Chinese and digits": "你好 2026",
    "digits of another script": "٢٠٢٦",
    "emoji": "chat 🐈\u200d⬛ noir",
    "an emoji inside a word": "ch🐈at",
    "flags and keycaps": "1️⃣ 🇫🇷",
    "underscores": "a_b__c",
    "an apostrophe": "l’été",
    "nothing": "",
    "signs alone": " —…! ",
}

# Files.


def padme(length: int) -> int:
    exponent = length.bit_length() - 1
    bits = exponent - exponent.bit_length()
    return (length + (1 << bits) - 1) >> bits << bits


def padded(length: int) -> int:
    return padme(max(length, 4096))


def derived(name: str, length: int, space: str = SPACE, epoch: int = EPOCH) -> bytes:
    return hkdf(SECRET, SITE, f"cq/1/{name}\n{space}\n{epoch}", length)


def file_id(path: str) -> str:
    return b64(mac(derived("name", 32), path.encode())[:16])


def encrypted(identifier: str, text: bytes) -> tuple[bytes, bytes, bytes]:
    """The file that holds `text`, its S and its key."""
    context = f"cq/1/file\n{SPACE}\n{EPOCH}\n{identifier}\n".encode()
    digest = hashlib.sha256(text).digest()
    synthetic = mac(derived("siv", 32), struct.pack(">I", len(context)) + context + digest)
    fields = spelt({"c": 65536, "v": 1, "x": b64(synthetic)})
    header = b"CQE1" + struct.pack(">H", len(fields)) + fields
    key = hkdf(SECRET, synthetic, context.decode(), 32)
    pieces = [text[start : start + 65536] for start in range(0, len(text), 65536)]
    data = header + b"".join(
        AESGCM(key).encrypt(
            bytes(7) + struct.pack(">I?", number, number == len(pieces) - 1), piece,
            context + header,
        )
        for number, piece in enumerate(pieces)
    )  # fmt: skip
    return data, synthetic, key


def text_of(inner: bytes, body: bytes) -> bytes:
    text = struct.pack(">I", len(inner)) + inner + body
    return text.ljust(padded(len(text)), b"\0")


# zlibs differ in how they press: a body that is pressed already stays as it is.
PRESSED = {
    one["name"]: base64.urlsafe_b64decode(one["packed"] + "===")
    for one in (json.loads(PLACE.read_text("utf-8"))["files"] if PLACE.exists() else ())
    if "packed" in one
}


def packed(name: str, body: bytes) -> bytes:
    found = PRESSED.get(name)
    if found and zlib.decompress(found, 31) == body:
        return found
    press = zlib.compressobj(6, zlib.DEFLATED, -15)
    ending = struct.pack("<II", zlib.crc32(body), len(body))
    return bytes.fromhex("1f8b08000000000000ff") + press.compress(body) + press.flush() + ending


def file(
    name: str, path: str, body: bytes, media: str, title: str = "", *, gzip: bool = False
) -> dict[str, object]:  # fmt: skip
    """One sealed file. `path` is empty for the manifest."""
    identifier = file_id(path) if path else b64(derived("manifest-id", 16))
    stored = packed(name, body) if gzip else body
    inner = {"l": len(stored), "t": media, **({"n": title} if title else {})}
    about = spelt(inner | ({"z": "gzip"} if gzip else {}))
    text = text_of(about, stored)
    data, synthetic, key = encrypted(identifier, text)
    found = {
        "name": name, "path": path, "id": identifier, "inner": about.decode(), "media": media,
        "title": title, "gzip": gzip, "length": len(body), "padded": len(text),
        "x": b64(synthetic), "key": key.hex(), "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }  # fmt: skip
    if gzip:
        found["packed"] = b64(stored)
    if len(data) > 50_000:
        LARGE.write_bytes(data)
        return found | {"body_sha256": hashlib.sha256(body).hexdigest(), "file": LARGE.name}
    return found | {"body": b64(body), "data": b64(data)}


def noise(length: int) -> bytes:
    """SHA-256 of 0, 1, 2… as four bytes, one after the other."""
    count = -(-length // 32)
    return b"".join(hashlib.sha256(struct.pack(">I", n)).digest() for n in range(count))[:length]


def files() -> list[dict[str, object]]:
    found = [
        file("bonjour", "/actualites/reunion", b"<h1>Bonjour</h1>", "text/html"),
        file("empty", "/documents/vide.pdf", b"", "application/pdf", "vide.pdf"),
        file(
            "page", "/agenda/2026-12-01-preparation/",
            ("<h1>Réunion de préparation</h1>\n<p>L’œuvre du quartier.</p>\n" * 80).encode(),
            "text/html", gzip=True,
        ),
        file("200000", "/documents/plan.bin", noise(200_000), "application/octet-stream",
             "Plan d’été — « n° 1 ».bin"),
    ]  # fmt: skip
    manifest = {
        "b": 1795000000,
        "titre": "Quartier Centre",
        "pages": [
            {"p": "/agenda/2026-12-01-preparation/", "t": "Réunion de préparation",
             "d": "2026-12-01", "i": found[2]["id"], "x": found[2]["x"], "c": "agenda"},
        ],
        "files": {
            one["path"]: [one["id"], one["x"], one["length"], one["media"]]
            for one in found
            if not one["path"].endswith("/")
        },
    }  # fmt: skip
    return [*found, file("manifest", "", spelt(manifest), "application/json", gzip=True)]


# Each is sealed as it should be, but what it holds must be refused.
TEXTS = {
    "longer than what is there": (b'{"l":5000,"t":"text/html"}', b"<p>", 4096),
    "a length below zero": (b'{"l":-1,"t":"text/html"}', b"<p>", 4096),
    "a length that is no number": (b'{"l":"3","t":"text/html"}', b"<p>", 4096),
    "no type": (b'{"l":3}', b"<p>", 4096),
    "an unknown packing": (b'{"l":3,"t":"text/html","z":"br"}', b"<p>", 4096),
    "no gzip at all": (b'{"l":3,"t":"text/html","z":"gzip"}', b"<p>", 4096),
    "padded too far": (b'{"l":3,"t":"text/html"}', b"<p>", 8192),
    "something after the body": (b'{"l":3,"t":"text/html"}', b"<p>!", 4096),
    "a description of another spelling": (b'{"t":"text/html", "l":3}', b"<p>", 4096),
    "a key that stands twice": (b'{"l":2,"l":3,"t":"text/html"}', b"<p>", 4096),
    "a key that the format has not": (b'{"l":3,"q":1,"t":"text/html"}', b"<p>", 4096),
}
# What a reader may let pass, since only who holds the key can have written it.
LENIENT = {
    "no type",
    "padded too far",
    "a description of another spelling",
    "a key that stands twice",
    "a key that the format has not",
}


def texts() -> list[dict[str, object]]:
    identifier = file_id("/refuse")
    found = []
    for why, (inner, body, total) in TEXTS.items():
        text = (struct.pack(">I", len(inner)) + inner + body).ljust(total, b"\0")
        data = encrypted(identifier, text)[0]
        found.append({"why": why, "id": identifier, "must": why not in LENIENT, "data": b64(data)})
    return found


CHANGES = [
    {"why": "another magic", "file": "bonjour", "flip": 0},
    {"why": "another version in the magic", "file": "bonjour", "flip": 3},
    {"why": "another length of the header", "file": "bonjour", "flip": 5},
    {"why": "a header of another spelling", "file": "bonjour", "flip": 8},
    {"why": "another S", "file": "bonjour", "flip": 40},
    {"why": "a bit of the text", "file": "bonjour", "flip": 80},
    {"why": "a bit of the tag", "file": "bonjour", "flip": 4184},
    {"why": "nothing", "file": "bonjour", "keep": 0},
    {"why": "the header alone", "file": "bonjour", "keep": 73},
    {"why": "one byte less", "file": "bonjour", "keep": 4184},
    {"why": "one byte more", "file": "bonjour", "append": "00"},
    {"why": "a file after the file", "file": "bonjour", "append": "43514531"},
    {"why": "without the last chunk", "file": "200000", "keep": 73 + 3 * 65552},
    {"why": "without the first chunk", "file": "200000", "drop": 0},
    {"why": "two chunks changed over", "file": "200000", "swap": [0, 1]},
    {"why": "the same chunk twice", "file": "200000", "copy": [0, 1]},
    {"why": "a bit of the third chunk", "file": "200000", "flip": 73 + 2 * 65552 + 9},
    {"why": "under the name of another file", "file": "bonjour", "id": "wpmpSSP2mNcyMDjKg8hn3A"},
    {"why": "in another space", "file": "bonjour", "space": "g-budget"},
    {"why": "in another epoch", "file": "bonjour", "epoch": 4},
    {"why": "in an earlier epoch", "file": "bonjour", "epoch": 2},
]

# acces.json.


def slot(root: bytes, nonce: bytes, text: bytes) -> tuple[str, bytes]:
    tag = b64(hkdf(root, SITE, "cq/1/slot-tag", 16))
    key = hkdf(root, SITE, "cq/1/slot-kek", 32)
    about = f"cq/1/slot\n{b64(SITE)}\n{tag}".encode()
    return tag, nonce + AESGCM(key).encrypt(nonce, text, about)


def opens(held: dict[str, tuple[int, bytes]], length: int = 512) -> bytes:
    return spelt({"e": {space: [e, b64(k)] for space, (e, k) in held.items()}}).ljust(length)


def access(phrase: bytes, token: bytes) -> dict[str, object]:
    """A file with two ways in and fourteen dummies. All chance is `noise`, cut in this order."""
    chance = iter(range(1 << 20))

    def drawn(length: int) -> bytes:
        return noise_from(next(chance), length)

    keys = {space: bytes(32 - len(space)) + space.encode() for space in ("conseillers", "g-budget")}
    held = {
        "phrase": {SPACE: (EPOCH, SECRET), "conseillers": (1, keys["conseillers"])},
        "token": {"g-budget": (12, keys["g-budget"])},
    }
    tags = [b64(drawn(16)) for _ in range(14)]
    values = {tag: drawn(12 + 512 + 16) for tag in tags}
    for name, root in (("phrase", phrase), ("token", token)):
        tag, value = slot(root, drawn(12), opens(held[name]))
        values[tag] = value
    return {
        "text": spelt(
            {
                "f": "cq-acces",
                "kdf": {"alg": "PBKDF2-SHA256", "iter": ITERATIONS, "salt": b64(SALT)},
                "site": b64(SITE),
                "slots": {tag: b64(value) for tag, value in values.items()},
                "v": 1,
            }
        ).decode(),
        "dummies": tags,
        "opens": {
            name: {space: [epoch, key.hex()] for space, (epoch, key) in spaces.items()}
            for name, spaces in held.items()
        },
    }


def noise_from(number: int, length: int) -> bytes:
    """The `number`-th draw: SHA-256 of it and of 0, 1, 2…, each as four bytes."""
    count = -(-length // 32)
    draws = (hashlib.sha256(struct.pack(">II", number, n)).digest() for n in range(count))
    return b"".join(draws)[:length]


# What a reader must not take for a file of slots; [key, …, value], put into the file above.
ACCESS_CHANGES = [
    {"why": "another format", "put": ["f", "cq-autre"]},
    {"why": "a later version", "put": ["v", 2]},
    {"why": "a version that is a word", "put": ["v", "1"]},
    {"why": "another function", "put": ["kdf", "alg", "PBKDF2-SHA1"]},
    {"why": "no time at all", "put": ["kdf", "iter", 0]},
    {"why": "less than a browser takes", "put": ["kdf", "iter", 599_999], "browser": True},
    {"why": "an hour of a telephone", "put": ["kdf", "iter", 10_000_001]},
    {"why": "a fraction", "put": ["kdf", "iter", 1_000_000.5]},
    {"why": "a salt too short", "put": ["kdf", "salt", b64(SALT[:15])]},
    {"why": "a site too long", "put": ["site", b64(SITE + b"\0")]},
    {"why": "slots as a list", "put": ["slots", []]},
    {"why": "a slot that is no text", "put": ["slots", "AAAAAAAAAAAAAAAAAAAAAA", 1]},
    {"why": "a slot too short", "put": ["slots", "AAAAAAAAAAAAAAAAAAAAAA", "AAAA"]},
]


def main() -> None:
    phrase = hashlib.pbkdf2_hmac("sha256", NORMED.encode(), SALT, ITERATIONS, 32)
    token = hkdf(TOKEN, SITE, "cq/1/link-root", 32)
    roots = {
        name: {
            "root": root.hex(),
            "tag": b64(hkdf(root, SITE, "cq/1/slot-tag", 16)),
            "kek": hkdf(root, SITE, "cq/1/slot-kek", 32).hex(),
        }
        for name, root in (("phrase", phrase), ("token", token))
    }
    tag, value = slot(phrase, bytes(12), opens({SPACE: (EPOCH, SECRET)}))
    lengths = [0, 1, 10, 4095, 4096, 4097, 5000, 11413, 65536, 65537, 100000, 1000000, 1015808,
               1015809, 20000000, (1 << 32) - 1, (1 << 32) + 1, 1 << 40]  # fmt: skip
    found = {
        "format": "cq seal v1",
        "made_by": "tests/vectors/make_seal_v1.py; described in docs/formats/seal-v1.md",
        "site": SITE.hex(),
        "salt": SALT.hex(),
        "secret": SECRET.hex(),
        "iterations": ITERATIONS,
        "norm": [
            {"why": why, "typed": typed, "norm": norm(typed)} for why, typed in PHRASES.items()
        ],
        "phrase": {"typed": TYPED, "norm": norm(TYPED), **roots["phrase"]},
        "token": {"token": b64(TOKEN), **roots["token"]},
        "space": {
            "space": SPACE,
            "epoch": EPOCH,
            "k_siv": derived("siv", 32).hex(),
            "k_name": derived("name", 32).hex(),
            "manifest_id": b64(derived("manifest-id", 16)),
        },
        "ids": [
            {"path": path, "id": file_id(path)}
            for path in ("/", "/actualites/reunion", "/agenda/2026-12-01-preparation/",
                         "/agenda.ics", "/documents/été.pdf", "/recherche/index.json")
        ],
        "padme": [[length, padded(length)] for length in lengths],
        "slot": {
            "tag": tag,
            "nonce": bytes(12).hex(),
            "text": opens({SPACE: (EPOCH, SECRET)}).decode(),
            "value": b64(value),
            "bytes": len(value),
            "sha256": hashlib.sha256(value).hexdigest(),
        },
        "access": access(phrase, token),
        "access_refused": ACCESS_CHANGES,
        "files": files(),
        "refused": CHANGES,
        "texts_refused": texts(),
    }  # fmt: skip
    text = json.dumps(found, ensure_ascii=False, indent=1)
    # What nobody sees is spelt out: an editor would lose it, or put accents together.
    marks = {one for one in text if unicodedata.category(one)[0] == "M"}
    hidden = marks | {one for one in text if one not in "\n " and not one.isprintable()}
    for one in sorted(hidden):
        text = text.replace(one, f"\\u{ord(one):04x}")
    PLACE.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
