"""The reference of the content, made from the models: a page for people, JSON Schema for editors.

docs/formats/content.md is this module's own words: a key that is added to a kind is documented by
being there. Nothing here is needed to read or to build a site.
"""

from collections.abc import Iterator

from cq.content import layout
from cq.content.kind import Kind, PageFields
from cq.content.kinds import KINDS
from cq.content.schema import FrontMatter, Key, json_schema, keys
from cq.french.folding import slug

_HEAD = """\
# Les contenus : dossiers, adresses, clés

<!-- Écrite par `make docs` à partir de cq/content/kinds/ : ne la corrigez pas ici. -->

Tout ce que le site montre est un fichier de `content/`. Le dossier dit ce qu’est le fichier, son
chemin devient son adresse, et son en-tête donne quelques clés, entre deux lignes `---` :

```text
---
titre: Trois bancs pour la rue Bichat
date: 2026-02-12
---

Le texte de la page, en Markdown.
```

- **Adresse** : le chemin sous `content/`, sans `.md` ; `pages/contact.md` devient `contact/`. Une
  page avec des images peut être un dossier : `titre/index.md`, et les images à côté.
- **Quartiers et groupes** ont chacun un dossier, `quartiers/…/` ou `groupes/…/`, qui contient les
  mêmes dossiers que `content/` : `agenda/`, `actualites/`, `documents/`, `pages/`, `wiki/`. Leur
  accueil est une page, `index.md`.
- **Privé** : `content/prive/`, `content/quartiers/…/prive/` et `content/groupes/…/prive/`, avec les
  mêmes dossiers. Rien n’en paraît sur le site public.
- **Clés** : en minuscules, sans accent, avec `_`. Accents, majuscules et espaces sont compris et
  signalés. Une clé inconnue est signalée avec la plus proche ; une clé sans valeur est absente.
- **Dates** : `2026-03-10`. **Heures** : `19:30`. **Oui ou non** : `oui`, `non`.
- **Listes** : `[un, deux]`, ou une ligne `- …` par valeur. Une seule valeur vaut une liste.

Dans les tableaux, `lieu.nom` est la clé `nom` écrite sous `lieu`, en retrait ; elle est obligatoire
quand `lieu` est là.

`cq validate` vérifie tout cela, et [diagnostics.md](../diagnostics.md) explique chaque message. Un
éditeur qui connaît JSON Schema peut aider à écrire : `cq schema evenement`.
"""
_COMMON = """
## Clés communes

Toutes les pages en Markdown (page, actualité, événement, document, page de wiki) les acceptent ;
aucune n’est obligatoire.
"""
_FILES = """
## Fichiers joints

À côté de la page, ou dans un dossier à côté, avec un lien relatif : `[le plan](plan.pdf)`.

| types | ce qui est publié |
|---|---|
{rows}

Tout autre fichier de `content/` est signalé et n’est pas publié ; un nom qui commence par un point
est ignoré. cq ne retire rien des PDF ni des fichiers de bureautique : le nom de leur auteur y
reste, dans les propriétés du document, si vous ne l’enlevez pas avant de les joindre.
"""
_PICTURES = frozenset((".jpg", ".jpeg", ".png", ".webp"))
_TREATED = (
    (
        _PICTURES,
        (
            "sans lieu, date, appareil ni nom (EXIF, GPS, XMP, IPTC, commentaires), et droite ; "
            "pixels et profil de couleurs inchangés"
        ),
    ),
    (
        frozenset((".svg",)),
        "ce qui dessine seulement : sans programme, lien extérieur, police ni nom d’auteur",
    ),
    (layout.ATTACHMENTS - _PICTURES - {".svg"}, "tel quel, octet pour octet"),
)


def markdown() -> str:
    """docs/formats/content.md."""
    parts = [_HEAD, _COMMON, *_table(PageFields)]
    for kind in KINDS:
        parts += _section(kind)
    rows = "\n".join(
        f"| {' '.join(f'`{one}`' for one in sorted(suffixes))} | {what} |"
        for suffixes, what in _TREATED
    )
    return "".join((*parts, _FILES.format(rows=rows)))


