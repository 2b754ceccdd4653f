"""`cq draw-jury minutes`: the procès-verbal of a draw, to be printed, signed and published.

From the public files, which were verified, and from facts that somebody types: it names nobody but
by function, so that what is signed can be published as it is.
"""

import html
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from string import Template
from typing import Any

from cq.content import logbook
from cq.draw.replacement import Event
from cq.draw.words import control
from cq.french import odds
from cq.french.dates import iso_words
from cq.french.numbers import counted, number, ordinal
from cq.jury import announced, counts, criteria, homes, moments, standing
from cq.jury.cases import REASONS as EXCLUDED
from cq.jury.explanation import SEALED, public_words
from cq.jury.folders import FROZEN, Entry, Folders, Refused
from cq.jury.particulars import Particulars, said
from cq.jury.session import Facts
from cq.jury.standing import Standing
from cq.printed import page_head

_SHORT = 15  # rows of a table that is not cut between two pages
_MOST_ROWS = 400  # of reserves and of types: beyond, the public files say it better
_LEFT = {
    "refus": "refus", "sans-reponse": "sans réponse", "ineligible": "condition non remplie",
}  # fmt: skip

_STYLE = """\
@page { size: A4; margin: 20mm; @bottom-right { content: counter(page) " / " counter(pages); } }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #111; background: #fff;
       font: 11pt/1.45 "Liberation Serif", "Times New Roman", serif; }
h1 { font-size: 1.5em; margin: 0 0 .3em; }
h2 { font-size: 1.12em; margin: 1.5em 0 .3em; break-after: avoid; }
p, ul, ol { margin: .4em 0; }
table { border-collapse: collapse; width: 100%; margin: .6em 0; font-size: .9em; }
caption { text-align: left; font-style: italic; padding-bottom: .2em; }
th, td { border: .5pt solid #777; padding: .2em .5em; text-align: left; vertical-align: top; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
.digits { font-family: "Liberation Mono", monospace; font-size: .88em; overflow-wrap: anywhere; }
.words { font-weight: bold; }
.signed { display: grid; grid-template-columns: 1fr 1fr; gap: 1em; margin-top: 1em; }
.signed p { min-height: 6em; border: .5pt solid #777; padding: .5em; break-inside: avoid; }
.addendum { break-before: page; }
.wide { overflow-x: auto; }
.short { break-inside: avoid; }
@media print {
  body { max-width: none; margin: 0; padding: 0; font-size: 10.5pt; }
  .wide { overflow: visible; }
}
"""
_PAGE = Template(
    page_head(_STYLE)
    + """\
$body
</body>
</html>
"""
)


def minutes(folders: Folders, told: Particulars, typed: Facts, zone: str) -> str:
    """The page. Raises Backwards before the draw, Refused where it does not verify."""
    drawn = standing.standing(folders)
    journal = folders.journal()
    title = f"Procès-verbal de tirage au sort : {drawn.result.promise.title}"
    parts = (
        f"<h1>{_text(title)}</h1>",
        *([f"<p><strong>{_text(drawn.cancelling)}</strong></p>"] if drawn.cancelled else []),
        *_session(drawn, told, typed, journal),
        *_list(folders, drawn, journal),
        *_plan(folders, drawn, typed),
        *_promise(drawn, journal, zone),
        *_chance(drawn),
        *_result(drawn),
        *_replacements(folders, drawn, journal),
        *_law(drawn, told, typed),
        *_signatures(typed),
        *(_addendum(drawn, event, typed, journal) for event in drawn.events),
    )
    return _PAGE.substitute(title=_text(title), body="\n".join(parts))


def _session(
    drawn: Standing, told: Particulars, typed: Facts, journal: Sequence[Entry]
) -> Iterator[str]:
    promise = drawn.result.promise
    day = next((one.day for one in journal if one.step == logbook.DRAWN), "")
    present = typed.present or (said(""),)
    witness = typed.witness or "aucun"
    yield f"<p>Tirage <span class='digits'>{_text(promise.draw)}</span>, "
    yield f"{_text(said(told.owner))}.</p>"
    yield "<h2>1. La séance</h2>"
    when = moments.day_words(day) if day else said("")
    yield f"<p>Le {_text(when)}, en public, à : {_text(said(typed.place or told.place))}.</p>"
    yield "<p>Étaient présents, par leur fonction :</p>"
    yield f"<ul>{''.join(f'<li>{_text(one)}</li>' for one in present)}</ul>"
    yield f"<p>Commissaire de justice : {_text(witness)}.</p>"
    yield "<p>Ce procès-verbal ne nomme personne : chaque personne de la liste y a un numéro.</p>"


