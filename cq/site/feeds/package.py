"""`donnees/datasets.json`: the catalogue of the data sets, as a Frictionless Data Package.

Rather than DCAT: its paths may be relative, so that it holds on a site without an address and in a
copy on a disk, and one program checks every file against its schema (`frictionless validate
datasets.json`). Search engines get schema.org's Dataset on the page of the data.
"""

import json
from typing import NamedTuple


class Resource(NamedTuple):
    """One file of data; `path` and `schema` count from the catalogue."""

    name: str
    title: str
    description: str
    path: str
    schema: str
    size: int
    rows: int


class PackageView(NamedTuple):
    """What stands above the files. Texts "" are not known."""

    name: str
    title: str
    version: str
    homepage: str
    publisher: str
    licence: str
    licence_path: str
    licence_name: str  # SPDX or Open Definition; "" for one that neither knows
    resources: tuple[Resource, ...]


def render(view: PackageView) -> str:
    licence = {"path": view.licence_path, "title": view.licence}
    if view.licence_name:
        licence = {"name": view.licence_name, **licence}
    package: dict[str, object] = {
        "profile": "data-package",
        "name": view.name,
        "title": view.title,
        "version": view.version,
    }
    if view.homepage:
        package["homepage"] = view.homepage
    if view.publisher:
        package["contributors"] = [{"title": view.publisher, "role": "publisher"}]
    package["licenses"] = [licence]
    package["resources"] = [_resource(one) for one in view.resources]
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _resource(one: Resource) -> dict[str, object]:
    as_json = one.path.endswith(".json")
    resource: dict[str, object] = {
        "profile": "tabular-data-resource",
        "name": one.name,
        "title": one.title,
        "description": one.description,
        "path": one.path,
        "format": "json" if as_json else "csv",
        "mediatype": "application/json" if as_json else "text/csv",
        "encoding": "utf-8",
        "schema": one.schema,
        "lignes": one.rows,
    }
    if as_json:
        # No `bytes`: the format's own program cannot count those of JSON, and calls it a fault.
        resource["dialect"] = {"json": {"property": "lignes", "keyed": True}}
    else:
        resource["bytes"] = one.size
    return resource
