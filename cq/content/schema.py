"""Front matter against its kind's model: every fault at once, in French, at its place.

pydantic finds the faults; this module gives each its line and its words. It knows no kind.
"""

from pathlib import PurePosixPath
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from cq.content.tree import Block, Listing, Scalar, Tree, fold_key
from cq.diagnostic import Diagnostic, Edit, Outcome, Span, error, note, warning
from cq.french.folding import nearest

Model = TypeVar("Model", bound="FrontMatter")


class FrontMatter(BaseModel):
    """Base of every model of a file's keys. Field names are English, aliases the French keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=False)


def _keys(model: type[BaseModel]) -> dict[str, str]:
    """Folded key -> canonical key; `validation_alias` second names (`heure`) included."""
    keys: dict[str, str] = {}
    for name, field in model.model_fields.items():
        canonical = field.alias or name
        keys[fold_key(canonical)] = canonical
        for other in (field.json_schema_extra or {}).get("aussi", ()):  # type: ignore[union-attr]
            keys[fold_key(str(other))] = canonical
    return keys


def _nested(model: type[BaseModel], canonical: str) -> type[BaseModel] | None:
    """The model inside a field, if any: directly, in a tuple, or beside text."""
    for name, field in model.model_fields.items():
        if (field.alias or name) == canonical:
            return _model_in(field.annotation)
    return None


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _model_in(inner)
        if found is not None:
            return found
    return None


class _Reader:
    """Canonical keys and unknown ones, for one file."""

    def __init__(self, path: PurePosixPath) -> None:
        self.path = path
        self.found: list[Diagnostic] = []

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
        tidied = Block()
        tidied.line, tidied.column, tidied.places = block.line, block.column, {}
        for key, value in block.items():
            span = block.places[key]
            canonical = known.get(fold_key(key))
            if canonical is None:
                self.found.append(self._unknown(key, span, list(dict.fromkeys(known.values()))))
                continue
            if canonical in tidied:
                continue  # `duplicate-key` was said by the YAML door, or an alias repeats it
            if key != canonical:
                self._spelling(key, canonical, span)
            if isinstance(value, Scalar) and not value.strip() and not value.quoted:
                # `fin:` left empty is an absent key; a required one is then missing, and said.
                tidied.places[canonical] = span
                continue
            tidied[canonical] = self.tidy(value, _nested(model, canonical))
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

    def _spelling(self, key: str, canonical: str, span: Span) -> None:
        fixes: tuple[Edit, ...] = ()
        if span.width:
            fixes = (Edit(span.line, span.column, span.line, span.column + span.width, canonical),)
        self.found.append(
            note(
                "key-form",
                f"clé normalisée : « {key} » est lue « {canonical} »",
                span,
                f"écrivez : {canonical}:",
                fixes=fixes,
            )
        )


def read(tree: Tree, model: type[Model], path: PurePosixPath) -> Outcome[Model | None]:
    """The model's value, or None with errors. Notes come with a value too."""
    reader = _Reader(path)
    tidied = reader.tidy(tree, model)
    found = reader.found
    notes: list[Diagnostic] = []
    try:
        value = model.model_validate(tidied, context={"path": path, "found": notes})
    except ValidationError as failure:
        seen: set[tuple[object, ...]] = set()
        for detail in failure.errors(include_url=False):
            if _was_lost(detail, tree):
                continue
            finding = _finding(detail, tidied, model, path)
            mark = (finding.code, finding.span)
            if mark not in seen:  # a union tells one fault once a branch
                seen.add(mark)
                found.append(finding)
        return Outcome(None, (*found, *notes))
    return Outcome(value, (*found, *notes))


def _was_lost(detail: ErrorDetails, tree: Tree) -> bool:
    """Whether a key is only missing because its lines could not be read, which was said."""
    if detail["type"] != "missing" or len(detail["loc"]) != 1 or not isinstance(tree, Block):
        return False
    return fold_key(str(detail["loc"][0])) in tree.lost


def _finding(
    detail: ErrorDetails, tree: Tree, model: type[BaseModel], path: PurePosixPath
) -> Diagnostic:
    kind = detail["type"]
    context: dict[str, Any] = detail.get("ctx") or {}
    span, key = _locate(tree, detail["loc"], path)
    if kind == "missing":
        written = isinstance(span, Span) and span.width > 0
        example = _example(model, str(detail["loc"][-1])) if len(detail["loc"]) == 1 else None
        hint = f"ajoutez la ligne : {key}: {example}" if example else f"ajoutez la ligne : {key}: …"
        message = f"« {key} » est vide" if written else f"il manque la clé « {key} »"
        return error(
            "missing-value", message, span, "sans elle, la page n’est pas construite", hint
        )
    if kind in {"dict_type", "model_type", "model_attributes_type"}:
        return error(
            "wrong-shape",
            f"« {key} » attend plusieurs clés, chacune sur sa ligne",
            span,
            f"écrivez par exemple :\n{key}:\n  nom: …",
        )
    if kind in {"list_type", "tuple_type"}:
        return error(
            "wrong-shape",
            f"« {key} » attend une liste",
            span,
            f"écrivez par exemple :\n{key}:\n  - …",
        )
    if "message" in context:
        return Diagnostic(
            kind,
            f"{key} : {context['message']}" if key else context["message"],
            span,
            hints=tuple(context.get("hints", ())),
        )
    return error("wrong-shape", f"« {key} » n’a pas la forme attendue", span)


def _example(model: type[BaseModel], key: str) -> str | None:
    for name, field in model.model_fields.items():
        if (field.alias or name) == key and field.examples:
            return str(field.examples[0])
    return None


def _locate(tree: Tree, loc: tuple[int | str, ...], path: PurePosixPath) -> tuple[Span, str]:
    """The narrowest place that `loc` reaches, and the last key on the way.

    pydantic adds names of union branches to `loc`: steps that lead nowhere are passed over.
    """
    span = Span(path, getattr(tree, "line", 1), getattr(tree, "column", 1))
    key = ""
    for step in loc:
        if isinstance(tree, Block) and isinstance(step, str):
            if step in tree.places:
                span, key = tree.places[step], step
            elif step in _all_keys_like(step):
                key = step
            if step in tree:
                tree = tree[step]
        elif isinstance(tree, Listing) and isinstance(step, int) and step < len(tree):
            tree = tree[step]
            span = Span(path, tree.line, tree.column, getattr(tree, "width", 0))
    if isinstance(tree, Scalar):
        span = Span(path, tree.line, tree.column, tree.width)
    return span, key


def _all_keys_like(step: str) -> frozenset[str]:
    # Names of union branches are Python's (`PlaceFields`, `function-before[…]`): no French key
    # has a capital or a bracket.
    return frozenset((step,)) if step.islower() and "[" not in step else frozenset()