def _list(folders: Folders, drawn: Standing, journal: Sequence[Entry]) -> Iterator[str]:
    promise = drawn.result.promise
    frozen = [one for one in journal if one.step == logbook.FROZEN]
    yield "<h2>2. La liste</h2>"
    day = f", gelée le {_text(moments.day_words(frozen[-1].day))}" if frozen else ""
    yield f"<p>La liste compte {_text(counted(promise.pool_size, 'personne'))}{day}.</p>"
    known = folders.frozen().get("counts", {}) if (folders.private / FROZEN).is_file() else {}
    if known.get("lists"):
        if frozen and not frozen[-1].note.endswith(counts.note(known)):
            raise Refused(
                f"les effectifs de {FROZEN} ne sont pas ceux que le journal a publiés au gel : "
                f"rien n’a été écrit\nremettez dans {folders.private} celui d’une sauvegarde"
            )
        yield _counts(known)
    elif frozen and frozen[-1].note:
        yield f"<p>{_text(frozen[-1].note)}.</p>"
    yield f"<p>Empreinte de la liste : {_digits(promise.pool_root)}</p>"


def _counts(known: Mapping[str, Any]) -> str:
    rows = [
        [
            one["label"], number(one["read"]), number(one["kept"]),
            ", ".join(
                f"{EXCLUDED.get(why, why)} {number(many)}"
                for why, many in one["excluded"].items()
            ) or "aucune",
        ]
        for one in known["lists"]
    ]  # fmt: skip
    head = ["Liste", "Lues", "Gardées", "Écartées"]
    return _table("Ce qui a été lu, gardé et écarté de chaque liste", head, rows)


def _plan(folders: Folders, drawn: Standing, typed: Facts) -> Iterator[str]:
    plan = drawn.result.plan
    yield "<h2>3. Le plan</h2>"
    yield f"<p>Sièges : {number(plan.k)}. Compositions possibles : "
    yield f"{number(len(plan.compositions))}, pour {_text(counted(plan.total, 'billet'))}.</p>"
    if plan.household:
        yield (
            "<p>Un siège au plus par foyer, tant que d’autres personnes des mêmes critères "
            "restent ; les chances ci-dessous sont celles d’avant cette règle.</p>"
        )
        trials = homes.kept(folders, plan)
        if trials:
            yield f"<p>{_text(homes.recalled(trials))}</p>"
    if plan.sealed:
        witness = _text(said(typed.witness))
        yield f"<p>{SEALED} remise à\u00a0: {witness}. Son empreinte : {_digits(plan.sealed)}</p>"
    elif plan.quotas:
        rows = [
            [f"{criteria.words(one.feature)} : {one.value}", str(one.least), str(one.most)]
            for one in plan.quotas
        ]
        yield _table("Quotas, en sièges", ["Critère", "Au moins", "Au plus"], rows)
    chances = [plan.chance(kind) for kind in range(len(plan.counts))]
    if len(chances) > _MOST_ROWS:
        yield f"<p>De la moins bonne chance, {_text(odds.words(min(chances)))}, à la "
        yield f"meilleure, {_text(odds.words(max(chances)))} : plan.json les dit toutes.</p>"
    else:
        rows = [
            [public_words(drawn.result, kind), number(plan.counts[kind]), odds.words(chance)]
            for kind, chance in enumerate(chances)
        ]
        head = ["Critères", "Personnes", "Chance de chacune"]
        yield _table("Chance d’être tirée, pour une personne", head, rows)
    yield f"<p>Empreinte du plan : {_digits(drawn.result.promise.plan)}</p>"


