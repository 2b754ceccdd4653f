"""A made-up site with sealed spaces, behind the real page of the spaces: what its tests open.

Keys and chance are fixed, so that a failure is the same twice. Phrases cost what a browser accepts
at least (600,000 iterations); nothing here is a secret.
"""

import io
import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import NamedTuple

from cq.content.layout import PUBLIC
from cq.content.parsed import Text
from cq.seal import slots
from cq.seal.cipher import b64
from cq.seal.file import Sealed, canonical, seal
from cq.seal.keys import LEAST_ITERATIONS, Root, SpaceKey
from cq.seal.phrase import folded_words, norm
from cq.search.bag import bag_of
from cq.search.index import built as built_index
from cq.site.plan import plan
from cq.site.plan.search import descriptions, searched, shard, stamp_of
from cq.site.plan.space_page import space_page
from cq.site.render import Renderer
from cq.theme import load
from tests.unit import petit_bourg

SITE, SALT = bytes(range(16)), bytes(range(16, 32))
PHRASE = "abaisser bougie départ facture héron invoquer policier trilogie"
COORDINATOR = "trilogie policier invoquer héron facture départ bougie abaisser"
REVOKED = "bougie abaisser départ facture héron invoquer policier trilogie"
TOKEN = b"defghijklmnopqrs"
CENTRE, ALL, BUDGET = "q-centre", "conseillers", "g-budget"
NAMES = {CENTRE: "Quartier Centre", ALL: "Conseillers", BUDGET: "Commission budget"}
TODAY = "2026-11-22"
BUILD = 1_790_000_000

MEETING = "/agenda/2026-12-01-preparation/"
TRAP = "/wiki/piege/"


class File(NamedTuple):
    """One logical file of a space."""

    body: bytes
    media: str = "text/html"
    title: str = ""
    day: str = ""


def picture(colour: tuple[int, int, int]) -> bytes:
    from PIL import Image

    made = io.BytesIO()
    Image.new("RGB", (320, 200), colour).save(made, "PNG")
    return made.getvalue()


