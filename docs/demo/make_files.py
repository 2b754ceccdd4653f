"""Make the demo's own files: drawings, plans, outlines and PDFs, written under `content/`.

For developers only: needs WeasyPrint (not a dependency of cq) beside Pillow. Run again, it writes
the same bytes; another version of WeasyPrint or other installed fonts (Liberation Serif and Sans)
may move a line. It writes nothing but the files that `files()` names.

    python docs/demo/make_files.py          # from the top of the checkout
"""

import csv
import json
import math
from collections.abc import Iterator
from pathlib import Path

import drawings

HERE = Path(__file__).parent
CONTENT = HERE.parent.parent / "content"

SOURCE = "© Ville de Paris, conseils-quartiers, copie de 2014, simplifiée"
LICENCE = "ODbL"

# A page rendered by WeasyPrint names its producer and no date, so it is the same every time.
PAPERS = {
    "mode-d-emploi.html": "documents/mode-d-emploi.pdf",
    "compte-rendu-2026-10-06.html": "documents/compte-rendu-2026-10-06.pdf",
    "compte-rendu-2026-09-24.html": (
        "quartiers/louis-blanc-aqueduc/documents/compte-rendu-2026-09-24.pdf"
    ),
}

# Drawn by hand, kept beside this script as they are.
SVGS = {
    "plaque-de-rue.svg": "actualites/2026-11-16-un-site-commun/plaque-de-rue.svg",
    "plan-des-corbeilles.svg": (
        "quartiers/porte-saint-denis-paradis/documents/plan-des-corbeilles.svg"
    ),
}

Ring = list[tuple[float, float]]


def outlines() -> list[tuple[str, str, Ring]]:
    """Number, slug and ring (lon, lat; not closed) of each council, from `outlines.csv`."""
    with (HERE / "outlines.csv").open(encoding="utf-8", newline="") as table:
        return [
            (row["numero"], row["slug"], [_pair(pair) for pair in row["contour"].split()])
            for row in csv.DictReader(table)
        ]


def _pair(text: str) -> tuple[float, float]:
    longitude, latitude = text.split(",")
    return float(longitude), float(latitude)


def geojson(number: str, slug: str, ring: Ring) -> bytes:
    """One polygon, closed and counter-clockwise as RFC 7946 wants it."""
    area = sum(
        x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True)
    )
    points = ring if area > 0 else ring[::-1]
    feature = {
        "type": "Feature",
        "properties": {"numero": number, "slug": slug, "source": SOURCE, "licence": LICENCE},
        "geometry": {"type": "Polygon", "coordinates": [[*points, points[0]]]},
    }
    return (json.dumps(feature, ensure_ascii=False, indent=1) + "\n").encode()


def overview_map(councils: list[tuple[str, str, Ring]]) -> bytes:
    """The six councils with their numbers: a drawing, to be read beside its table."""
    everywhere = [point for _, _, ring in councils for point in ring]
    west, north = min(x for x, _ in everywhere), max(y for _, y in everywhere)
    # At this latitude a degree of longitude is shorter than one of latitude by its cosine.
    tall = 700 / (north - min(y for _, y in everywhere))
    wide = tall * math.cos(math.radians(north))

    def at(point: tuple[float, float]) -> tuple[float, float]:
        return 30 + (point[0] - west) * wide, 30 + (north - point[1]) * tall

    width = round(60 + (max(x for x, _ in everywhere) - west) * wide)
    fills = ("#e9efe4", "#d3e2da", "#f1e6cf", "#dfe6ee", "#f4eedd", "#e2ead2")
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 760" role="img">',
        "<title>Les six conseils de quartier du 10e</title>",
    ]
    for (number, _, ring), fill in zip(councils, fills, strict=True):
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(at, ring))
        lines.append(
            f'<polygon points="{points}" fill="{fill}" stroke="#1d5a3f" stroke-width="3"'
            ' stroke-linejoin="round"/>'
        )
        x, y = at(_centre(ring))
        lines.append(
            f'<text x="{x:.0f}" y="{y + 10:.0f}" font-family="sans-serif" font-size="30"'
            f' font-weight="bold" text-anchor="middle" fill="#1b2b33">{number}</text>'
        )
    return ("\n".join([*lines, "</svg>"]) + "\n").encode()


def _centre(ring: Ring) -> tuple[float, float]:
    """The centre of gravity of a polygon, by its triangles."""
    twice = x = y = 0.0
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = x1 * y2 - x2 * y1
        twice += cross
        x += (x1 + x2) * cross
        y += (y1 + y2) * cross
    return x / (3 * twice), y / (3 * twice)


def pdf(page: Path) -> bytes:
    """A tagged PDF (PDF/UA-1): language and title come from the page, headings become tags."""
    from weasyprint import HTML

    data = HTML(filename=page).write_pdf(pdf_variant="pdf/ua-1", stylesheets=[HERE / "print.css"])
    assert isinstance(data, bytes)  # noqa: S101 - write_pdf gives bytes when it has no target
    return data


def files() -> Iterator[tuple[str, bytes]]:
    """Every file of the demo that is made, with its place under `content/`."""
    councils = outlines()
    for number, slug, ring in councils:
        yield f"quartiers/{slug}/contours/{slug}.geojson", geojson(number, slug, ring)
    yield "wiki/perimetres/carte-des-conseils.svg", overview_map(councils)
    for name, place in SVGS.items():
        yield place, (HERE / name).read_bytes()
    yield (
        "groupes/canal-saint-martin/actualites/2026-11-18-la-passerelle/passerelle.jpg",
        drawings.as_jpeg_with_gps(drawings.footbridge()),
    )
    temple = "quartiers/faubourg-du-temple-hopital-saint-louis"
    yield (
        f"{temple}/actualites/2026-11-14-pieds-d-arbres/plantation.png",
        drawings.as_png(drawings.planting()),
    )
    yield (
        "quartiers/grange-aux-belles-terrage/actualites/2026-10-30-un-banc-face-a-l-eau/banc.png",
        drawings.as_png(drawings.bench()),
    )
    for name, place in PAPERS.items():
        yield place, pdf(HERE / name)


def main() -> None:
    total = 0
    for place, data in files():
        path = CONTENT / place
        path.parent.mkdir(parents=True, exist_ok=True)
        said = "same" if path.is_file() and path.read_bytes() == data else "written"
        path.write_bytes(data)
        total += len(data)
        print(f"{said:8} {len(data):8} {place}")
    print(f"{total} bytes in all")


if __name__ == "__main__":
    main()
