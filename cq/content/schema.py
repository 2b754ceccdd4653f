"""Front matter against its kind's model: every fault at once, in French, at its place.

pydantic finds the faults; this module gives each its line and its words. It knows no kind.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, Literal, NamedTuple, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from cq.content.faults import finding, nested, with_keys
from cq.content.tree import Block, Listing, Scalar, Tree, fold_key
from cq.diagnostic import Diagnostic, Edit, Label, Outcome, Severity, Span, error, note, warning
from cq.french.folding import nearest

Model = TypeVar("Model", bound="FrontMatter")

# A line where no other key stands: what is wrong there is the value's own.
_ELSEWHERE = 7
_BOUNDS = {"ge": "minimum", "le": "maximum"}


class FrontMatter(BaseModel):
    """Base of every model of a file's keys. Field names are English, aliases the French keys."""

    # Built at a kind's first use: an edit needs one of them.
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=False, defer_build=True)


def _keys(model: type[BaseModel]) -> dict[str, str]:
    """Folded key -> canonical key; `validation_alias` second names (`heure`) included."""
    keys: dict[str, str] = {}
    for name, field in model.model_fields.items():
        canonical = field.alias or name
        keys[fold_key(canonical)] = canonical
        for other in (field.json_schema_extra or {}).get("aussi", ()):  # type: ignore[union-attr]
            keys[fold_key(str(other))] = canonical
    return keys


class _Reader:
    """Canonical keys and unknown ones, for one file."""

    def __init__(self, path: PurePosixPath) -> None:
        self.path = path
        self.found: list[Diagnostic] = []
        self.other: list[tuple[str, str, Span]] = []  # keys not written as they should be

    def tidy(self, tree: Tree, model: type[BaseModel] | None) -> Tree:
        if model is None:
            return tree
        if isinstance(tree, Listing):
            tidied = Listing(self.tidy(one, model) for one in tree)
            tidied.line, tidied.column = tree.line, tree.column
            return tidied
        if isinstance(tree, Block):
            return self._tidy_block(tree, model)
        return tree

    def _tidy_block(self, block: Block, model: type[BaseModel]) -> Block:
        known = _keys(model)
        written: dict[str, str] = {}
        there = {known.get(fold_key(key)) for key in block}
        tidied = Block()
        tidied.line, tidied.column, tidied.places = block.line, block.column, {}
        for key, value in block.items():
            span = block.places[key]
            canonical = known.get(fold_key(key))
            if canonical is None:
                # A key that is there already would only be written twice.
                free = [one for one in dict.fromkeys(known.values()) if one not in there]
                self.found.append(self._unknown(key, span, free))
                continue
            if canonical in tidied.places:
                # A key twice was said by the YAML door; `heure:` beside `debut:` was not.
                self.found.append(_twice(key, span, written[canonical], tidied.places[canonical]))
                continue
            written[canonical] = key
            if key != canonical:
                self.other.append((key, canonical, span))
            if isinstance(value, Scalar) and not value.strip() and not value.quoted:
                # `fin:` left empty is an absent key; a required one is then missing, and said.
                tidied.places[canonical] = span
                continue
            tidied[canonical] = self.tidy(value, nested(model, canonical))
            tidied.places[canonical] = span
        return tidied

    def _unknown(self, key: str, span: Span, known: list[str]) -> Diagnostic:
        near = nearest(key, known)
        meant = (
            f"vouliez-vous dire « {near[0]} » ?" if near else f"clés prévues : {', '.join(known)}"
        )
        return warning(
            "unknown-key",
            f"la clé « {key} » n’est pas prévue ici",
            span,
            "sa valeur n’apparaîtra nulle part",
            meant,
        )

    def spellings(self) -> Iterator[Diagnostic]:
        """One note for all the keys of a file that are read, but written otherwise."""
        if not self.other:
            return
        read_as = [f"« {key} » est lue « {canonical} »" for key, canonical, _ in self.other]
        message, hints = f"la clé {read_as[0]}", []
        if len(read_as) > 1:
            message = f"{len(read_as)} clés sont comprises, mais s’écrivent autrement"
            hints = [", ".join(read_as)]
        yield note(
            "key-form",
            message,
            self.other[0][2],
            *hints,
            f"écrivez : {', '.join(f'{canonical}:' for _, canonical, _ in self.other)}",
            fixes=tuple(
                Edit(span.line, span.column, span.line, span.column + span.width, canonical)
                for _, canonical, span in self.other
                if span.width
            ),
        )


def json_schema(model: type[BaseModel]) -> dict[str, object]:
    """What an editor needs to know of a model: French keys, their forms, their words."""
    schema: dict[str, object] = _untitled(model.model_json_schema(by_alias=True))
    definitions = schema.get("$defs")
    for one in (schema, *(definitions.values() if isinstance(definitions, dict) else ())):
        one.pop("description", None)  # a docstring, for developers
    return schema


