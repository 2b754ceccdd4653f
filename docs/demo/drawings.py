"""The demo's pictures, drawn flat with Pillow: a footbridge, a planting, a bench at dusk.

Nothing is random and no font is used, so the same Pillow gives the same bytes. Shapes are drawn
at twice the size and reduced, which smooths their edges.
"""

import io
import math
from itertools import pairwise

from PIL import Image, ImageDraw
from PIL.TiffImagePlugin import IFDRational

WIDTH, HEIGHT, SCALE = 1200, 675, 2

Point = tuple[float, float]


class Sheet:
    """A drawing in final pixels; everything is scaled on its way to Pillow."""

    def __init__(self, ground: str) -> None:
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), ground)
        self.pen = ImageDraw.Draw(self.image)

    def box(  # noqa: PLR0913, PLR0917 - a rectangle has these numbers
        self, x: float, y: float, w: float, h: float, fill: str, radius: float = 0
    ) -> None:
        corners = [x * SCALE, y * SCALE, (x + w) * SCALE, (y + h) * SCALE]
        self.pen.rounded_rectangle(corners, radius * SCALE, fill)

    def disc(self, x: float, y: float, rx: float, fill: str, ry: float | None = None) -> None:
        ry = rx if ry is None else ry
        corners = [(x - rx) * SCALE, (y - ry) * SCALE, (x + rx) * SCALE, (y + ry) * SCALE]
        self.pen.ellipse(corners, fill)

    def shape(self, points: list[Point], fill: str) -> None:
        self.pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill)

    def line(self, points: list[Point], fill: str, width: float) -> None:
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self.pen.line(scaled, fill, round(width * SCALE), joint="curve")
        for x, y in points:
            self.disc(x, y, width / 2, fill)

    def reduced(self) -> Image.Image:
        return self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def _tree(  # noqa: PLR0913, PLR0917 - place, size and two colours
    sheet: Sheet, x: float, foot: float, size: float, leaves: str, shade: str
) -> None:
    sheet.box(x - size * 0.06, foot - size * 1.1, size * 0.12, size * 1.1, "#5b4636")
    for dx, dy, r in ((-0.34, -1.15, 0.42), (0.34, -1.1, 0.44), (0, -1.5, 0.5), (0, -1.0, 0.45)):
        sheet.disc(x + dx * size, foot + dy * size, r * size, shade)
    for dx, dy, r in ((-0.36, -1.26, 0.34), (0.24, -1.3, 0.34), (-0.04, -1.62, 0.38)):
        sheet.disc(x + dx * size, foot + dy * size, r * size, leaves)