def json_schemas() -> dict[str, dict[str, object]]:
    """One JSON Schema for each kind, by its French name."""
    return {name_of(kind.label): _schema(kind) for kind in KINDS}


def listed() -> Iterator[tuple[str, str]]:
    """Each kind's name, and where its files lie."""
    for kind in KINDS:
        yield name_of(kind.label), _where(kind)


def name_of(words: str) -> str:
    """« Événement », `evenement` and `agenda` name the same kind."""
    wanted = slug(words)
    for kind in KINDS:
        if wanted in {slug(kind.label), slug(kind.plural), kind.folder, kind.name}:
            return "wiki" if kind.nested else slug(kind.label)
    return wanted


def _schema(kind: Kind) -> dict[str, object]:
    schema = json_schema(kind.model)
    if kind.is_list:
        definitions = schema.pop("$defs", {})
        schema = {"$defs": definitions, "type": "array", "items": schema}
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": kind.label}
    return {**head, **schema}


def _where(kind: Kind) -> str:
    folder = "" if kind.file and not kind.folder else f"{kind.folder}/"
    if kind.private:
        return f"content/prive/{kind.file}"
    if kind.file:
        return f"content/{folder}{'<nom>/' if folder else ''}{kind.file}"
    stem = "AAAA-MM-JJ-<titre>" if kind.dated else "<titre>"
    name = f"{stem}/index.md" if kind.inside else f"{stem}{kind.suffix}"
    inside = "…/" if kind.nested else f"<{kind.folder}>/{kind.below}/" if kind.below else ""
    return f"content/{folder}{inside}{name}"


def _section(kind: Kind) -> Iterator[str]:
    path, text = kind.example
    yield f"\n## {kind.label[:1].upper()}{kind.label[1:]}\n\n"
    yield f"Fichier : `{_where(kind)}`"
    if kind.folder and kind.file is None:
        yield f", aussi dans un quartier ou un groupe : `content/quartiers/<nom>/{kind.folder}/`"
    yield ".\n\n"
    yield f"Exemple, `content/{path}` :\n\n"
    language = "yaml" if kind.file or kind.suffix == ".yml" else "text"
    yield f"```{language}\n{text}```\n"
    if issubclass(kind.model, PageFields):
        own = [*_table(kind.model, frozenset(key.name for key in keys(PageFields)))]
        if own:
            yield from own
        yield f"\n{'Et' if own else 'Elle a'} les [clés communes](#clés-communes).\n"
    else:
        yield from _table(kind.model)


def _table(model: type[FrontMatter], without: frozenset[str] = frozenset()) -> Iterator[str]:
    rows = list(_rows(model, without, ""))
    if rows:
        yield "\n| clé | obligatoire | sens | exemple |\n|---|---|---|---|\n"
        yield from rows


def _rows(model: type[FrontMatter], without: frozenset[str], prefix: str) -> Iterator[str]:
    for key in keys(model):
        if key.name in without:
            continue
        name = f"{prefix}{key.name}"
        example = f"`{key.example}`" if key.example else ""
        yield f"| `{name}` | {'oui' if key.required else ''} | {_meaning(key)} | {example} |\n"
        if key.model is not None:
            yield from _rows(key.model, frozenset(), f"{name}.")


def _meaning(key: Key) -> str:
    """The description, the words that are allowed, what is meant by its absence."""
    words = [key.meaning]
    if not all(one in key.meaning for one in key.choices) and key.choices != ("oui", "non"):
        words.append(f"Au choix : {', '.join(key.choices)}.")
    if key.default:
        words.append(f"À défaut : `{key.default}`.")
    words += (f"`{other}` est accepté." for other in key.others)
    return " ".join(words).replace("|", "\\|")