def _untitled(schema: Any) -> Any:  # noqa: ANN401 - any JSON
    """Without pydantic's titles, which are the English names; « oui » for true; bounds by their
    own names, which pydantic forgets beside null.
    """
    if isinstance(schema, list):
        return [_untitled(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {
        _BOUNDS.get(key, key): _untitled(value)
        for key, value in schema.items()
        if not (key == "title" and isinstance(value, str))
    }
    if isinstance(plain.get("default"), bool):
        plain["default"] = "oui" if plain["default"] else "non"
    return plain


class Key(NamedTuple):
    """What the documentation says of one key."""

    name: str
    required: bool
    meaning: str
    example: str
    choices: tuple[str, ...]  # of a closed list
    default: str
    others: tuple[str, ...]  # other names that are accepted
    model: type[FrontMatter] | None  # of the keys below it
    several: bool  # a list


def keys(model: type[BaseModel]) -> Iterator[Key]:
    """The keys of a model, in its order."""
    for name, field in model.model_fields.items():
        default = field.default
        shown = isinstance(default, str | int) and not isinstance(default, bool)
        extra = field.json_schema_extra
        inner = nested(model, field.alias or name)
        others = extra.get("aussi", []) if isinstance(extra, dict) else []
        yield Key(
            field.alias or name,
            field.is_required(),
            field.description or "",
            str(field.examples[0]) if field.examples else "",
            _choices(field),
            str(default) if shown else "",
            tuple(map(str, others)) if isinstance(others, list) else (),
            inner if inner is not None and issubclass(inner, FrontMatter) else None,
            get_origin(field.annotation) is tuple,
        )


def fault(model: type[FrontMatter], key: str, text: str) -> str | None:
    """Why `text` cannot be the value of `key`, in words; None where it can."""
    for one in _said(model, key, text):
        if one.severity is Severity.ERROR:
            return one.message
    return None


def canonical(model: type[FrontMatter], key: str, text: str) -> str:
    """`text` as it is best written for `key`: « 19h30 » is 19:30."""
    return next((one.fixes[0].text for one in _said(model, key, text) if one.fixes), text)


def _said(model: type[FrontMatter], key: str, text: str) -> list[Diagnostic]:
    """What is found in the value `text` of `key`, whatever keys are missing beside it."""
    here, block = PurePosixPath(), Block()
    block[key] = Scalar(text, _ELSEWHERE, 1, len(text), quoted=True)
    block.places = {key: Span(here, _ELSEWHERE)}
    return [one for one in read(block, model, here).found if one.span.line == _ELSEWHERE]


def _choices(field: FieldInfo) -> tuple[str, ...]:
    """The words of a closed list, also beside None; () where anything may stand."""
    beside = (one for inner in get_args(field.annotation) for one in _metadata(inner))
    for one in (*field.metadata, *beside):
        allowed = getattr(one, "json_schema_input_type", None)
        if get_origin(allowed) is Literal:
            return get_args(allowed)
    return ()


def _metadata(annotation: object) -> tuple[object, ...]:
    return getattr(annotation, "__metadata__", ())


def _twice(key: str, span: Span, before: str, first: Span) -> Diagnostic:
    return error(
        "duplicate-key",
        f"« {before} » et « {key} » sont la même clé, écrite deux fois",
        span,
        f"une seule des deux valeurs serait gardée (première fois ligne {first.line})",
        "gardez une seule de ces lignes",
        labels=(Label(first, "première fois ici"),),
    )


def read(tree: Tree, model: type[Model], path: PurePosixPath) -> Outcome[Model | None]:
    """The model's value, or None with errors. Notes come with a value too."""
    reader = _Reader(path)
    tidied = reader.tidy(tree, model)
    found = [*reader.spellings(), *reader.found]
    notes: list[Diagnostic] = []
    try:
        value = model.model_validate(tidied, context={"path": path, "found": notes})
    except ValidationError as failure:
        for detail in failure.errors(include_url=False):
            if _was_lost(detail, tree):
                continue
            found.append(finding(detail, tidied, model, path))
        return Outcome(None, (*found, *with_keys(notes, tidied)))
    return Outcome(value, (*found, *with_keys(notes, tidied)))


def _was_lost(detail: ErrorDetails, tree: Tree) -> bool:
    """Whether a key is only missing because its lines could not be read, which was said."""
    if detail["type"] != "missing" or len(detail["loc"]) != 1 or not isinstance(tree, Block):
        return False
    return fold_key(str(detail["loc"][0])) in tree.lost
