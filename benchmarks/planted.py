"""Thirteen private words, each in another place of a page, and where they come out again.

What an encrypting tool leaves in clear is looked for in the contents and the names of all the files
that it would publish, as it stands there or in another spelling. Must not know any tool.
"""

import base64
import gzip
import html
import json
import struct
import unicodedata
import urllib.parse
import zlib
from collections.abc import Iterator
from pathlib import Path

import ahocorasick_rs

PLANTED = {
    "titre": "Zéphyrin Carambole quitte la commission",
    "intertitre": "Le différend Bruscambille",
    "texte": "la subvention Tournemolle reste gelée",
    "résumé": "Quatorze voisins de l’îlot Vertpanneau",
    "personne": "Apollonie Grandcœur",
    "courriel": "apollonie.grandcoeur@exemple.fr",
    "téléphone": "06 98 76 54 32",
    "adresse postale": "41, rue Fantômas-Prévert",
    "adresse de la page": "affaire-chanteclair",
    "lien": "Les suites de Mirliflore",
    "nom de fichier": "devis-pimprenelle",
    "contenu d’une pièce jointe": "Maçonnerie Escarbille",
    "texte d’une image": "Photographie Turlututu",
}
NEWS = "2026-03-02-affaire-chanteclair"
WIKI = "les-suites"
FILE, PICTURE = "devis-pimprenelle.csv", "plan.png"

BODY = f"""{PLANTED["personne"]} écrit que {PLANTED["texte"]}.

## {PLANTED["intertitre"]}

Joindre {PLANTED["courriel"]}, {PLANTED["téléphone"]}, {PLANTED["adresse postale"]}.

![Un plan](../documents/{PICTURE}) [Le devis](../documents/{FILE}) [La suite](../wiki/{WIKI}.md)
"""


def attachments() -> dict[str, bytes]:
    """By name: a table, and a picture that says something in its own description."""
    table = f"poste;montant\n{PLANTED['contenu d’une pièce jointe']};1 200\n"
    words = b"Comment\0" + PLANTED["texte d’une image"].encode("latin-1")
    header = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + bytes(8)) * 8)
    parts = ((b"IHDR", header), (b"tEXt", words), (b"IDAT", rows), (b"IEND", b""))
    picture = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
    return {FILE: table.encode(), PICTURE: picture}


def spellings(text: str) -> dict[str, bytes]:
    """How `text` may stand in a file. The usual spelling is « utf-8 »."""
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("’", "'"))
    bare = "".join(one for one in plain if not unicodedata.combining(one))
    slug = "-".join("".join(one if one.isalnum() else " " for one in bare.lower()).split())
    data = text.encode()
    found = {
        "utf-8": data,
        "utf-8, accents à part": unicodedata.normalize("NFD", text).encode(),
        "latin-1": text.replace("œ", "oe").replace("’", "'").encode("latin-1"),
        "utf-16-le": text.encode("utf-16-le"),
        "utf-16-be": text.encode("utf-16-be"),
        "json": json.dumps(text)[1:-1].encode(),
        "html": html.escape(text).encode(),
        "html, numéros": "".join(f"&#{ord(c)};" if ord(c) > 126 else c for c in text).encode(),
        "html, hexadécimal": "".join(
            f"&#x{ord(c):x};" if ord(c) > 126 else c for c in text
        ).encode(),
        "adresse": urllib.parse.quote(text).encode(),
        "formulaire": urllib.parse.quote_plus(text).encode(),
        "minuscules": text.lower().encode(),
        "majuscules": text.upper().encode(),
        "sans accents": bare.encode(),
        "mots liés": slug.encode(),
        "hexadécimal": data.hex().encode(),
    }
    for shift in range(3):
        # What stands before shifts the letters; the first and last ones depend on neighbours.
        whole = base64.b64encode(bytes(shift) + data)
        found[f"base64, {shift}"] = whole[(0, 2, 3)[shift] : len(whole) // 4 * 4 - 4]
    if text.replace(" ", "").isdigit():
        for name, sign in (("points", "."), ("collé", ""), ("insécables", "\u00a0")):
            found[name] = text.replace(" ", sign).encode()
        found["international"] = b"+33" + text.replace(" ", "")[1:].encode()
    return found


def leaks(output: Path) -> dict[str, list[str]]:
    """Which of the thirteen stand in the files of `output`, and in which ones (some of them)."""
    owners, patterns = [], []
    for name, text in PLANTED.items():
        for data in {*spellings(text).values()}:
            owners.append(name)
            patterns.append(data)
    machine = ahocorasick_rs.BytesAhoCorasick(patterns)
    found: dict[str, list[str]] = {}
    for path in sorted(output.rglob("*")):
        place = path.relative_to(output).as_posix()
        for data in _readings(path, place):
            for number in {
                match[0] for match in machine.find_matches_as_indexes(data, overlapping=True)
            }:
                places = found.setdefault(owners[number], [])
                if place not in places:
                    places.append(place)
    return found


def _readings(path: Path, place: str) -> Iterator[bytes]:
    """The name of a file, its bytes, and what gzip packed in it."""
    yield place.encode("utf-8", "surrogateescape")
    if path.is_file():
        data = path.read_bytes()
        yield data
        if data[:2] == b"\x1f\x8b":
            yield gzip.decompress(data)