def _promise(drawn: Standing, journal: Sequence[Entry], zone: str) -> Iterator[str]:
    promise = drawn.result.promise
    yield "<h2>4. L’engagement</h2>"
    day = _text(iso_words(promise.published[:10]))
    yield f"<p>Publié le {day}, avant le hasard. Empreinte : {_digits(promise.digest().hex())}</p>"
    words = " ".join(control(promise.digest()))
    yield f'<p>Mots de contrôle, lus à voix haute : <span class="words">{_text(words)}</span>.</p>'
    page = next((one.fingerprint for one in journal if one.step == logbook.PAGE), "")
    if page:
        yield f"<p>Empreinte de la page de vérification : {_digits(page)}</p>"
    if promise.previous:
        yield f"<p>Ce tirage en suit un autre, d’empreinte {_digits(promise.previous)}</p>"
    named = "".join(
        f"<li>{_text(announced.source_words(one, zone))}</li>" for one in promise.sources
    )
    yield f"<p>Sources du hasard, nommées d’avance :</p><ol>{named}</ol>"


def _chance(drawn: Standing) -> Iterator[str]:
    result = drawn.result
    yield "<h2>5. Le hasard</h2><p>Valeurs des sources, dans cet ordre :</p>"
    yield f"<ol>{''.join(f'<li>{_digits(one.value)}</li>' for one in result.sources)}</ol>"
    yield f"<p>Graine : {_digits(result.seed.hex())}</p>"
    plan, made = result.plan, result.drawn
    if len(plan.compositions) > 1:
        yield (
            f"<p>Billet {number(made.ticket + 1)} sur {number(plan.total)} : il désigne la "
            f"composition {made.composition + 1} sur {number(len(plan.compositions))}.</p>"
        )


def _result(drawn: Standing) -> Iterator[str]:
    result, made = drawn.result, drawn.result.drawn
    yield "<h2>6. Le résultat</h2>"
    rows = [
        [str(rank), _grouped(one.pid), public_words(result, one.type)]
        for rank, one in enumerate(made.seats, 1)
    ]
    yield _table("Personnes tirées, par leur numéro", ["Ordre", "Numéro", "Critères"], rows)
    if result.plan.household:
        yield (
            "<p>Passées à leur tour, leur foyer siégeant déjà : "
            f"{number(len(made.passed_household))} ; dont admises ensuite, faute d’autres : "
            f"{number(len(made.waived_household))}.</p>"
        )
    named = result.transcript()["reserve"]
    reserve = [
        [public_words(result, int(kind)), ordinal(place), _grouped(pid)]
        for kind, pids in sorted(named.items(), key=lambda one: int(one[0]))
        for place, pid in enumerate(pids, 1)
    ] if isinstance(named, dict) else []  # fmt: skip
    if len(reserve) > _MOST_ROWS:
        yield f"<p>Suppléants : {number(len(reserve))}, nommés par transcript.json.</p>"
    elif reserve:
        yield _table("Suppléants, par ordre d’appel", ["Critères", "Rang", "Numéro"], reserve)


def _replacements(folders: Folders, drawn: Standing, journal: Sequence[Entry]) -> Iterator[str]:
    events = drawn.events
    yield "<h2>7. Les remplacements</h2>"
    if not events:
        yield "<p>Aucun à ce jour. Chacun fera l’objet d’un additif.</p>"
        return
    rows = [
        [
            str(one.number), _day(journal, one), _grouped(one.leaving),
            _grouped(one.entering) if one.entering else "personne ne reste",
            public_words(drawn.result, one.type), str(one.gap),
        ]
        for one in events
    ]  # fmt: skip
    head = ["N°", "Jour", "Sort", "Entre", "Critères du siège", "Écart"]
    yield _table("Remplacements, par numéros", head, rows)
    reasons = _reasons(folders, len(events))
    if reasons:
        told = ", ".join(f"{_LEFT.get(one, one)} {many}" for one, many in sorted(reasons.items()))
        yield f"<p>Par raison, sans dire qui : {_text(told)}.</p>"
    yield (
        "<p>Chaque personne remplacée en est prévenue par écrit, avec le numéro du "
        f"remplacement. Empreinte du dernier : {_digits(events[-1].digest())}</p>"
    )


