"""Who was heard, on a given day; where a débat stands; what its pages show."""

from dataclasses import replace

import petit_bourg
import pytest

from cq.content import hearing, layout
from cq.content.model import Content
from cq.debates import phases
from cq.debates.ledger import Ledger, ledger
from cq.site.matters import Debate
from cq.site.plan import plan

FIRST, SECOND, THIRD = "2026-03-10-une", "2026-05-12-deux", "2026-09-15-trois"
DEBATE = f"""\
---
titre: Le quai
phases:
  - {{nom: Recueil, debut: 2026-03-01, fin: 2026-04-30}}
  - {{nom: Synthèse, debut: 2026-06-01, fin: 2026-06-30}}
rencontres: [{THIRD}, {FIRST}, {SECOND}]
---
De quoi il s’agit.
"""


def meeting(day: str, extra: str = "") -> str:
    return f"---\ntitre: Réunion du {day}\ndebut: 19:30\nlieu: Mairie\n{extra}---\nVenez.\n"


def argument(extra: str = "", *, origin: str = "papier") -> str:
    return (
        f"---\ntitre: Un banc\ntype: pour\norigine: {origin}\ndate: 2026-03-05\n{extra}---\nMots.\n"
    )


def content(files: dict[str, str], today: str = "2026-06-10") -> Content:
    whole = {
        "site.yml": petit_bourg.SITE + petit_bourg.ADDRESS, "debats/quai/index.md": DEBATE,
        **{f"agenda/{one}.md": meeting(one[:10]) for one in (FIRST, SECOND, THIRD)},
        **files,
    }  # fmt: skip
    return petit_bourg.content(whole, today).seen_by(layout.PUBLIC, today)


def book(arguments: dict[str, str], today: str = "2026-06-10") -> Ledger:
    files = {f"debats/quai/arguments/{name}.md": text for name, text in arguments.items()}
    seen = content(files, today)
    return ledger(seen, hearing.arguments(seen).get("debats/quai", ()))


def names(entries: tuple) -> list[str]:
    return [one.argument.id.rsplit("/", 1)[-1] for one in entries]


def test_heard_and_followed_up_is_covered() -> None:
    made = book({
        "a": argument(f"discute_a: [{FIRST}]\nsuite: Retenu.\n"),
        "b": argument(f"discute_a: [{FIRST}]\n"),
        "c": argument("suite: Retenu.\n"),
        "d": argument(f"discute_a: [{THIRD}]\n"),
    })  # fmt: skip
    assert names(made.covered) == ["a"]
    assert names(made.unanswered) == ["b"]
    assert names(made.unheard) == ["c", "d"]
    assert [one.id for one in made.entries[3].planned] == [f"agenda/{THIRD}"]


def test_a_meeting_that_did_not_take_place_heard_nothing() -> None:
    text = argument(f"discute_a: [{FIRST}]\nsuite: Retenu.\n")
    for status in ("annulé", "reporté"):
        seen = content({
            f"agenda/{FIRST}.md": meeting(FIRST[:10], f"statut: {status}\n"),
            "debats/quai/arguments/a.md": text,
        })  # fmt: skip
        assert names(ledger(seen, hearing.arguments(seen)["debats/quai"]).unheard) == ["a"]
    assert names(book({"a": text}, today="2026-03-09").unheard) == ["a"]
    assert names(book({"a": text}, today="2026-03-10").unheard) == []


@pytest.mark.parametrize(
    ("changed", "after"),
    [("2026-03-10", None), ("2026-03-11", FIRST), ("2026-05-12", FIRST), ("2026-05-13", SECOND)],
)
def test_a_change_after_a_hearing_names_the_last_meeting_before_it(
    changed: str, after: str | None
) -> None:
    (one,) = book({"a": argument(f"discute_a: [{FIRST}, {SECOND}]\nmaj: {changed}\n")}).entries
    assert (one.changed_after and one.changed_after.id) == (after and f"agenda/{after}")