def pdf(size: int) -> bytes:
    """A sheet of paper with nothing on it, of about `size` bytes."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (size, noise(size)),
    ]
    made, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(made)
    return made + b"xref\n0 5\n0000000000 65535 f \n" + table + end


def noise(size: int) -> bytes:
    return b"".join(sha256(b"%d" % number).digest() for number in range(-(-size // 32)))[:size]


PAGES = Path(__file__).parent / "sealed"
FILLER = "Le conseil se réunit chaque mois pour préparer ses avis. " * 60
ARTICLES = {
    "agenda/2026-12-01-preparation.md": "---\ntitre: Préparer la plénière\ndate: 2026-12-01\n"
    "lieu: salle du port\n---\nRéunion à huis clos, le local à trancher.\n",
    "wiki/velos.md": "# Local à vélos\n\nTrente places, dont deux pour des triporteurs.\n",
}


def index() -> dict[str, bytes]:
    """The search index of the space's pages, made by cq's own functions."""
    files = {"site.yml": petit_bourg.SITE, **ARTICLES}
    said = petit_bourg.parsed(files)
    content = petit_bourg.content(said, TODAY)
    items = searched(content)
    stamp = stamp_of(items)
    bags = {one.item.address: bag_of(one) for one in said if one.item is not None}
    states = built_index((bags[item.address] for item in items), len(items))
    targets = [
        *(shard(content, stamp, number, state) for number, state in enumerate(states)),
        *descriptions(content, items, stamp),
    ]
    return {f"/{target.path}": str(target.view[0]).encode() for target in targets}


def fragment(name: str, port: int = 9) -> bytes:
    """A page of tests/browser/sealed; `piege.html` calls a server on `port` in every way."""
    text = (PAGES / f"{name}.html").read_text("utf-8")
    return text.replace("@remplissage@", FILLER).replace("@port@", str(port)).encode()


def files_of(space: str, port: int = 9) -> dict[str, File]:
    """What a space holds, by logical path."""
    if space != CENTRE:
        home = f'<h1>{NAMES[space]}</h1><p>Secret {space}.</p><a href="#/q-centre/">Centre</a>'
        return {"/": File(home.encode(), title=NAMES[space])}
    return {
        "/": File(fragment("accueil"), title="Quartier Centre"),
        "/agenda/": File(b"<h1>Agenda</h1><p>Une r\xc3\xa9union.</p>", title="Agenda"),
        MEETING: File(fragment("preparation"), title="Préparer la plénière", day="2026-12-01"),
        "/wiki/": File(b"<h1>Wiki</h1>", title="Wiki"),
        "/wiki/velos/": File(fragment("velos"), title="Local à vélos"),
        TRAP: File(fragment("piege", port), title="Piège"),
        "/documents/plan.png": File(picture((21, 69, 127)), "image/png"),
        "/documents/croquis.png": File(picture((155, 47, 12)), "image/png"),
        "/documents/notes.pdf": File(pdf(3_000_000), "application/pdf"),
        "/documents/été à l’eau.csv": File(b"a;b\n1;2\n" * 500, "text/csv"),
        "/documents/page.html": File(b"<script>globalThis.pwned = 12</script>", "text/html"),
        "/documents/dessin.svg": File(b"<svg/>", "image/svg+xml"),
        "/agenda.ics": File(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "text/calendar"),
        **{path: File(body, "application/json") for path, body in index().items()},
    }  # fmt: skip


def key(space: str, epoch: int = 3) -> SpaceKey:
    return SpaceKey(SITE, space, epoch, sha256(f"{space} {epoch}".encode()).digest())


@cache
def root(phrase: str, iterations: int = LEAST_ITERATIONS) -> Root:
    """Slow by design, and the same for every site that is made."""
    return Root.of_phrase(SITE, SALT, norm(phrase), iterations)


def chance() -> Callable[[int], bytes]:
    numbers: Iterator[int] = count()
    return lambda size: noise(size + 32 * next(numbers))[-size:]


def doors(
    epochs: Mapping[str, int], iterations: int = LEAST_ITERATIONS, more: tuple[str, ...] = ()
) -> bytes:
    """acces.json: one reader of a quartier, by phrase and by invitation, and one of everything."""
    every = {space: key(space, epoch) for space, epoch in epochs.items()}
    centre = {CENTRE: every[CENTRE]}
    holders: dict[Root, Mapping[str, SpaceKey]] = {
        root(PHRASE, iterations): centre,
        Root.of_token(SITE, TOKEN): centre,
        root(COORDINATOR, iterations): every,
        **{root(one, iterations): centre for one in more},
    }
    return slots.written(SITE, SALT, iterations, holders, dummies=[], random=chance())


def sealed_space(own: SpaceKey, files: Mapping[str, File], build: int) -> list[Sealed]:
    """Every file of a space, and its manifest, which is last."""
    made = {
        path: seal(own, own.file_id(path), one.body, media=one.media,
                   name="" if path.endswith("/") else path.rpartition("/")[2])
        for path, one in files.items()
    }  # fmt: skip
    manifest = {
        "b": build,
        "titre": NAMES[own.space],
        "pages": [
            {"p": path, "t": one.title, "d": one.day, "i": made[path].id, "x": made[path].x,
             "c": path.split("/")[1]}
            for path, one in files.items() if path.endswith("/")
        ],
        "files": {
            path: [made[path].id, made[path].x, len(one.body), one.media]
            for path, one in files.items() if not path.endswith("/")
        },
    }  # fmt: skip
    return [
        *made.values(),
        seal(own, own.manifest_id, canonical(manifest), media="application/json"),
    ]


def place_of(folder: Path, identifier: str) -> Path:
    return folder / "espace" / "f" / identifier[:2].lower() / identifier


def put(folder: Path, sealed: Sealed) -> None:
    place = place_of(folder, sealed.id)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(sealed.data)


def shell(folder: Path) -> None:
    """The real page of the spaces, its script and its style, as a build with keys writes them."""
    theme = load(folder)
    content = petit_bourg.content({"site.yml": petit_bourg.SITE + petit_bourg.LEGAL}, TODAY)
    public = content.seen_by(PUBLIC, TODAY)
    renderer = Renderer(theme, plan(public).chrome, _NoTexts())
    made = {f"theme/{path}": data for path, data in theme.assets.items()}
    made |= {one.path: renderer.render(one).data for one in space_page(public, theme.assets)}
    made["espace/mots.txt"] = "".join(f"{word}\n" for word in folded_words()).encode()
    for path, data in made.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


class _NoTexts:
    def get(self, key: str) -> Text:
        raise LookupError(key)

    def paper(self, key: str) -> str:
        raise LookupError(key)


def make(folder: Path, *, port: int = 9, build: int = BUILD, epoch: int = 3) -> Path:
    """A site that is nothing but its spaces, in `folder`."""
    shutil.rmtree(folder / "espace", ignore_errors=True)
    shell(folder)
    epochs = {CENTRE: epoch, ALL: 1, BUDGET: 2}
    for space, number in epochs.items():
        for one in sealed_space(key(space, number), files_of(space, port), build):
            put(folder, one)
    (folder / "espace" / "acces.json").write_bytes(doors(epochs))
    return folder


def invitation() -> str:
    return f"#i={b64(TOKEN)}/{CENTRE}/"


def copy_doors(site: Path, folder: Path) -> None:
    (folder / "espace").mkdir()
    shutil.copy(site / "espace" / "acces.json", folder / "espace")


def damaged_doors(folder: Path, **changes: object) -> None:
    """acces.json with other values for some of its keys; `iter` and `alg` are those of `kdf`."""
    file = folder / "espace" / "acces.json"
    said = json.loads(file.read_bytes())
    for name, value in changes.items():
        (said["kdf"] if name in said["kdf"] else said)[name] = value
    file.write_bytes(canonical(said))
