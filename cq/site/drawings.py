"""An SVG on its way out: written again from a list of what may be in it, and nothing else.

An SVG is a program as much as a picture: opened by its address it may run scripts, ask other
servers for files and tell who made it on which computer. What draws is kept; what acts, what comes
from elsewhere and what describes the author is left out. Pure: bytes in, bytes out, and the same
drawing gives the same bytes.
"""

import base64
import binascii
import re
from collections.abc import Iterator
from xml.parsers import expat

from cq.site import pictures, styles
from cq.site.containers import Broken

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_MOST_BYTES = 20 << 20
_MOST_ELEMENTS = 200_000
_MOST_DEPTH = 100
_MOST_REFERENCES = 100_000
# An element that shows another may show one that shows others: eight such steps draw a billion.
_MOST_SHOWN = 1_000_000
_MOST_STEPS = 30

_SHAPES = "circle ellipse image line path polygon polyline rect text textPath tspan use"
_STRUCTURE = "clipPath defs desc g marker mask pattern style svg switch symbol title"
_PAINT = "linearGradient radialGradient stop"
_FILTERS = (
    "filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix "
    "feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB "
    "feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight "
    "feSpecularLighting feSpotLight feTile feTurbulence"
)
_ELEMENTS = frozenset(f"{_SHAPES} {_STRUCTURE} {_PAINT} {_FILTERS}".split())
_NAMES = (
    "alignment-baseline amplitude aria-describedby aria-hidden aria-label aria-labelledby "
    "azimuth baseFrequency baseline-shift bias class clip-path clip-rule clipPathUnits color "
    "color-interpolation color-interpolation-filters cx cy d diffuseConstant direction display "
    "divisor dominant-baseline dx dy edgeMode elevation exponent fill fill-opacity fill-rule "
    "filter filterUnits flood-color flood-opacity font-family font-size font-size-adjust "
    "font-stretch font-style font-variant font-weight fr fx fy gradientTransform gradientUnits "
    "height id image-rendering in in2 intercept isolation k1 k2 k3 k4 kernelMatrix "
    "kernelUnitLength lang lengthAdjust letter-spacing lighting-color limitingConeAngle "
    "marker-end marker-mid marker-start markerHeight markerUnits markerWidth mask "
    "mask-type maskContentUnits maskUnits method mix-blend-mode mode numOctaves offset opacity "
    "operator order orient overflow paint-order pathLength patternContentUnits "
    "patternTransform patternUnits points pointsAtX pointsAtY pointsAtZ preserveAlpha "
    "preserveAspectRatio primitiveUnits r radius refX refY result role rotate rx ry scale seed "
    "shape-rendering side slope spacing specularConstant specularExponent spreadMethod "
    "startOffset stdDeviation stitchTiles stop-color stop-opacity stroke stroke-dasharray "
    "stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity "
    "stroke-width style surfaceScale systemLanguage tableValues targetX targetY text-anchor "
    "text-decoration text-rendering textLength transform transform-origin type "
    "unicode-bidi values vector-effect version viewBox visibility white-space width "
    "word-spacing writing-mode x x1 x2 xChannelSelector y y1 y2 yChannelSelector z"
)
_ATTRIBUTES = frozenset(_NAMES.split())
_LINKED = frozenset(f"use image textPath pattern filter {_PAINT}".split())
_LOCAL = re.compile(r"#[^\s#'\"()]+")
_EMBEDDED = re.compile(r"data:image/(?:png|jpe?g|webp);base64,", re.IGNORECASE)
_WRITTEN = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_QUOTED = {**_WRITTEN, '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
_TO_WRITE = str.maketrans(_WRITTEN)
_TO_QUOTE = str.maketrans(_QUOTED)


def clean(data: bytes) -> bytes:
    """The drawing as it may be published. Raises `Broken`."""
    if len(data) > _MOST_BYTES:
        raise Broken("le dessin est trop gros")
    copy = _Copy()
    try:
        copy.parser.Parse(data, True)  # noqa: FBT003 - expat's « this is all »
    except expat.ExpatError as fault:
        raise Broken(f"le dessin est mal écrit, ligne {fault.lineno}") from fault
    except (ValueError, LookupError) as fault:  # an encoding that nobody knows
        raise Broken("le dessin est dans un codage inconnu") from fault
    copy.shown.weigh()
    if copy.linked:
        copy.parts[1] += f' xmlns:xlink="{_XLINK}"'
    return "".join(copy.parts).encode()


class _Copy:
    """What the parser reads, written again as it comes."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.open: list[str] = []  # names of the elements that are being written
        self.skipped = 0  # depth inside an element that is left out
        self.pending = False  # a start tag that waits to know whether it is empty
        self.css: list[str] | None = None
        self.linked = False  # with the older spelling of links
        self.elements = 0
        self.shown = _Shown()
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.ordered_attributes = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._words
        self.parser.EntityDeclHandler = _refuse_entity
        self.parser.SkippedEntityHandler = _refuse_entity

    def _start(self, name: str, attributes: list[str]) -> None:
        self.elements += 1
        if self.elements > _MOST_ELEMENTS:
            raise Broken("le dessin a trop d’éléments")
        if len(self.open) + self.skipped >= _MOST_DEPTH:
            raise Broken("le dessin a trop d’éléments l’un dans l’autre")
        space, _, local = name.rpartition(" ")
        drawn = space in {_SVG, ""}
        if not self.open and (not drawn or local != "svg"):
            raise Broken("ce n’est pas un dessin SVG")
        if drawn and local == "a":
            local = "g"  # a link is its content
        if self.skipped or self.css is not None or not drawn or local not in _ELEMENTS:
            self.skipped += 1
            return
        self.open.append(local)
        if local == "style":
            self.css = []
            self.shown.enter(None)
            return
        self._flush()
        pairs = dict(_attributes(local, attributes))
        self.shown.enter(pairs.get("id"))
        for key, value in pairs.items():
            self.shown.refer(key, value)
        self.parts.append(f"<{local}")
        if len(self.open) == 1:
            self.parts.append(f' xmlns="{_SVG}"')
        self.linked = self.linked or "xlink:href" in pairs
        for key, value in pairs.items():
            self.parts.append(f' {key}="{value.translate(_TO_QUOTE)}"')
        self.pending = True

    def _end(self, name: str) -> None:
        del name
        if self.skipped:
            self.skipped -= 1
            return
        local = self.open.pop()
        self.shown.leave()
        if self.css is not None:
            css = styles.sheet("".join(self.css))
            self.css = None
            if css:
                self._flush()
                self.parts.append(f"<style>{css.translate(_TO_WRITE)}</style>")
        elif self.pending:
            self.parts.append("/>")
            self.pending = False
        else:
            self.parts.append(f"</{local}>")
        if not self.open:
            self.parts.append("\n")

    def _words(self, text: str) -> None:
        if self.skipped:
            return
        if self.css is not None:
            self.css.append(text)
            return
        self._flush()
        self.parts.append(text.translate(_TO_WRITE))

    def _flush(self) -> None:
        if self.pending:
            self.parts.append(">")
            self.pending = False


def _attributes(local: str, flat: list[str]) -> Iterator[tuple[str, str]]:
    """The attributes that may stay, in their order."""
    for place in range(0, len(flat), 2):
        space, _, key = flat[place].rpartition(" ")
        value = flat[place + 1]
        if key == "href" and space in {_XLINK, ""}:
            kept = _target(local, value.strip())
            if kept:
                yield ("xlink:href" if space else "href"), kept
        elif space == _XML and key in {"lang", "space"}:
            yield f"xml:{key}", value
        elif not space and key in _ATTRIBUTES:
            if key == "style":
                value = styles.declarations(value)
            if value and styles.harmless(value):
                yield key, value


def _target(local: str, value: str) -> str | None:
    """A link inside the drawing, or a picture that is part of it; None for any other."""
    if local not in _LINKED:
        return None
    if _LOCAL.fullmatch(value):
        return value
    return _embedded(value) if local == "image" else None


def _embedded(value: str) -> str | None:
    """A picture inside the drawing, without its metadata either."""
    head = _EMBEDDED.match(value)
    if head is None:
        return None
    try:
        data = pictures.clean(base64.b64decode("".join(value[head.end() :].split())))
    except (binascii.Error, ValueError, Broken):
        return None
    return head[0].lower() + base64.b64encode(data).decode()


def _refuse_entity(*_: object) -> None:
    raise Broken(
        "le dessin contient des abréviations (« entités ») ; enregistrez-le en « SVG simple »"
    )


class _Shown:
    """How many elements a drawing shows once its references are followed."""

    def __init__(self) -> None:
        self.path: list[str | None] = []  # ids of the open elements
        self.own: dict[str, int] = {}  # elements inside each id, itself included
        self.uses: dict[str, list[str]] = {}  # what each id shows; "": the whole drawing
        self.references = self.elements = 0
        self.starts: list[int] = []
        self.known: dict[str, int] = {}

    def enter(self, identifier: str | None) -> None:
        self.path.append(identifier)
        self.starts.append(self.elements)
        self.elements += 1

    def leave(self) -> None:
        identifier = self.path.pop()
        start = self.starts.pop()
        if identifier is not None:
            self.own[identifier] = self.own.get(identifier, 0) + self.elements - start

    def refer(self, key: str, value: str) -> None:
        """An attribute of the element that was entered last."""
        named = styles.targets(value)
        for target in (value[1:],) if key.endswith("href") else named:
            self.references += 1
            if self.references > _MOST_REFERENCES:
                raise Broken("le dessin a trop de renvois")
            for identifier in ("", *self.path):
                if identifier is not None:
                    self.uses.setdefault(identifier, []).append(target)

    def weigh(self) -> None:
        """Raises `Broken` for a drawing that would draw without end."""
        self.own[""] = self.elements
        self._weight("", 0)

    def _weight(self, identifier: str, steps: int) -> int:
        if steps > _MOST_STEPS:
            raise Broken("le dessin se contient lui-même")
        if identifier not in self.own:
            return 0
        known = self.known.get(identifier)
        if known is None:
            known = self.own[identifier]
            for target in self.uses.get(identifier, ()):
                known += self._weight(target, steps + 1)
            if known > _MOST_SHOWN:
                raise Broken("le dessin montre trop d’éléments")
            self.known[identifier] = known
        return known
