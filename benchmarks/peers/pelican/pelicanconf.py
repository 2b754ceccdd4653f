"""Pelican's settings for the bench: the same pages and lists as the others, no extras, no cache."""

import json
import sys
from pathlib import Path

from jinja2 import FileSystemBytecodeCache

_HERE = Path(__file__).parent
sys.path.insert(0, str(_HERE))

import conseils  # noqa: E402 - the site's own plugin stands beside its settings

SITENAME = "Conseils de quartier du 10e"
SITEURL = "https://conseils.example.org"
EDITEUR = "Conseils de quartier du banc d’essai"
ADRESSE = "72, rue du Faubourg-Saint-Martin, 75010 Paris"
CONTACT = "contact@conseils.example.org"
ARRONDISSEMENT = "10e arrondissement de Paris"
LICENCE = "Licence Ouverte 2.0"
LIEUX = json.loads((_HERE / "lieux.json").read_text(encoding="utf-8"))
JEUX = json.loads((_HERE / "jeux.json").read_text(encoding="utf-8"))
PLUGINS = [conseils]
JINJA_FILTERS = conseils.FILTERS
# Its templates stay compiled between builds, as cq's do; the rest is what Pelican sets by itself.
_COMPILED = _HERE / ".gabarits"
_COMPILED.mkdir(exist_ok=True)
JINJA_ENVIRONMENT = {
    "trim_blocks": True,
    "lstrip_blocks": True,
    "bytecode_cache": FileSystemBytecodeCache(str(_COMPILED)),
}
# What the templates' macros need: so they are compiled and loaded once, not with each page.
JINJA_GLOBALS = {
    **conseils.GLOBALS,
    "LIEUX": LIEUX,
    "SITENAME": SITENAME,
    "SITEURL": SITEURL,
    "EDITEUR": EDITEUR,
    "ADRESSE": ADRESSE,
}
AUJOURDHUI = "2026-11-21"  # the bench says its own on the command line
TIMEZONE = "Europe/Paris"
DEFAULT_LANG = "fr"
PATH = "content"
THEME = "theme"
OUTPUT_PATH = "output"

# Items: the folder structure is the address, written in each file as its slug.
ARTICLE_PATHS = ["actualites", "agenda", "wiki", "quartiers", "groupes"]
ARTICLE_URL = "{slug}/"
ARTICLE_SAVE_AS = "{slug}/index.html"
PAGE_PATHS = ["pages"]
PAGE_URL = "{slug}/"
PAGE_SAVE_AS = "{slug}/index.html"
STATIC_PATHS: list[str] = []

# Lists. A quartier or a groupe is an author, so that it has its feed; the lists by kind, place and
# time are a category and tags. Pelican's own archives by year and month compare every article with
# every list, which would be unfair to it at 10,000 pages.
DIRECT_TEMPLATES = [
    "index", "actualites", "agenda", "quartiers", "groupes", "plan", "donnees", "404",
    "sitemap", "robots",
]  # fmt: skip
ACTUALITES_URL, ACTUALITES_SAVE_AS = "actualites/", "actualites/index.html"
AGENDA_URL, AGENDA_SAVE_AS = "agenda/", "agenda/index.html"
DONNEES_URL, DONNEES_SAVE_AS = "donnees/", "donnees/index.html"
ROBOTS_SAVE_AS = "robots.txt"
QUARTIERS_URL, QUARTIERS_SAVE_AS = "quartiers/", "quartiers/index.html"
GROUPES_URL, GROUPES_SAVE_AS = "groupes/", "groupes/index.html"
PLAN_URL, PLAN_SAVE_AS = "plan-du-site/", "plan-du-site/index.html"
SITEMAP_SAVE_AS = "sitemap.xml"
INDEX_URL = ""
CATEGORY_URL = TAG_URL = AUTHOR_URL = "{slug}/"
CATEGORY_SAVE_AS = TAG_SAVE_AS = AUTHOR_SAVE_AS = "{slug}/index.html"
CATEGORY_REGEX_SUBSTITUTIONS: list[tuple[str, str]] = []
TAG_REGEX_SUBSTITUTIONS: list[tuple[str, str]] = []
AUTHOR_REGEX_SUBSTITUTIONS: list[tuple[str, str]] = []
DEFAULT_PAGINATION = False

FEED_ALL_ATOM = "actualites.atom"
AUTHOR_FEED_ATOM = "{slug}/actualites.atom"
TAG_FEED_ATOM = None
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_RSS = None
FEED_MAX_ITEMS = 20

# Markdown as the others have it: no highlighting; the summary is plain text.
MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.fenced_code": {},
        "markdown.extensions.footnotes": {},
        "markdown.extensions.sane_lists": {},
        "markdown.extensions.tables": {},
        "markdown.extensions.toc": {},
    },
    "output_format": "html5",
}
FORMATTED_FIELDS: list[str] = []
TYPOGRIFY = False
CACHE_CONTENT = False
LOAD_CONTENT_CACHE = False
DELETE_OUTPUT_DIRECTORY = False
