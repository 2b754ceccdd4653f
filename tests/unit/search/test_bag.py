"""What a page's bag holds."""

from cq.search.bag import EMPTY, bag_of, bag_of_text, merged, stem_and_forms
from cq.search.coding import VALUES
from tests.unit import petit_bourg

PAGE = """\
---
mots_cles: [berge]
---
# Le banc

Les bancs du canal, et le banc de l’écluse.

## Des péniches

Une péniche.
"""


def weights(bag: str) -> dict[str, tuple[int, list[str], bool]]:
    """Weight, forms and whether the title has it, by stem."""
    _, plain, named = bag.split("\t")
    return {
        stem: (VALUES[group[0]], forms, title)
        for groups, title in ((plain, False), (named, True))
        for group in groups.split()
        for stem, forms in (stem_and_forms(group[1:]),)
    }


def made(text: str) -> str:
    (parsed,) = petit_bourg.parsed({"wiki/banc.md": text})
    return bag_of(parsed)


def test_title_keywords_and_headings_weigh_more() -> None:
    found = weights(made(PAGE.replace("mots_cles", "resume: Autre chose.\nmots_cles")))
    assert found["banc"] == (6, ["banc", "bancs"], True)  # 4 in the title, 2 in the text
    assert found["berg"] == (4, ["berge"], False)
    assert found["penich"] == (4, ["peniche", "peniches"], False)  # 3 in the heading, 1 below
    assert found["autr"] == (2, ["autre"], False)
    assert found["canal"] == (1, ["canal"], False)
    assert "le" not in found


def test_what_a_page_shows_beside_its_text_is_found() -> None:
    (event,) = petit_bourg.parsed(
        {"agenda/2026-03-10-pleniere.md": (
            "---\ntitre: Plénière\ndebut: 19:30\nlieu: Gymnase\nordre_du_jour: [Piscine]\n---\n"
        )}
    )  # fmt: skip
    assert {"gymnas", "piscin"} <= weights(bag_of(event)).keys()


def test_a_file_without_a_page_says_nothing() -> None:
    (site,) = petit_bourg.parsed({"site.yml": petit_bourg.SITE})
    assert bag_of(site) == EMPTY
    assert merged(EMPTY, [EMPTY]) == EMPTY


def test_other_texts_join_a_bag() -> None:
    both = weights(merged(made(PAGE), [bag_of_text("Banc, xylophone.")]))
    assert both["banc"] == (weights(made(PAGE))["banc"][0] + 1, ["banc", "bancs"], True)
    assert both["xylophon"] == (1, ["xylophone"], False)


def test_a_word_repeated_for_ever_weighs_no_more_than_a_digit_says() -> None:
    assert weights(made("# Titre\n\n" + "banc " * 5000))["banc"][0] == 63


def test_noise_does_not_fill_the_index() -> None:
    noise = bag_of_text(" ".join(f"x{number}" for number in range(50_000)) + " banc banc")
    assert len(weights(noise)) == 20_000
    assert weights(noise)["banc"][0] == 2
