"""Lists longer than fifty are cut by year, and nothing is lost on the way."""

import re
from typing import Any

import petit_bourg
import pytest

from cq.content.checks.reserved import reserved_addresses
from cq.content.model import SHORT, Content
from cq.site.plan import plan
from cq.site.views import ListView

TODAY = "2026-11-22"
PLACES = {
    "site.yml": petit_bourg.SITE,
    "quartiers/danube/quartier.yml": "nom: Danube\n",
    "quartiers/danube/index.md": "Texte.\n",
}
HOMES = ("", "quartiers/danube/")


def debates(count: int, first: int = 2020, more: str = "") -> dict[str, str]:
    """Débats that are to be concluded, ten a year."""
    return {
        f"quartiers/danube/debats/d{n:03}/index.md": (
            f"---\ntitre: Débat {n}\n{more}phases:\n"
            f"  - {{nom: Deux, debut: {first + n // 10}-06-01, fin: {first + n // 10}-06-30}}\n"
            f"  - {{nom: Une, debut: {first + n // 10}-03-01, fin: {first + n // 10}-03-31}}\n---\n"
        )
        for n in range(count)
    }


def minutes(count: int, type_: str = "compte-rendu") -> dict[str, str]:
    """Documents, ten a year."""
    return {
        f"quartiers/danube/documents/{type_}-{n:03}.md": (
            f"---\ntitre: Document {n}\ndate: {2015 + n // 10}-05-{n % 10 + 1:02}\n"
            f"type: {type_}\nfichier: f.pdf\n---\n"
        )
        for n in range(count)
    }


def meetings(count: int, folder: str = "quartiers/danube/") -> dict[str, str]:
    """Meetings to come, every day from tomorrow."""
    text = "---\ntitre: R\ndebut: 19:00\nlieu: École\n---\n"
    return {f"{folder}agenda/{2027 + n // 28}-01-{n % 28 + 1:02}-r.md": text for n in range(count)}


def content(files: dict[str, str]) -> Content:
    return petit_bourg.content({**PLACES, **files}, TODAY)


def views(made: Content) -> dict[str, Any]:
    seen = made.seen_by("public", TODAY)
    return {target.path.removesuffix("index.html"): target.view for target in plan(seen).targets}


def shown(view: ListView) -> list[str]:
    return [card.address for section in view.sections for card in section.cards]


@pytest.mark.parametrize("home", HOMES)
def test_few_debates_stand_together(home: str) -> None:
    made = views(content(debates(SHORT)))
    assert len(shown(made[f"{home}debats/"])) == SHORT
    assert "année" not in made[f"{home}debats/"].intro


@pytest.mark.parametrize("home", HOMES)
def test_many_debates_are_cut_by_year(home: str) -> None:
    made = views(content(debates(SHORT + 1)))
    whole = made[f"{home}debats/"]
    assert len(shown(whole)) == 20
    assert whole.intro.endswith("La liste complète est rangée par année.")
    assert [(one.title, one.number) for one in whole.years] == [
        ("2025", 1), ("2024", 10), ("2023", 10), ("2022", 10), ("2021", 10), ("2020", 10),
    ]  # fmt: skip
    years = [shown(made[one.address]) for one in whole.years]
    assert len({address for year in years for address in year}) == SHORT + 1
    # By the first phase in time, whatever the order in which they were written.
    assert [one.heading for one in made[f"{home}debats/2021/"].sections] == ["Mars"]
    assert made[f"{home}debats/2021/"].intro == "10\u00a0débats en 2021."


def test_those_that_one_can_join_are_never_cut_away_by_others() -> None:
    files = {**debates(SHORT), "debats/z/index.md": next(iter(debates(1, 2027).values()))}
    whole = views(content(files))["debats/"]
    assert [(one.heading, len(one.cards)) for one in whole.sections] == [
        ("À venir", 1), ("À conclure", 20),
    ]  # fmt: skip


def test_a_home_names_a_few_of_the_debates_that_go_on() -> None:
    joined = {name: text.replace("03-31", "12-31") for name, text in debates(10, 2026).items()}
    made = views(content(joined))
    assert len(made[""].debates) == len(made["quartiers/danube/"].debates) == 5


@pytest.mark.parametrize("home", HOMES)
def test_a_long_type_of_document_has_its_own_years(home: str) -> None:
    made = views(content({**minutes(SHORT + 1), **minutes(3, "étude")}))
    at = f"{home}documents/compte-rendu/"
    whole = made[at]
    assert len(shown(whole)) == 20
    assert [one.address for one in whole.years][:2] == [f"{at}2020/", f"{at}2019/"]
    assert sum(len(shown(made[one.address])) for one in whole.years) == SHORT + 1
    year = made[f"{at}2019/"]
    assert [one.title for one in year.years if one.current] == ["2019"]
    assert [one.title for one in year.kinds if one.current] == ["Comptes rendus"]
    assert year.frame.crumbs[-1].address == at
    assert len(shown(made[f"{home}documents/etude/"])) == 3
    assert f"{home}documents/etude/2015/" not in made


@pytest.mark.parametrize(("home", "by"), [("", "mois"), ("quartiers/danube/", "année")])
def test_a_long_agenda_says_where_the_rest_is(home: str, by: str) -> None:
    made = views(content(meetings(SHORT + 2)))
    whole = made[f"{home}agenda/"]
    assert len(shown(whole)) == SHORT
    assert whole.intro == (
        f"52\u00a0réunions à venir : voici les 50 premières, les suivantes sont rangées par {by}."
    )
    assert [one.title for one in whole.years] == ["2028", "2027"]
    assert views(content(meetings(SHORT)))[f"{home}agenda/"].intro == ""


def test_every_list_that_is_made_may_be_linked_to_and_no_other() -> None:
    made = content(
        {**debates(SHORT + 1), **minutes(SHORT + 1), **minutes(2, "plan"), **meetings(3)}
    )
    lists = {
        address
        for address, view in views(made).items()
        if re.search(r"/[0-9]{4}(?:-[0-9]{2})?/$|documents/[a-z-]+/$", address)
        and not hasattr(view, "card")
    }
    lists.discard(f"agenda/{TODAY[:7]}/")  # this month's, whether it has a meeting or not
    known = made.list_addresses
    assert {one for one in lists if "rapport/" not in one} == {
        one for one in known
        if "rapport/" not in one and not re.search(r"quartiers/.*/agenda/[0-9]{4}-", one)
    }  # fmt: skip


@pytest.mark.parametrize("address", ["debats/2024", "documents/compte-rendu/2024"])
def test_nothing_may_stand_where_a_year_will(address: str) -> None:
    page = f"---\ntitre: Page\nanciennes_adresses: [{address}/]\n---\n"
    found = reserved_addresses(content({"pages/une.md": page}))
    assert [one.code for one in found] == ["address-clash"]