def _law(drawn: Standing, told: Particulars, typed: Facts) -> Iterator[str]:
    until = iso_words(told.destroyed) if told.destroyed else ""
    contest = iso_words(told.contest) if told.contest else ""
    rows = [
        ["Administration responsable", said(told.owner)],
        ["Finalité", said(told.purpose)],
        ["Base légale du traitement", said(typed.basis or told.basis)],
        ["Origine des données", said(told.origin)],
        ["Information des personnes (art. 14 RGPD)", _notice(told)],
        ["Données publiées", "numéros, critères, foyers par empreinte ; aucun nom"],
        ["Destruction de la clé et de la liste", said(until)],
        ["Contestation jusqu’au", said(contest)],
        ["Délégué ou déléguée à la protection des données", said(told.officer)],
        ["Règles et explications (art. L311-3-1 CRPA)", said(told.contact)],
        ["Publié à l’adresse", said(told.page)],
    ]
    yield "<h2>8. Mentions légales</h2>"
    yield _table("Ce que la loi demande", ["Mention", "Ici"], rows)
    yield (
        "<p>Toute personne peut refaire ce tirage, sans rien demander : page de vérification du "
        "site, ou commande <span class='digits'>cq draw-jury verify "
        f"{_text(drawn.result.promise.draw)}</span>.</p>"
    )
    validated = _text(said(typed.validated or told.validated))
    yield (
        "<p>Le résultat donné par le programme a été validé, après lecture de ce procès-verbal, "
        f"par : {validated} (article 47 de la loi du 6 janvier 1978).</p>"
    )


def _notice(told: Particulars) -> str:
    letter = "par la lettre que chacune reçoit"
    return f"{told.notice} ; {letter}" if told.notice else letter


def _signatures(typed: Facts) -> Iterator[str]:
    yield "<h2>9. Signatures</h2>"
    who = [*(typed.present or ("La personne qui a validé le résultat",))]
    who += [typed.witness] if typed.witness else []
    yield f'<div class="signed">{"".join(f"<p>{_text(one)}</p>" for one in who)}</div>'


def _addendum(drawn: Standing, event: Event, typed: Facts, journal: Sequence[Entry]) -> str:
    entering = (
        f"Entre : {_digits(event.entering)}" if event.entering else "Personne ne reste à appeler."
    )
    signer = _text(typed.validated or "La personne qui a validé le remplacement")
    return (
        f'<section class="addendum"><h2>Additif {event.number} : remplacement {event.number}, '
        f"{_text(_day(journal, event))}</h2>"
        f"<p>Sort : {_digits(event.leaving)}</p><p>{entering}</p>"
        f"<p>Critères du siège : {_text(public_words(drawn.result, event.type))}. Écart à ce qui "
        f"était voulu : {event.gap}.</p>"
        f"<p>Empreinte de ce remplacement : {_digits(event.digest())}</p>"
        f"<p>Elle suit : {_digits(event.before)}</p>"
        f'<div class="signed"><p>{signer}</p></div></section>'
    )


def _day(journal: Sequence[Entry], event: Event) -> str:
    digest = event.digest()
    day = next((one.day for one in journal if one.fingerprint == digest), "")
    return moments.day_words(day) if day else "jour non noté"


def _reasons(folders: Folders, events: int) -> Counter[str]:
    """How many left for which reason, in the `events` that are public; none where the town hall's
    own side is not here.
    """
    rows = folders.reasons()
    return Counter(row["raison"] for row in rows if row["raison"] and int(row["n"]) <= events)


def _table(caption: str, head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    rows = list(rows)
    size = " short" if len(rows) < _SHORT else ""
    top = "".join(f'<th scope="col">{_text(cell)}</th>' for cell in head)
    lines = "".join(
        f"<tr>{''.join(f'<td>{_text(cell)}</td>' for cell in row)}</tr>\n" for row in rows
    )
    return (
        f'<div class="wide{size}"><table><caption>{_text(caption)}</caption>'
        f"<thead><tr>{top}</tr></thead>\n<tbody>\n{lines}</tbody></table></div>"
    )


def _digits(text: str) -> str:
    return f'<span class="digits">{_text(_grouped(text))}</span>'


def _grouped(text: str) -> str:
    """Digits four by four; the values of dice stand as they were said."""
    if " " in text or not all(one in "0123456789abcdef" for one in text):
        return text
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def _text(text: str) -> str:
    return html.escape(text)