def _houses(sheet: Sheet, foot: float, walls: tuple[str, ...], roof: str, pane: str) -> None:
    x = -30.0
    for index in range(9):
        w, h = 128 + 26 * (index % 3), 190 + 34 * ((index * 2) % 5)
        sheet.box(x, foot - h, w, h, walls[index % len(walls)])
        sheet.shape(
            [(x - 4, foot - h), (x + 12, foot - h - 44), (x + w - 12, foot - h - 44),
             (x + w + 4, foot - h)], roof,
        )  # fmt: skip
        sheet.box(x + w * 0.7, foot - h - 70, 16, 34, roof)
        columns = 3 + index % 2
        for row in range(int(h // 52)):
            for column in range(columns):
                at = x + w * (column + 0.5) / columns - 9
                sheet.box(at, foot - h + 16 + row * 52, 18, 30, pane, 2)
        x += w


def _footbridge(sheet: Sheet, iron: str, dark: str) -> None:
    def deck(x: float) -> float:
        return 420 - 150 * math.sin(math.pi * (x - 210) / 780)

    def soffit(x: float) -> float:
        return deck(x) + 24 + 66 * (abs(x - 600) / 390) ** 2

    steps = [210 + 780 * n / 60 for n in range(61)]
    for low, high in pairwise(steps):
        sheet.shape(
            [(low, deck(low)), (high, deck(high)), (high, deck(high) + 26), (low, deck(low) + 26)],
            iron,
        )
        sheet.shape(
            [(low, deck(low) + 20), (high, deck(high) + 20), (high, soffit(high)),
             (low, soffit(low))], dark,
        )  # fmt: skip
    for n, x in enumerate(steps):
        if n % 3 == 0:
            sheet.line([(x, deck(x)), (x, deck(x) - 52)], dark, 4)
    for lift in (52, 28):
        sheet.line([(x, deck(x) - lift) for x in steps], iron, 6)
    for x, way in ((210, -1), (990, 1)):
        sheet.box(min(x - 34, x + way * 170), 560, 204, 120, "#b9a585")
        sheet.box(min(x - 34, x + way * 170), 560, 204, 10, "#cdbb9d")
        for step in range(7):
            sheet.box(x - 10 + way * step * 20, 420 + step * 14, 20, 150 - step * 14, dark)


def footbridge() -> Image.Image:
    """A footbridge over a canal, trees and a barge."""
    sheet = Sheet("#f4e6cd")
    sheet.disc(930, 118, 56, "#f2b65e")
    _houses(sheet, 440, ("#e9cfa9", "#dfbf95", "#ecd9bb"), "#7d8f9c", "#9fb3ba")
    for n in range(8):
        _tree(sheet, 40 + n * 165, 470, 92 + 12 * (n % 2), "#7fa86b", "#5a8a58")
    sheet.box(0, 462, WIDTH, 60, "#b9a585")
    sheet.box(0, 470, WIDTH, 8, "#cdbb9d")
    sheet.box(0, 516, WIDTH, 200, "#2f6f68")
    for n in range(22):
        x, y = (n * 197) % 1250 - 50, 540 + (n * 37) % 130
        sheet.box(x, y, 90 + (n * 23) % 80, 4, "#4b8f85" if n % 3 else "#8fc0ae", 2)
    sheet.shape([(400, 540), (800, 540), (770, 592), (430, 592)], "#8c2f2b")
    sheet.box(400, 530, 400, 14, "#f1e4cf", 4)
    sheet.box(470, 478, 180, 54, "#1f4e5f", 8)
    for n in range(4):
        sheet.box(486 + n * 40, 492, 26, 22, "#f4e6cd", 3)
    sheet.box(700, 494, 10, 38, "#5b4636")
    _footbridge(sheet, "#2f7d57", "#1d5a3f")
    return sheet.reduced()


def _person(  # noqa: PLR0913, PLR0917 - place, two colours and a bearing
    sheet: Sheet, x: float, foot: float, coat: str, hair: str, lean: float
) -> None:
    sheet.line([(x - 14, foot), (x - 8, foot - 90)], "#33424d", 22)
    sheet.line([(x + 22, foot), (x + 8, foot - 90)], "#33424d", 22)
    sheet.shape(
        [(x - 34, foot - 84), (x + 34, foot - 84), (x + 26 + lean, foot - 200),
         (x - 26 + lean, foot - 200)], coat,
    )  # fmt: skip
    sheet.disc(x + lean, foot - 196, 27, coat)
    sheet.disc(x + lean * 1.3, foot - 240, 31, "#c98f6b")
    sheet.disc(x + lean * 1.3, foot - 254, 31, hair, 20)


def planting() -> Image.Image:
    """Two people plant a young tree on a pavement."""
    sheet = Sheet("#dfe9e4")
    _houses(sheet, 430, ("#d9cbb4", "#cdbda3", "#e3d8c6"), "#8795a1", "#b4c3c9")
    sheet.box(0, 428, WIDTH, 250, "#c9c3b8")
    for n in range(9):
        sheet.line([(n * 170 - 60, 675), (n * 140 + 40, 430)], "#bab3a6", 3)
    sheet.box(0, 500, WIDTH, 3, "#bab3a6")
    _tree(sheet, 130, 470, 150, "#7fa86b", "#5a8a58")
    _tree(sheet, 1090, 470, 150, "#8bb274", "#62925c")
    sheet.disc(600, 588, 190, "#8a6748", 44)
    sheet.disc(600, 580, 170, "#6d4f38", 36)
    sheet.line([(600, 580), (600, 240)], "#6b4e3a", 14)
    sheet.line([(640, 585), (640, 300)], "#b58a5a", 8)
    sheet.line([(600, 360), (640, 366)], "#33424d", 5)
    for x, y, r in ((600, 210, 58), (556, 262, 42), (648, 258, 44), (600, 170, 36)):
        sheet.disc(x, y, r, "#5f9a55")
    for x, y, r in ((588, 192, 36), (548, 250, 24), (644, 244, 26)):
        sheet.disc(x, y, r, "#86b96f")
    _person(sheet, 440, 590, "#b5472f", "#2f2622", 26)
    sheet.line([(470, 396), (540, 420), (596, 400)], "#b5472f", 20)
    sheet.disc(598, 400, 13, "#c98f6b")
    _person(sheet, 800, 596, "#24566b", "#6b4a2c", -22)
    sheet.line([(776, 404), (740, 452), (716, 470)], "#24566b", 20)
    sheet.disc(714, 472, 13, "#8f5f42")
    sheet.line([(752, 380), (676, 566)], "#a9763f", 10)
    sheet.shape([(652, 548), (696, 566), (672, 622), (640, 606)], "#5b6872")
    sheet.shape([(930, 540), (1030, 540), (1016, 622), (944, 622)], "#2f7d57")
    sheet.line([(934, 540), (980, 500), (1026, 540)], "#1d5a3f", 6)
    sheet.line([(1020, 588), (1076, 540)], "#2f7d57", 12)
    return sheet.reduced()


def bench() -> Image.Image:
    """A bench and a street lamp on a quay, at dusk."""
    sheet = Sheet("#39506b")
    sheet.box(0, 150, WIDTH, 150, "#5b6b85")
    sheet.box(0, 250, WIDTH, 130, "#8d7f93")
    sheet.box(0, 320, WIDTH, 80, "#c99a86")
    _houses(sheet, 400, ("#2b3b52", "#314259", "#26354a"), "#1f2c3f", "#e8c27a")
    sheet.box(0, 398, WIDTH, 130, "#1f3f4d")
    for n in range(20):
        x, y = (n * 211) % 1260 - 60, 412 + (n * 29) % 100
        sheet.box(x, y, 70 + (n * 31) % 90, 4, "#e8c27a" if n % 4 == 0 else "#34606c", 2)
    sheet.box(0, 520, WIDTH, 160, "#6f6a72")
    sheet.box(0, 520, WIDTH, 14, "#8a848a")
    sheet.disc(880, 606, 230, "#9a8f86", 40)
    sheet.box(874, 190, 14, 420, "#16222e")
    sheet.box(856, 590, 50, 20, "#16222e", 4)
    sheet.disc(881, 166, 84, "#4d5a6c")
    sheet.disc(881, 166, 58, "#7d7a74")
    sheet.shape([(852, 140), (910, 140), (898, 194), (864, 194)], "#f6dc9a")
    sheet.shape([(842, 140), (920, 140), (881, 108)], "#16222e")
    for y in (404, 434, 464):
        sheet.box(330, y, 420, 20, "#2f7d57", 6)
    for y in (506, 530):
        sheet.box(318, y, 444, 16, "#3c9468", 6)
    for x in (352, 716):
        sheet.line([(x, 396), (x, 520), (x - 10, 612)], "#16222e", 12)
        sheet.line([(x + 24, 540), (x + 30, 616)], "#16222e", 10)
        sheet.line([(x, 472), (x + 34, 472), (x + 34, 520)], "#16222e", 9)
    sheet.box(560, 488, 74, 18, "#b5472f", 3)
    sheet.box(566, 478, 62, 12, "#e9cfa9", 3)
    return sheet.reduced()


def as_png(picture: Image.Image) -> bytes:
    """A palette of 96 colours is enough for flat drawings, and weighs a third."""
    out = io.BytesIO()
    small = picture.quantize(96, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    small.save(out, "PNG", optimize=True)
    return out.getvalue()


def as_jpeg_with_gps(picture: Image.Image) -> bytes:
    """A JPEG as a telephone writes it, place included, to prove that the build removes it.

    The place is in the middle of the Atlantic, the device and its owner do not exist.
    """
    exif = Image.Exif()
    exif[0x010E] = "Exemple fictif : ces données doivent disparaître du site"
    exif[0x010F] = "Appareil fictif"
    exif[0x013B] = "Photographe fictif"
    exif[0x8769] = {0x9003: "2026:11:17 08:12:00"}
    exif[0x8825] = {
        1: "N", 2: (IFDRational(47), IFDRational(0), IFDRational(0)),
        3: "W", 4: (IFDRational(30), IFDRational(0), IFDRational(0)),
    }  # fmt: skip
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=84, optimize=True, progressive=True, exif=exif)
    return out.getvalue()
