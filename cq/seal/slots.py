"""`acces.json`: the public file in which each way in has its slot, and none can be told apart.

A slot holds the keys of all the spaces that its owner may read, sealed under a key that only the
owner's phrase or invitation gives. All slots are of one length, sorted by their tags, and dummies
fill their number to a multiple of 16: the file tells neither who, nor how many, nor which spaces.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from cq.seal import cipher, keys
from cq.seal.cipher import KEY, NONCE, TAG, Refused, b64, unb64
from cq.seal.file import canonical, read_canonical
from cq.seal.keys import Root, SpaceKey, is_space

FORMAT = "cq-acces"
STEP = 512  # bytes to which what a slot holds is padded
ROUND = 16  # slots
MOST_SLOTS, LARGEST, MOST_BYTES = 4_096, 1 << 16, 1 << 24  # slots; bytes of one, of the file
_TAG_BYTES = 16

# bytes -> that many random ones: `secrets.token_bytes`, or a test's own.
Random = Callable[[int], bytes]


class Unknown(ValueError):
    """A file of slots that this program does not understand; the words are for its author."""


class Slots(NamedTuple):
    """The file, read."""

    site: bytes
    salt: bytes
    iterations: int
    slots: Mapping[str, bytes]  # by tag

    def opened(self, root: Root) -> dict[str, SpaceKey] | None:
        """The keys that `root` opens, by space; None where it has no slot here.

        Raises `Refused` for a slot that was changed.
        """
        value = self.slots.get(root.tag)
        if value is None:
            return None
        cipher_ = cipher.aead(root.key)
        text = cipher.opened(cipher_, value[:NONCE], value[NONCE:], _about(self.site, root.tag))
        try:
            fields: Any = read_canonical(text.rstrip(b" "))
            return {
                space: SpaceKey(self.site, space, epoch, unb64(secret, KEY))
                for space, (epoch, secret) in fields["e"].items()
            }
        except (ValueError, TypeError, KeyError, AttributeError):
            raise Refused from None


def written(  # noqa: PLR0913 - all that stands in the file, and where chance comes from
    site: bytes,
    salt: bytes,
    iterations: int,
    holders: Mapping[Root, Mapping[str, SpaceKey]],
    *,
    dummies: list[str],
    random: Random,
) -> bytes:
    """The file's bytes: a slot for each of `holders`, with the keys that it opens.

    `dummies` are tags that stand for nobody; they are kept from one writing to the next, and are
    lengthened or shortened here in place, while every value is drawn anew: two versions of the
    file must not show which slots are real. Raises `ValueError` for more than `read` takes.
    """
    if len(holders) > MOST_SLOTS:
        raise ValueError(f"{len(holders)} ways in")
    texts = {root.tag: (root, _text(held)) for root, held in holders.items()}
    length = max((len(text) for _, text in texts.values()), default=STEP)
    if NONCE + length + TAG > LARGEST:
        raise ValueError("too many spaces for one slot")
    wanted = -len(texts) % ROUND if texts else ROUND
    del dummies[wanted:]
    while len(dummies) < wanted:
        dummies.append(b64(random(_TAG_BYTES)))
    slots = {tag: b64(random(NONCE + length + TAG)) for tag in dummies}
    for tag, (root, text) in texts.items():
        nonce = random(NONCE)
        data = cipher.aead(root.key).encrypt(nonce, text.ljust(length), _about(site, tag))
        slots[tag] = b64(nonce + data)
    if len(slots) != len(texts) + len(dummies):
        raise ValueError("two slots of one tag")
    kdf = {"alg": "PBKDF2-SHA256", "iter": iterations, "salt": b64(salt)}
    data = canonical({"f": FORMAT, "kdf": kdf, "site": b64(site), "slots": slots, "v": 1})
    if len(data) > MOST_BYTES:
        raise ValueError(f"a file of {len(data)} bytes")
    return data


def read(data: bytes) -> Slots:
    """The slots of a file. Raises `Unknown`, with a reason in French."""
    if len(data) > MOST_BYTES:
        raise Unknown("le fichier est trop grand")
    try:
        # An editor or a hook of git may have ended the one line.
        fields: Any = read_canonical(data.rstrip(b"\r\n"))
    except ValueError:
        raise Unknown("ce n’est pas ce que cq access écrit : du JSON, sur une ligne") from None
    if not isinstance(fields, dict) or fields.get("f") != FORMAT:
        raise Unknown("ce n’est pas un fichier d’accès de cq")
    version = fields.get("v")
    if type(version) is not int or version != 1:
        raise Unknown(f"version {version!r:.40} du format : ce cq connaît la version 1")
    try:
        kdf, slots = fields["kdf"], fields["slots"]
        if kdf["alg"] != "PBKDF2-SHA256":
            raise Unknown(f"fonction de dérivation inconnue : {kdf['alg']!r:.40}")
        iterations = kdf["iter"]
        if type(iterations) is not int or not 0 < iterations <= keys.MOST_ITERATIONS:
            raise Unknown(f"nombre d’itérations refusé : {iterations!r:.40}")
        if len(slots) > MOST_SLOTS:
            raise Unknown(f"{len(slots)} emplacements : c’est trop")
        return Slots(
            unb64(fields["site"], keys.SITE),
            unb64(kdf["salt"], keys.SALT),
            iterations,
            {b64(unb64(tag, _TAG_BYTES)): _value(value) for tag, value in slots.items()},
        )
    except (KeyError, TypeError, AttributeError, ValueError) as fault:
        if isinstance(fault, Unknown):
            raise
        raise Unknown("il y manque quelque chose, ou quelque chose y est de trop") from None


def _value(text: str) -> bytes:
    data = unb64(text)
    if not NONCE + STEP + TAG <= len(data) <= LARGEST:
        raise ValueError("not a slot")
    return data


def _text(held: Mapping[str, SpaceKey]) -> bytes:
    """What a slot holds, padded."""
    spaces = {space: [key.epoch, b64(key.secret)] for space, key in held.items()}
    if not all(is_space(space) for space in spaces):
        raise ValueError("a slot opens spaces only")
    text = canonical({"e": spaces})
    return text.ljust(-(-len(text) // STEP) * STEP)


def _about(site: bytes, tag: str) -> bytes:
    return f"cq/1/slot\n{b64(site)}\n{tag}".encode("ascii")
