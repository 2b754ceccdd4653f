"""The boards and the yearly reports, from small contents: which pages there are, what they say."""

from dataclasses import replace

import pytest

from cq.content.checks.reserved import reserved_addresses
from cq.content.item import (
    Answer,
    DebateFacts,
    DossierFacts,
    DossierStep,
    EventFacts,
    Item,
    Phase,
    QuestionFacts,
    Reference,
    Repetition,
)
from cq.content.layout import PUBLIC
from cq.content.links import of_link
from cq.content.model import Community, Content
from cq.site.figures import BoardView, ReportView
from cq.site.plan import plan
from cq.site.target import Target

TODAY = "2026-11-22"
DANUBE = Community("quartier", "danube", "quartiers/danube", "Danube", ())
AUTRE = Community("quartier", "autre", "quartiers/autre", "Autre", ())


def item(name: str, kind: str, folder: str, home: str = "", **more: object) -> Item:
    at = f"{home}/{folder}/{name}" if home else f"{folder}/{name}"
    made = Item(at, kind, f"content/{at}.md", PUBLIC, home, f"{at}/", name, "", name, **more)  # type: ignore[arg-type]
    return made.with_face()


def dossier(name: str, day: str, home: str = "", state: str = "en-cours", **more: object) -> Item:
    steps = tuple(DossierStep(one, "x", "", "conseil") for one in more.pop("steps", ()))  # type: ignore[attr-defined]
    facts = DossierFacts(state, "", "", str(more.pop("due", "")) or None, steps, "")
    return item(name, "dossier", "dossiers", home, day=day, dossier=facts, **more)


def question(name: str, day: str, answered: str = "", home: str = "") -> Item:
    answer = Answer(answered, "direction", "Oui.", "", "") if answered else None
    return item(
        name, "question", "questions", home, day=day,
        question=QuestionFacts("conseil", "mairie", None, answer),
    )  # fmt: skip


def event(
    name: str, day: str, home: str = "", status: str = "confirmé", again: Repetition | None = None
) -> Item:
    facts = EventFacts("19:00", None, None, "Mairie", "", "", "plénière", status, 0, again, (), ())
    return item(name, "event", "agenda", home, day=day, event=facts)


def content(*items: Item) -> Content:
    return Content(
        site={"nom": "Site", "id": "site"},
        items=tuple(sorted(items)),
        quartiers=(DANUBE, AUTRE),
        groups=(),
        team=(),
        blobs={},
        records=(),
        audience=PUBLIC,
        today=TODAY,
    )


def pages(made: Content, word: str) -> dict[str, Target]:
    return {
        one.path.removesuffix("index.html"): one for one in plan(made).targets if word in one.path
    }


def board_at(made: Content, at: str) -> BoardView:
    view = pages(made, "tableau-de-bord")[at].view
    assert isinstance(view, BoardView)
    return view


def report_at(made: Content, at: str) -> ReportView:
    view = pages(made, "rapport/")[at].view
    assert isinstance(view, ReportView)
    return view


def figures(view: ReportView) -> dict[str, tuple[str, str]]:
    return {one.label: (one.words, one.address) for one in view.figures}


def test_the_site_has_a_board_and_who_has_anything() -> None:
    assert set(pages(content(), "tableau-de-bord")) == {"tableau-de-bord/"}
    made = content(dossier("canal", "2026-01-01", DANUBE.home))
    assert set(pages(made, "tableau-de-bord")) == {
        "tableau-de-bord/", "quartiers/danube/tableau-de-bord/",
    }  # fmt: skip


def test_a_dossier_of_all_is_on_the_board_of_whom_it_names() -> None:
    named = dossier("canal", "2026-01-01", references=(Reference("quartiers", "danube", 1, 1, 1),))
    view = board_at(content(named), "quartiers/danube/tableau-de-bord/")
    assert [one.card.title for one in view.dossiers] == ["canal"]


def test_every_board_and_report_can_be_linked_to_and_no_other() -> None:
    made = content(
        dossier("canal", "2024-01-01", DANUBE.home, steps=("2025-05-05",)),
        question("q", "2023-12-01", "2026-01-02"),
        event("loin", "2027-02-02", AUTRE.home),
        event("annulee", "2022-02-02", AUTRE.home, "annulé"),
    )
    there = {*pages(made, "tableau-de-bord"), *pages(made, "rapport/")}
    home = made.items[0]
    assert {at for at in there if of_link(made, home, "link", f"/{at}").state == "list"} == there
    assert {at for at in there if "rapport" in at} == {
        "quartiers/danube/rapport/2024/", "quartiers/danube/rapport/2025/",
        "rapport/2023/", "rapport/2024/", "rapport/2025/", "rapport/2026/",
    }  # fmt: skip
    for absent in ("quartiers/autre/tableau-de-bord/", "rapport/2022/", "rapport/2027/",
                   "quartiers/autre/rapport/2027/"):  # fmt: skip
        assert of_link(made, home, "link", f"/{absent}").state == "missing"


@pytest.mark.parametrize("old", ["tableau-de-bord", "rapport/2031", "quartiers/danube/rapport/2024",
                                 "quartiers/danube/tableau-de-bord"])  # fmt: skip
def test_their_addresses_are_taken(old: str) -> None:
    page = item("page", "page", "pages")._replace(
        old_addresses=(old,), written=(Reference("anciennes_adresses", old, 1, 1, 1),)
    )
    made = replace(content(page), audience=None)
    assert [one.code for one in reserved_addresses(made)] == ["address-clash"]