def test_every_channel_is_counted_also_the_empty_ones() -> None:
    made = book({
        "a": argument(f"discute_a: [{FIRST}]\n", origin="en-ligne"),
        "b": argument(origin="en-ligne"), "c": argument(),
    })  # fmt: skip
    assert [tuple(one) for one in made.channels] == [
        ("réunion", 0, 0), ("en-ligne", 2, 1), ("papier", 1, 0), ("courriel", 0, 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("today", "standing", "current"),
    [
        ("2026-02-28", phases.COMING, None),
        ("2026-03-01", phases.OPEN, "Recueil"),
        ("2026-04-30", phases.OPEN, "Recueil"),
        ("2026-05-01", phases.BETWEEN, None),
        ("2026-06-30", phases.OPEN, "Synthèse"),
        ("2026-07-01", phases.UNFINISHED, None),
    ],
)
def test_where_a_debate_stands(today: str, standing: str, current: str | None) -> None:
    debate = content({}).by_id["debats/quai"].debate
    assert debate is not None
    assert phases.standing(debate, today) == standing
    now = phases.current(debate, today)
    assert (now.name if now else None) == current
    assert phases.standing(debate._replace(synthesis="Oui."), today) == phases.CLOSED


def debate_view(seen: Content) -> Debate:
    (target,) = [one for one in plan(seen).targets if one.path == "debats/quai/index.html"]
    made = target.view.debate  # type: ignore[attr-defined]
    assert isinstance(made, Debate)
    return made


def test_the_line_holds_phases_and_meetings_by_day() -> None:
    line = debate_view(content({})).line
    assert [(one.day, one.state, one.meeting is not None) for one in line] == [
        ("2026-03-01", "passée", False), ("2026-03-10", "passée", True),
        ("2026-05-12", "passée", True), ("2026-06-01", "en cours", False),
        ("2026-09-15", "à venir", True),
    ]  # fmt: skip


def test_what_is_left_leads_to_its_place_on_the_page() -> None:
    text = argument().replace("Un banc", "Le banc rouge")
    view = debate_view(content({
        "debats/quai/arguments/a.md": text,
        "debats/quai/arguments/b.md": argument("repond_a: a\n"),
    }))  # fmt: skip
    (root,) = view.sides[0].arguments
    assert (root.number, [one.number for one in root.replies]) == (1, [2])
    assert [one.address for one in view.unheard] == [
        "debats/quai/#cq_argument_1", "debats/quai/#cq_argument_2",
    ]  # fmt: skip


def test_the_arguments_of_a_hidden_debate_are_hidden_with_it() -> None:
    hidden = DEBATE.replace("titre:", "brouillon: oui\ntitre:", 1)
    seen = content({"debats/quai/index.md": hidden, "debats/quai/arguments/a.md": argument()})
    assert not [one for one in plan(seen).targets if one.path.startswith("debats/quai")]
    assert [one.path for one in plan(seen).targets if one.path == "debats/index.html"]


def test_a_debate_shows_no_text_of_its_arguments() -> None:
    """The face law: an argument's text may change without its débat being made again."""
    files = {"debats/quai/arguments/a.md": argument("resume: Court.\n")}
    seen = content(files)
    other = replace(
        seen, items=tuple(one._replace(key="x") if one.argument else one for one in seen.items)
    )
    assert debate_view(seen) == debate_view(other)


def test_a_meeting_that_comes_back_may_still_hear() -> None:
    """An argument changed while its meeting still comes back was not changed after it."""
    weekly = "repetition: {chaque: semaine, jour: mardi, jusqua: 2026-06-30}\n"
    made = {
        f"agenda/{FIRST}.md": meeting("2026-03-10", weekly),
        "debats/quai/arguments/a.md": argument(f"discute_a: [{FIRST}]\nmaj: 2026-03-20\n"),
    }
    seen = content(made)
    (entry,) = ledger(seen, hearing.arguments(seen)["debats/quai"]).entries
    assert names((entry,)) == ["a"]
    assert entry.changed_after is None
    once = content({**made, f"agenda/{FIRST}.md": meeting("2026-03-10")})
    (entry,) = ledger(once, hearing.arguments(once)["debats/quai"]).entries
    assert entry.changed_after is not None
