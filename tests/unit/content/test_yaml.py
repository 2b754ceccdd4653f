"""Every row of what people type in a header: value, place, code, outcome."""

import pickle  # noqa: TID251 — the tree crosses to other processes
import time
from pathlib import PurePosixPath

import pytest
import yaml as pyyaml

from cq.content import yaml
from cq.content.tree import Block, Listing, Scalar, Tree, fold_key, plain
from cq.content.yaml import read
from cq.diagnostic import Diagnostic, Severity, has_errors
from cq.repair import repaired

PATH = PurePosixPath("content/agenda/2026-03-10-pleniere.md")
LOADERS = [pyyaml.SafeLoader, getattr(pyyaml, "CSafeLoader", pyyaml.SafeLoader)]


@pytest.fixture(autouse=True, params=LOADERS, ids=["python", "c"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both parsers say the same."""
    monkeypatch.setattr(yaml, "_LOADER", request.param)


def tree(header: str) -> tuple[object, tuple[Diagnostic, ...]]:
    made = read(header, PATH)
    return None if made.value is None else plain(made.value), made.found


def block(header: str) -> Block:
    made = read(header, PATH).value
    assert isinstance(made, Block)
    return made


def scalar(made: Tree, *steps: str | int) -> Scalar:
    for step in steps:
        made = made[step]  # type: ignore[index,call-overload]
    assert isinstance(made, Scalar)
    return made


def only(header: str) -> Diagnostic:
    found = read(header, PATH).found
    assert len(found) == 1, found
    return found[0]


def place(one: Diagnostic) -> tuple[int, int, int]:
    return one.span.line, one.span.column, one.span.width


def fixed(header: str) -> str:
    return repaired(header, [edit for one in read(header, PATH).found for edit in one.fixes])


# -- read without a word ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        "19:30", "08:30", "19h30", "19 h 30", "2026-01-05", "2026-15-01", "05/01/2026", "1er mars",
        "0153721020", "01.53.72.10.20", "+33 1 53 72 10 20", "01000", "NO", "on", "1.10", "012",
        "0x1F", "1e3", "yes", "True", ".inf", "=", "<<", "Canal :\xa0que faire ?", "R&D", "l'eau",
        "« Canal »", "canal#12", "C'est l'été", "a*b", "x@y.fr", "https://x.fr/#haut", "-canal",
        "?x", "10 %", "un, deux", "a [b]", "19:30-21:00", "mairie10", ":-)", "“Canal”", "L’Haÿ",
    ],
)  # fmt: skip
def test_text_as_written(value: str) -> None:
    assert tree(f"cle: {value}") == ({"cle": value}, ())


@pytest.mark.parametrize(
    ("header", "made"),
    [
        ("", {}),
        ("\n\n# une remarque\n", {}),
        ("---\na: b\n...\n", {"a": "b"}),
        ("date:\nfin: ~\nlieu: null\n", {"date": "", "fin": "", "lieu": ""}),
        ("date: ''\nfin: '~'\n", {"date": "", "fin": "~"}),
        ('date: "2026-01-05"', {"date": "2026-01-05"}),
        ("t: 'l''eau'\nu: \"a\\tb \\\"c\\\"\"", {"t": "l'eau", "u": 'a\tb "c"'}),
        ("m: [canal, l'eau, 19:30]", {"m": ["canal", "l'eau", "19:30"]}),
        ("m: [a,\n  b]\nn: []", {"m": ["a", "b"], "n": []}),
        ("m:\n- a\n- b\nn:\n  - c", {"m": ["a", "b"], "n": ["c"]}),
        ("l: {nom: Mairie, acces: métro}", {"l": {"nom": "Mairie", "acces": "métro"}}),
        ("l:\n  nom: x\n  adresse:\n    rue: y", {"l": {"nom": "x", "adresse": {"rue": "y"}}}),
        ("e:\n  - date: x\n    titre: y\n  - date: z",
         {"e": [{"date": "x", "titre": "y"}, {"date": "z"}]}),
        ("r: une\n  suite\n\n  fin", {"r": "une suite\nfin"}),
        ("r: |\n  a : b #c\n  *d\n\ns: >-\n  e\n  f", {"r": "a : b #c\n*d\n", "s": "e f"}),
        ("r: 'un # deux\n  trois : quatre'", {"r": "un # deux trois : quatre"}),
        ("d: 2026-01-05 # reportée\nh: 19h30 # salle 2\n  # seule",
         {"d": "2026-01-05", "h": "19h30"}),
        ("d: 1er mars 2026 # a\nh: 19 h 30 # b\nj: 19:30 # c\nk: 05/01/2026 # d",
         {"d": "1er mars 2026", "h": "19 h 30", "j": "19:30", "k": "05/01/2026"}),
        ("e: # les étapes\n  - a", {"e": ["a"]}),
        ("t: 'x' # remarque\nm: [a] # remarque", {"t": "x", "m": ["a"]}),
        ("a:\n  mailto:x@y.fr", {"a": "mailto:x@y.fr"}),
        ("- a\n- b", ["a", "b"]),
        ("- id: a\n  nom: b\n- id: c", [{"id": "a", "nom": "b"}, {"id": "c"}]),
        ("{a: b}", {"a": "b"}),
        ("'a b': c\n\"d\": e", {"a b": "c", "d": "e"}),
        ("Résumé: a\nmots clés: b", {"Résumé": "a", "mots clés": "b"}),
        ("a: b\xa0\nc: \xa0d", {"a": "b", "c": "d"}),
    ],
)  # fmt: skip
def test_structure(header: str, made: object) -> None:
    value, found = tree(header)
    assert value == made
    assert [one.code for one in found] == (["space-after-colon"] if ": \xa0" in header else [])


def test_places_count_in_the_file() -> None:
    made = read("titre: « Canal »\nlieu:\n  nom: 'x y'\nm: [a, bc]\nfin:\n", PATH, 2).value
    assert isinstance(made, Block)
    lieu = made["lieu"]
    assert isinstance(lieu, Block)
    shown = [
        (one.line, one.column, one.width, one.quoted)
        for one in (
            scalar(made, "titre"), scalar(lieu, "nom"), scalar(made, "m", 1), scalar(made, "fin")
        )
    ]  # fmt: skip
    assert shown == [(2, 8, 9, False), (4, 8, 5, True), (5, 8, 2, False), (6, 5, 0, False)]
    span = lieu.places["nom"]
    assert (span.path, span.line, span.column, span.width) == (PATH, 4, 3, 3)
    assert (made.line, made.column, lieu.line, lieu.column) == (2, 1, 4, 3)
    listing = made["m"]
    assert isinstance(listing, Listing)
    assert (listing.line, listing.column) == (5, 4)


def test_places_after_invisible_characters() -> None:
    made = block("ti\u200btre: Ca\xadnal\nm: [e\u0301te\u0301, \u200bb]")
    assert made == {"titre": "Canal", "m": ["été", "b"]}
    title = scalar(made, "titre")
    assert (title.line, title.column, title.width) == (1, 9, 6)
    last = scalar(made, "m", 1)
    assert (last.line, last.column, last.width) == (2, 13, 1)
    assert made.places["titre"].width == 6


def test_a_value_over_several_lines_has_no_width() -> None:
    assert scalar(block("r: une\n  suite"), "r").width == 0


def test_trees_travel() -> None:
    made = block("a: b\nc: [d]")
    again = pickle.loads(pickle.dumps(made))  # noqa: S301 — our own bytes
    assert again == made
    assert again.places == made.places
    assert scalar(again, "c", 0).column == scalar(made, "c", 0).column


# -- read and noted ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "value", "line", "code"),
    [
        ("Canal : que faire ?", "Canal : que faire ?", '"Canal : que faire ?"', "unquoted-colon"),
        ("Canal\xa0: que", "Canal\xa0: que", '"Canal\xa0: que"', "unquoted-colon"),
        ("à suivre :", "à suivre :", '"à suivre :"', "unquoted-colon"),
        ('dit "non" : fin', 'dit "non" : fin', "'dit \"non\" : fin'", "unquoted-colon"),
        ("https://x.fr : bien", "https://x.fr : bien", '"https://x.fr : bien"', "unquoted-colon"),
        ("a\\b : c", "a\\b : c", "'a\\b : c'", "unquoted-colon"),
        *(
            (text, text, f'"{text}"', "needs-quotes")
            for text in (
                "[Enquête] le canal", "**x**", "*x", "* x", "@canal", "!nouveau", "! x", "!!! x",
                "%x", "% de", "- canal", "-", "? x", "&co", "& co", "`x`", "> x",
                "| x", "{x} y", "{{ x }}", "{% x %}", "{x}", ", x", "] x", "} x", ": x",
                "'Canal' et l'eau", "*gras* : x",
            )
        ),
        ("'l'eau'", "l'eau", '"l\'eau"', "needs-quotes"),
        ("'C'est l'été'", "C'est l'été", '"C\'est l\'été"', "needs-quotes"),
        ('"Canal" et bassin', '"Canal" et bassin', "'\"Canal\" et bassin'", "needs-quotes"),
        ('"a" et "b"', '"a" et "b"', "'\"a\" et \"b\"'", "needs-quotes"),
        ('"Il dit "oui" ici"', 'Il dit "oui" ici', "'Il dit \"oui\" ici'", "needs-quotes"),
    ],
)  # fmt: skip
def test_a_value_with_one_reading(written: str, value: str, line: str, code: str) -> None:
    header = f"date: x\ntitre: {written}\nfin: y\n"
    made, (one,) = tree(header)
    assert made == {"date": "x", "titre": value, "fin": "y"}
    assert (one.code, one.severity) == (code, Severity.NOTE)
    assert place(one) == (2, 8, len(written))
    assert one.hints[-1] == f"écrivez : titre: {line}"
    assert fixed(header) == f"date: x\ntitre: {line}\nfin: y\n"
    assert tree(fixed(header)) == (made, ())
    title = scalar(block(header), "titre")
    assert (title.line, title.column, title.width) == (2, 8, len(written))


@pytest.mark.parametrize(
    ("header", "made", "code", "where", "after"),
    [
        ("titre:Canal", {"titre": "Canal"}, "space-after-colon", (1, 6, 1), "titre: Canal"),
        ("a: x\ntitre:\xa0Canal\nb: y", {"a": "x", "titre": "Canal", "b": "y"},
         "space-after-colon", (2, 6, 2), "a: x\ntitre: Canal\nb: y"),
        ("titre:\tCanal", {"titre": "Canal"}, "space-after-colon", (1, 6, 2), "titre: Canal"),
        ("mots-cles:canal", {"mots-cles": "canal"}, "space-after-colon", (1, 10, 1),
         "mots-cles: canal"),
        ("l:\n  nom:x\n  rue: y", {"l": {"nom": "x", "rue": "y"}}, "space-after-colon", (2, 6, 1),
         "l:\n  nom: x\n  rue: y"),
        ("e:\n- date:x\n  nom: y", {"e": [{"date": "x", "nom": "y"}]}, "space-after-colon",
         (2, 7, 1), "e:\n- date: x\n  nom: y"),
        ("a:x\nb:y", {"a": "x", "b": "y"}, "space-after-colon", (1, 2, 1), "a: x\nb: y"),
        ("titre : Canal", {"titre": "Canal"}, "space-before-colon", (1, 6, 1), "titre: Canal"),
        ("titre\xa0: Canal", {"titre": "Canal"}, "space-before-colon", (1, 6, 1), "titre: Canal"),
        ("a : x\nb\u202f: y\nc : [d]", {"a": "x", "b": "y", "c": ["d"]}, "space-before-colon",
         (1, 2, 1), "a: x\nb: y\nc: [d]"),
        ("l:\n\tnom: x\n\true: y", {"l": {"nom": "x", "rue": "y"}}, "tab-indent", (2, 1, 1),
         "l:\n  nom: x\n  rue: y"),
        ("m:\n\t- a\n\t- b", {"m": ["a", "b"]}, "tab-indent", (2, 1, 1), "m:\n  - a\n  - b"),
        ("l:\n\tnom: x\n    rue: y", {"l": {"nom": "x", "rue": "y"}}, "tab-indent", (2, 1, 1),
         "l:\n    nom: x\n    rue: y"),
        ("t: |\n\tun\n\tdeux", {"t": "un\ndeux"}, "tab-indent", (2, 1, 1), "t: |\n  un\n  deux"),
        ("l:\n\xa0\xa0nom: x", {"l": {"nom": "x"}}, "tab-indent", (2, 1, 2), "l:\n  nom: x"),
        ("r: une\n  suite : x\nb: c", {"r": "une suite : x", "b": "c"}, None, None, None),
        ("r: Une : a\n  et b\n\n  fin", {"r": "Une : a et b\nfin"}, "unquoted-colon", (1, 4, 7),
         'r: "Une : a et b\\nfin"'),
        ("m:\n- Canal : le point\n- x", {"m": ["Canal : le point", "x"]}, "unquoted-colon",
         (2, 3, 16), 'm:\n- "Canal : le point"\n- x'),
        ("m:\n- [x] fait", {"m": ["[x] fait"]}, "needs-quotes", (2, 3, 8), 'm:\n- "[x] fait"'),
        ("m: [a, Canal : b, c]", {"m": ["a", "Canal : b", "c"]}, "unquoted-colon", (1, 8, 9),
         'm: [a, "Canal : b", c]'),
        ("m: ['l'eau']", {"m": ["l'eau"]}, "needs-quotes", (1, 5, 7),
         'm: ["l\'eau"]'),
        ("m:\n  -canal", {"m": ["canal"]}, "yaml-syntax", (2, 3, 1), "m:\n  - canal"),
    ],
)  # fmt: skip
def test_slips_of_form(
    header: str,
    made: object,
    code: str | None,
    where: tuple[int, int, int] | None,
    after: str | None,
) -> None:
    if code is None or after is None:  # a key in small letters may be a key: no one reading
        assert only(header).code == "yaml-syntax"
        return
    value, (one,) = tree(header)
    assert value == made
    assert (one.code, one.severity, place(one)) == (code, Severity.NOTE, where)
    assert fixed(header) == after
    assert tree(after) == (made, ())


def test_several_lines_with_the_same_slip_are_one_finding() -> None:
    one = only("a : x\nb : y\nc : z\n")
    assert "sur 3 lignes" in one.message
    assert len(one.fixes) == 3


def test_notes_of_all_kinds_at_once() -> None:
    header = "titre : [Enquête] le canal\nlieu:\n\tnom:Mairie : salle 2\nresume: Canal : quoi ?\n"
    value, found = tree(header)
    assert value == {
        "titre": "[Enquête] le canal",
        "lieu": {"nom": "Mairie : salle 2"},
        "resume": "Canal : quoi ?",
    }
    assert sorted(one.code for one in found) == [
        "needs-quotes", "space-after-colon", "space-before-colon", "tab-indent", "unquoted-colon",
        "unquoted-colon",
    ]  # fmt: skip
    assert tree(fixed(header)) == (value, ())


# -- errors ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "where", "value"),
    [
        ("titre: Rue #12 du canal", (1, 8, 16), "Rue #12 du canal"),
        ("titre: #12", (1, 8, 3), "#12"),
        ("titre: # à remplir", (1, 8, 11), "# à remplir"),
        ("titre: Canal # le titre", (1, 8, 16), "Canal # le titre"),
        ("titre: 10e # x : y", (1, 8, 11), "10e # x : y"),
        ("titre: Rue\n  #12", None, None),
        ("titre: Rue du\n  canal #12", (1, 8, 6), "Rue du canal #12"),
        ("titre: [a #b]", (1, 8, 6), "[a #b]"),
        ("titre: 2026 # x", (1, 8, 8), "2026 # x"),
    ],
)
def test_lost_after_hash(
    header: str, where: tuple[int, int, int] | None, value: str | None
) -> None:
    if where is None:  # a whole line is a remark
        assert tree(header) == ({"titre": "Rue"}, ())
        return
    one = only(f"{header}\nfin: x")
    assert (one.code, one.severity, place(one)) == ("lost-after-hash", Severity.ERROR, where)
    assert one.hints[-1].endswith(f'écrivez : titre: "{value}"')
    assert one.fixes == ()
    assert tree(f"{header}\nfin: x")[0] == {"titre": value, "fin": "x"}


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ('"Canal', '"Canal"'),
        ("'Canal", '"Canal"'),
        ("'l'eau", '"l\'eau"'),
        ("[Canal", '"[Canal"'),
        ("{Canal", '"{Canal"'),
        ('"C:\\dossier"', "'C:\\dossier'"),
    ],
)
def test_quotes_that_nobody_can_guess(written: str, line: str) -> None:
    header = f"a: x\ntitre: {written}\nfin: y\n"
    one = only(header)
    assert (one.code, one.severity) == ("needs-quotes", Severity.ERROR)
    assert place(one) == (2, 8, len(written))
    assert one.hints[-1] == f"écrivez : titre: {line}"
    assert one.fixes == ()
    value = tree(header)[0]
    assert isinstance(value, dict)
    assert value["fin"] == "y"


@pytest.mark.parametrize(
    ("header", "value", "lines"),
    [
        ("a: 1\na: 2", {"a": "1"}, (2, 1)),
        ("résumé: 1\nb: x\nresume: 2", {"résumé": "1", "b": "x"}, (3, 1)),
        ("Titre: 1\ntitre: 2", {"Titre": "1"}, (2, 1)),
        ("mots-cles: 1\nmots_cles: [2]", {"mots-cles": "1"}, (2, 1)),
        ("l:\n  a: 1\n  a: 2\nb: c", {"l": {"a": "1"}, "b": "c"}, (3, 2)),
        ("a: {b: 1, b: 2}", {"a": {"b": "1"}}, (1, 1)),
    ],
)
def test_a_key_twice(header: str, value: object, lines: tuple[int, int]) -> None:
    made, (one,) = tree(header)
    assert made == value
    assert (one.code, one.severity) == ("duplicate-key", Severity.ERROR)
    assert (one.span.line, one.labels[0].span.line) == lines
    assert one.labels[0].message == "première fois ici"


def test_a_key_twice_through_its_space() -> None:
    codes = [one.code for one in read("titre: a\ntitre : b", PATH).found]
    assert codes == ["space-before-colon", "duplicate-key"]


def test_keys_fold() -> None:
    assert {fold_key(key) for key in ("Mots-clés ", "mots_cles", "MOTS CLÉS")} == {"mots_cles"}


def test_a_tab_beside_spaces_with_two_readings() -> None:
    one = only("a:\n  b:\n    c: x\n\td: y")
    assert (one.code, one.severity, place(one)) == ("tab-indent", Severity.ERROR, (4, 1, 1))
    assert one.fixes == ()


@pytest.mark.parametrize(
    ("header", "code", "where"),
    [
        ("a: &x b\nc: *x", "yaml-alias", (1, 4, 2)),
        ("a: &x\n  b: c", "yaml-alias", None),
        ("base: &b {x: y}\nc:\n  <<: *b", "yaml-alias", None),
        ("a: [&x b, *x]", "yaml-alias", None),
        ("a: !!python/object/apply:os.system [ls]", "yaml-tag", None),
        ("a: !!int 3", "yaml-tag", None),
        ("a: !<tag:yaml.org,2002:str> x", "yaml-tag", None),
        ("a: !x\n  b: c", "yaml-tag", None),
    ],
)
def test_what_yaml_could_do_is_refused(
    header: str, code: str, where: tuple[int, int, int] | None
) -> None:
    found = read(header, PATH).found
    assert has_errors(found)
    assert code in {one.code for one in found}
    assert all(one.code == code for one in found if one.severity is Severity.ERROR)
    if where is not None:
        assert place(found[0])[:2] == where[:2]


LAUGHS = "a: &a [x, x]\n" + "\n".join(
    f"{chr(98 + at)}: &{chr(98 + at)} [*{chr(97 + at)}, *{chr(97 + at)}]" for at in range(24)
)


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("a: " + "[" * 21 + "]" * 21, "too-complex"),
        ("a: " + "[" * 30_000 + "]" * 30_000, "too-complex"),
        ("- " * 30_000, "too-complex"),
        ("\n".join(" " * at + "a:" for at in range(40)), "too-complex"),
        ("a: [" + "x, " * 30_000 + "]", "too-complex"),
        ("\n".join(f"- a{at}" for at in range(10_001)), "too-complex"),
        ("a: " + "{b: " * 25 + "x" + "}" * 25, "too-complex"),
        ("a" * 2_000_001, "too-complex"),
        (LAUGHS, "yaml-alias"),
        ("a: " + "[" * 30_000, "too-complex"),
    ],
    ids=["21", "flow", "dashes", "keys", "items", "lines", "braces", "long", "laughs", "open"],
)
def test_bombs_are_refused_quickly(header: str, code: str) -> None:
    start = time.process_time()
    made = read(header, PATH)
    assert time.process_time() - start < 5  # milliseconds in fact; hours without the guard
    assert has_errors(made.found)
    assert {one.code for one in made.found if one.severity is Severity.ERROR} == {code}


def test_the_limits_themselves_are_accepted() -> None:
    assert read("a: " + "[" * 19 + "]" * 19, PATH).found == ()
    assert read("\n".join(f"- a{at}" for at in range(9_999)), PATH).found == ()


@pytest.mark.parametrize(
    ("header", "value", "where"),
    [
        ("bonjour", {}, (1, 1, 7)),
        ("a: b\ntitre Canal\nc: d", {"a": "b", "c": "d"}, (2, 1, 11)),
        ("a:\n  b: c\n d: e\nf: g", {"f": "g"}, (3, 2, 4)),
        ("a: b\n  c: d\ne: f", {"e": "f"}, (2, 4, 3)),
        ("a: b\n- c\nd: e", {"a": "b", "d": "e"}, (2, 1, 3)),
        ("a: b\n---\nc: d", {"a": "b", "c": "d"}, (2, 1, 3)),
        (": x\na: b", {"a": "b"}, (1, 1, 3)),
        ("[a]: b\nc: d", {"c": "d"}, (1, 1, 6)),
        ("a: [b,, c]\nd: e", {"d": "e"}, None),
    ],
)
def test_other_faults_lose_their_entry_only(
    header: str, value: object, where: tuple[int, int, int] | None
) -> None:
    made, found = tree(header)
    assert made == value
    assert [(one.code, one.severity) for one in found] == [("yaml-syntax", Severity.ERROR)]
    if where is not None:
        assert place(found[0]) == where


def test_what_is_lost_is_named() -> None:
    made = block("a: b\nRésumé: x\n  titre: y\nd: e")
    assert made == {"a": "b", "d": "e"}
    assert made.lost == {"resume"}


def test_a_hidden_character_by_escape() -> None:
    one = only('a: "x\\u200by"')
    assert (one.code, one.severity) == ("control-character", Severity.ERROR)
    assert tree('a: "x\\u200by"')[0] == {"a": "xy"}


def test_all_faults_at_once() -> None:
    header = (
        "titre: Rue #12\n"
        "date: 2026-01-05\n"
        'resume: "jamais refermé\n'
        "lieu:\n"
        "  nom: x\n"
        " rue: y\n"
        "perdu\n"
        "date: 2026-01-06\n"
        "mots: [a : b]\n"
        "fin: !!int 3\n"
    )
    value, found = tree(header)
    assert sorted((one.span.line, one.code) for one in found) == [
        (1, "lost-after-hash"),
        (3, "needs-quotes"),
        (6, "yaml-syntax"),
        (7, "yaml-syntax"),
        (8, "duplicate-key"),
        (9, "unquoted-colon"),
        (10, "yaml-tag"),
    ]
    assert value == {
        "titre": "Rue #12",
        "date": "2026-01-05",
        "resume": "jamais refermé",
        "mots": ["a : b"],
        "fin": "3",
    }


def test_junk_is_not_repeated_without_end() -> None:
    assert len(read("perdu\n" * 5000, PATH).found) == 20
    assert len(read("a: b\n" * 500, PATH).found) == 20