def test_what_is_late_is_said_first() -> None:
    made = content(
        dossier("tard", "2026-11-01", due="2026-11-20"),
        dossier("endormi", "2020-01-01"),
        question("oubliee", "2026-01-01"),
        question("oubliee-aussi", "2026-02-01"),
        question("jeune", "2026-11-20"),
    )
    view = board_at(made, "tableau-de-bord/")
    assert [words.replace("\u00a0", " ") for words, _ in view.alerts] == [
        "2 questions sans réponse dans le délai : la plus ancienne est posée depuis 325 jours.",
        "1 dossier a dépassé son échéance.",
        "1 dossier est en sommeil : rien depuis au moins 6 mois.",
    ]
    assert [one.card.title for one in view.questions] == ["oubliee", "oubliee-aussi", "jeune"]
    assert [one.card.title for one in view.dossiers] == ["tard", "endormi"]


def test_a_board_without_delay_has_no_alert_and_no_empty_chart() -> None:
    view = board_at(content(question("jeune", "2026-11-20")), "tableau-de-bord/")
    assert view.alerts == ()
    assert [one.anchor for one in view.charts] == ["chiffres-questions"]


def test_what_is_over_is_cut_and_said() -> None:
    many = [dossier(f"d{number:03}", "2020-01-01", state="clos") for number in range(60)]
    view = board_at(content(*many, dossier("ouvert", "2026-11-01")), "tableau-de-bord/")
    assert len(view.dossiers) == 51
    assert view.more_dossiers is not None
    assert view.more_dossiers.address == "dossiers/"
    assert "10\u00a0dossiers clos" in view.more_dossiers.title


def test_a_year_in_figures() -> None:
    weekly = Repetition("semaine", None, None, "2026-02-28")
    made = content(
        event("pleniere", "2026-03-10"),
        event("annulee", "2026-03-11", status="annulé"),
        event("reportee", "2026-03-12", status="reporté"),
        event("a-venir", "2026-12-10"),
        event("permanence", "2025-12-26", again=weekly),
        item("n", "news", "actualites", day="2026-01-05"),
        dossier("ancien", "2025-01-01", state="clos", steps=("2026-05-05",)),
        dossier("neuf", "2026-02-02"),
        question("a", "2025-12-31", "2026-01-10"),
        question("b", "2026-01-01", "2026-01-31"),
        question("c", "2026-06-01"),
        item(
            "debat", "debate", "debats",
            debate=DebateFacts((Phase("x", "2025-11-01", "2026-01-15"),), ""),
        ),
    )  # fmt: skip
    assert figures(report_at(made, "rapport/2026/")) == {
        # The plenary, and nine Fridays in January and February.
        "Réunions et rendez-vous tenus": ("10", "#reunions"),
        "Documents publiés": ("0", ""),
        "Actualités publiées": ("1", "actualites/2026/"),
        "Dossiers ouverts": ("1", "#dossiers-ouverts"),
        "Dossiers qui ont avancé": ("1", "#dossiers-avances"),
        "Dossiers clos ou abandonnés": ("1", "#dossiers-clos"),
        "Questions posées": ("2", "#questions-posees"),
        "Réponses reçues": ("2", "#reponses"),
        "Délai médian de réponse": ("20\u00a0jours", "#reponses"),
        "Débats menés": ("1", "#debats"),
    }
    before = figures(report_at(made, "rapport/2025/"))
    assert before["Réunions et rendez-vous tenus"] == ("1", "#reunions")
    assert before["Débats menés"] == ("1", "#debats")
    assert before["Délai médian de réponse"] == ("–", "")


def test_every_figure_leads_to_a_list_of_the_page_or_the_site() -> None:
    made = content(
        event("pleniere", "2026-03-10"), item("n", "news", "actualites", day="2026-01-05"),
        question("a", "2025-12-31", "2026-01-10"), dossier("d", "2026-01-01"),
    )  # fmt: skip
    everywhere = {one.path.removesuffix("index.html") for one in plan(made).targets}
    for target in pages(made, "rapport/").values():
        assert isinstance(target.view, ReportView)
        anchors = {f"#{one.anchor}" for one in target.view.lists}
        assert {one.address for one in target.view.figures} - {""} <= anchors | everywhere


def test_the_current_year_says_until_when() -> None:
    made = content(dossier("d", "2025-01-01", steps=("2026-01-01",)))
    assert report_at(made, "rapport/2026/").until == TODAY
    assert report_at(made, "rapport/2025/").until is None


def test_a_debate_of_two_thousand_years_is_a_slip_and_not_two_thousand_pages() -> None:
    long = DebateFacts((Phase("x", "0026-01-01", "9000-01-01"),), "")
    made = content(item("d", "debate", "debats", debate=long))
    assert len(pages(made, "rapport/")) == 51


def test_a_draft_and_a_private_question_make_no_page() -> None:
    secret = question("secret", "2024-01-01")._replace(space="q-danube", home=DANUBE.home)
    draft = dossier("brouillon", "2023-01-01", DANUBE.home, draft=True)
    made = replace(content(secret, draft), audience=None).seen_by(PUBLIC, TODAY)
    assert set(pages(made, "tableau-de-bord")) == {"tableau-de-bord/"}
    assert pages(made, "rapport/") == {}
    view = board_at(made, "tableau-de-bord/")
    assert (view.dossiers, view.questions, view.charts) == ((), (), ())
