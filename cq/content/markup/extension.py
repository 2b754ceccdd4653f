"""The Python-Markdown extension: our block parser, inline pass and serialiser in its pipeline.

Registers, for a fresh page each time; decides nothing about Markdown itself (`blocks`, `inline`)
nor about safety (`clean`).
"""

import re
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor, ParagraphProcessor
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import Registry

from cq.content.markup import advice, clean, targets
from cq.content.markup.allowed import HEADINGS
from cq.content.markup.blocks import RAW, TIGHT, GfmParser
from cq.content.markup.inline import Inline, attribute, escape
from cq.content.markup.page import Mark, Page
from cq.content.markup.places import Source
from cq.diagnostic import warning

_ABBREVIATION = re.compile(r"^\*\[([^\]\n]{1,40})\]:[ ]*(\S.*?)[ ]*$", re.MULTILINE)
_VOID = frozenset({"hr", "br"})
_BARE = frozenset({RAW, TIGHT})
_TASKS = {" ": "À faire", "x": "Fait", "X": "Fait"}


class Html(str):
    """Text that is HTML already: the serialiser writes it as it stands."""

    __slots__ = ()


class _Definitions(BlockProcessor):
    """`[label]: target "title"` at the head of a paragraph, `*[CQ]: conseil de quartier` in it."""

    parser: GfmParser

    def test(self, parent: Element, block: str) -> bool:
        del parent
        return block.startswith("[") or "*[" in block

    def run(self, parent: Element, blocks: list[str]) -> bool:
        del parent
        page, text = self.parser.page, blocks.pop(0)
        at = 0
        while text.startswith("[", at) and (found := targets.definition(text, at)):
            page.references.setdefault(found.label, (found.target, found.title))
            at = found.end
        text = text[at:]
        if "*[" in text:
            for name, words in _ABBREVIATION.findall(text):
                page.abbreviations.setdefault(name.strip(), words)
            text = _ABBREVIATION.sub("", text)
        if text := text.strip("\n"):
            blocks.insert(0, text)
            return at > 0 and not text.startswith("[") and "*[" not in text
        return True


class _InlinePass(Treeprocessor):
    """Every text of the tree becomes HTML, in document order; then the footnotes, as called."""

    page: Page

    def run(self, root: Element) -> None:
        self._inline = Inline(self.page)
        self._walk(root)
        self._notes(root)

    def _walk(self, element: Element) -> None:
        text = element.text
        tag = element.tag
        if isinstance(text, Source):
            if tag == RAW:
                element.text = Html(clean.block(text, self.page))
            else:
                if tag in HEADINGS:
                    mark = Mark("heading", self.page.places.line(text.line))
                    element.set("data-cq", self.page.mark(mark))
                elif tag == "p":
                    advice.list_signs(text, self.page)
                element.text = Html(self._inline.render(text))
        for child in element:
            self._walk(child)
        if "task" in element.attrib:
            task = element.attrib.pop("task")
            checked = "" if task == " " else ' checked=""'
            element.text = Html(
                f'<input type="checkbox" disabled=""{checked} data-cq="task" '
                f'aria-label="{_TASKS[task]}"> {element.text}'
            )

    def _notes(self, root: Element) -> None:
        """The section of footnotes. A note may call another: the list grows while it is read."""
        page = self.page
        if not page.notes:
            return
        items: list[Element] = []
        for note in page.called:
            note.content.set("id", f"note_{note.number}")
            note.content.set("data-cq", "note")
            self._walk(note.content)
            items.append(note.content)
        for note in page.notes.values():
            if not note.number:
                page.say(
                    warning(
                        "unused-note",
                        "aucun passage du texte n’appelle cette note",
                        page.places.line(note.line),
                        "elle ne paraît pas sur la page",
                        "écrivez à l’endroit voulu : texte[^1], avec le nom de la note",
                    )
                )
        if not items:
            return
        section = Element(
            "section", {"class": "notes", "role": "doc-endnotes", "aria-label": "Notes"}
        )
        made = Element("ol")
        section.append(made)
        for note in page.called:
            back = "".join(_back(note.number, call) for call in range(1, note.calls + 1))
            last = note.content[-1] if len(note.content) else None
            if last is not None and last.tag == "p":
                last.text = Html(f"{last.text}{back}")
            else:
                paragraph = Element("p")
                paragraph.text = Html(back.strip())
                note.content.append(paragraph)
            made.append(note.content)
        root.append(section)


def _back(number: int, call: int) -> str:
    """The way back from a note to the text, with words that a screen reader can say."""
    here = f"{number}-{call}" if call > 1 else str(number)
    words = f"Retour au texte, note {number}" + (f", appel {call}" if call > 1 else "")
    return (
        f' <a class="retour-note" data-cq="note" href="#appel_{here}" aria-label="{words}" '
        f'title="{words}">↩</a>'
    )


def _serialize(root: Element) -> str:
    made: list[str] = []
    _write(root, made)
    return "".join(made)


def _write(element: Element, made: list[str]) -> None:
    tag, text = element.tag, element.text
    if tag in _BARE:
        made.append(f"{text}\n")
        return
    attributes = "".join([f' {name}="{attribute(value)}"' for name, value in element.items()])
    if tag in _VOID:
        made.append(f"<{tag}{attributes}>\n")
        return
    made.append(f"<{tag}{attributes}>")
    if text:
        made.append(text if isinstance(text, Html) else escape(text))
    for child in element:
        _write(child, made)
    made.append(f"</{tag}>" if tag == "code" else f"</{tag}>\n")


class Gfm(Extension):
    """Everything that makes Python-Markdown read a page as a forge does."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Python-Markdown's signature
        super().__init__(**kwargs)
        self._pass: _InlinePass

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        parser = GfmParser(md)
        parser.blockprocessors.register(_Definitions(parser), "definitions", 20)
        parser.blockprocessors.register(ParagraphProcessor(parser), "paragraph", 10)
        md.parser = parser
        md.preprocessors = Registry()
        md.postprocessors = Registry()
        md.treeprocessors = Registry()
        self._parser, self._pass = parser, _InlinePass(md)
        md.treeprocessors.register(self._pass, "inline", 20)

    def begin(self, page: Page) -> None:
        """Say for which page the next conversion is."""
        self._parser.page = page
        self._pass.page = page


def engine() -> tuple[Markdown, Gfm]:
    """A Python-Markdown instance that reads as forges do, and its extension."""
    ours = Gfm()
    made = Markdown(extensions=[ours])
    made.serializer = _serialize  # its constructor sets one of its own, after the extensions
    return made, ours
