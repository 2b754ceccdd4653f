"""What PDF files say, and what hostile ones come to. They are read as a run reads them: apart."""

import functools
from collections.abc import Callable
from pathlib import Path

import petit_bourg
import printed
import pytest

from cq import digest
from cq.apart import Bounds, End, apart
from cq.content import papers, pdf
from cq.content.checks.papers import long_pdfs, scanned_pdfs, unreadable_pdfs
from cq.content.item import Blob
from cq.content.papers import Paper, PaperRow, paper_of

CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
ONE = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def page(contents: bytes, box: str = "0 0 595 842") -> bytes:
    held = (
        f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 5 0 R/Resources<</Font<</F 4 0 R>>>>>>"
    )
    return printed.assembled(CATALOGUE, ONE, held.encode(), FONT, contents)


def laughs(words: str = "ha") -> bytes:
    """Drawings that draw others ten times, eleven deep."""
    drawn = b"/XObject<</X 5 0 R>>"
    objects = [
        CATALOGUE,
        ONE,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<<%b>>>>" % drawn,
        printed.stream(b"/X Do"),
    ]
    for deep in range(11):
        keys = (
            b"/Type/XObject/Subtype/Form/BBox[0 0 900 900]/Resources<</XObject<</X %d 0 R>>>>"
            % (6 + deep)
        )
        objects.append(printed.stream(b"/X Do " * 10, keys))
    end = f"BT /F 9 Tf 1 1 Td ({words}) Tj ET".encode()
    keys = b"/Type/XObject/Subtype/Form/BBox[0 0 900 900]/Resources<</Font<</F %b>>>>" % FONT
    return printed.assembled(*objects, printed.stream(end, keys))


def nothing(done: int, total: int) -> None:
    del done, total


def bag(text: str) -> str:
    return f"{len(text.split())} words"


def rows(root: Path, *files: bytes, jobs: int = 1) -> list[PaperRow]:
    blobs = []
    for number, data in enumerate(files):
        name = f"{number:03d}.pdf"
        (root / name).write_bytes(data)
        blobs.append(Blob(name, "public", digest.of_bytes(data), len(data), "pdf"))
    return list(papers.read(root, blobs, bag, jobs=jobs, progress=nothing))


def of(row: PaperRow) -> tuple[Paper, str]:
    return paper_of(row.key, row.facts), row.text


def test_pages_and_their_words(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, printed.pdf("Été (à l’œuvre)\nsur deux lignes", "", "Fin"))
    paper, text = of(row)
    assert row.bag == "7 words"
    assert text == "Été (à l’œuvre)\nsur deux lignes\n\nFin"
    assert paper == Paper(row.key, "", 3, size=len(text.encode()))


def test_each_page_begins_at_its_place() -> None:
    told = pdf.read(printed.pdf("", "Un \x00 été", "", "Fin"))
    assert told.text == "Un été\n\nFin"
    assert told.starts == ((0, 2), (8, 4))


def test_persons_are_found_in_the_process_that_reads(tmp_path: Path) -> None:
    first, second = rows(tmp_path, printed.pdf("a", "à jean@x.fr\nou au 06 39 98 01 02"), b"%PDF")
    paper, _ = of(first)
    assert [(one.kind, one.text, one.page) for one in paper.traces] == [
        ("email", "jean@x.fr", 2),
        ("mobile", "06 39 98 01 02", 2),
    ]
    assert of(second)[0].traces == ()


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("les ser\u2010\r\nvices in\u00addiquent", "les services\nindiquent"),
        ("les quar\x02\r\ntiers", "les quartiers"),
        ("Louis\x02\r\nBlanc", "Louis-Blanc"),
        ("BOULE\x02\r\nVARD", "BOULEVARD"),
        ("une arrière-cour, l’arrière\x02\r\ncour", "une arrière-cour, l’arrière-cour"),
        ("un tiret -\r\nseul", "un tiret -\nseul"),
        ("a\x00b\x07 \u202ec\ufeff\ue000\ud800d", "ab cd"),
        ("e\u0301te\u0301 \ufb01n o\ufb03ce", "été fin office"),
        ("  a \t\u00a0 b  \r\n\r\n\r\n\r\nc\r", "a b\n\nc"),
        ("لا \u200dن", "لا \u200dن"),
        ("", ""),
    ],
)
def test_plain_words(raw: str, wanted: str) -> None:
    assert pdf.plain(raw) == wanted


def test_a_million_letters_are_read_in_a_moment() -> None:
    assert len(pdf.plain("a" * 1_000_000)) == 1_000_000
    assert pdf.plain("ab\x02\r\n" * 200_000).startswith("abab")


@pytest.mark.parametrize(
    ("data", "state"),
    [
        pytest.param(lambda: printed.pdf("Bonjour")[:400], "broken", id="cut"),
        pytest.param(lambda: b"%PDF-1.7", "broken", id="head"),
        pytest.param(
            lambda: printed.assembled(
                CATALOGUE, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1000000000>>"
            ),
            "broken",
            id="pages of pages",
        ),
        pytest.param(
            lambda: printed.assembled(CATALOGUE, ONE, b"[" * 500_000), "broken", id="deep"
        ),
        pytest.param(
            lambda: page(printed.stream(b" " * (900 << 20), packed=True)), "crashed", id="bomb"
        ),
        pytest.param(laughs, "crashed", id="laughs"),
        pytest.param(
            lambda: printed.assembled(
                CATALOGUE, ONE, page(b""), trailer=b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<"
                + b"00" * 32 + b">/U<" + b"11" * 32 + b">>>/ID[<00><00>]",
            ),
            "locked",
            id="locked",
        ),
        pytest.param(
            lambda: printed.assembled(
                CATALOGUE, ONE, page(b""), trailer=b"/Encrypt<</Filter/X.Sealed/V 9>>/ID[<00><00>]"
            ),
            "locked",
            id="sealed otherwise",
        ),
    ],
)  # fmt: skip
def test_hostile_files(data: Callable[[], bytes], state: str, tmp_path: Path) -> None:
    bad, good = rows(tmp_path, data(), printed.pdf("Bonjour"))
    assert of(bad) == (Paper(bad.key, state), "")
    assert good.text == "Bonjour"  # in the same process, or the next


def kids(*pages: str, count: int) -> bytes:
    """Pages of these objects: 4 and 5 are two, 99 is none."""
    named = b" ".join(f"{one} 0 R".encode() for one in pages)
    held = [
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources"
        b"<</Font<</F 3 0 R>>>>>>" % content
        for content in (6, 7)
    ]
    tree = b"<</Type/Pages/Kids[%b]/Count %d>>" % (named, count)
    said = [
        printed.stream(b"BT /F 9 Tf 9 99 Td (%b) Tj ET" % words) for words in (b"une", b"a@x.fr")
    ]
    return printed.assembled(CATALOGUE, tree, FONT, *held, *said)


@pytest.mark.parametrize(
    ("data", "paper", "text"),
    [
        (kids("4", "99", "5", count=3), Paper("", "", 3, size=11, lost=1), "une\n\na@x.fr"),
        (kids("4", "5", count=9), Paper("", "", 9, size=11, lost=7), "une\n\na@x.fr"),
        (kids("99", "99", count=2), Paper("", "broken"), ""),
        (kids(count=0), Paper("", "broken"), ""),
        (kids("4", count=1000), Paper("", "", 1000, cut=True, size=3, lost=499), "une"),
        (kids("4", count=10**9), Paper("", "", 1, size=3), "une"),  # PDFium counts them itself
    ],
    ids=["one lost", "too few", "all lost", "no page", "many", "endless"],
)
def test_a_lost_page_hides_no_other(data: bytes, paper: Paper, text: str, tmp_path: Path) -> None:
    (row,) = rows(tmp_path, data)
    found, said = of(row)
    assert said == text
    assert found._replace(key="", traces=()) == paper
    assert [one.page for one in found.traces] == (
        [2 if paper.lost > 1 else 3] if "@" in text else []
    )


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(
            lambda: page(printed.stream(b"BT /F 9 Tf 9 9 Td (ici) Tj ET"), "0 0 1e30 1e30"),
            "ici", id="huge page",
        ),
        pytest.param(lambda: page(printed.stream(b"[" * 3_000_000)), "", id="brackets"),
        pytest.param(
            lambda: printed.assembled(
                CATALOGUE, ONE, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
                *[b"<<>>"] * 300_000,
            ),
            "", id="objects",
        ),
    ],
)  # fmt: skip
def test_strange_files_that_can_be_read(
    data: Callable[[], bytes], text: str, tmp_path: Path
) -> None:
    (row,) = rows(tmp_path, data())
    assert of(row) == (Paper(row.key, "", 1, size=len(text)), text)


def test_one_that_takes_its_time_is_stopped() -> None:
    pdf.prepare()
    calm = Bounds(seconds=1, memory=6 << 30)
    (answer,) = apart(
        lambda _: laughs(), functools.partial(papers._work, bag), [""], jobs=1, bounds=calm
    )
    assert answer in {End.SLOW, End.CRASHED}


def test_bounds_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)
    monkeypatch.setattr(pdf, "MOST_CHARACTERS", 12)
    monkeypatch.setattr(papers, "MOST", 5000)
    files = [printed.pdf("un", "deux", "trois"), printed.pdf("x" * 30), printed.pdf("y" * 5000)]
    found = {of(row)[0].pages: of(row) for row in rows(tmp_path, *files)}
    assert found[3][0].cut
    assert found[3][1] == "un\n\ndeux"
    assert found[1][0].cut
    assert found[1][1] == "x" * 12
    assert found[0][0].state == "big"


def test_no_number_of_processes_changes_an_answer(tmp_path: Path) -> None:
    files = [printed.pdf(f"Page {number}") for number in range(7)]
    files[2], files[5] = page(printed.stream(b"q " * 5_000_000)), b"%PDF-1.7"
    alone, many = (rows(tmp_path, *files, jobs=jobs) for jobs in (1, 4))
    assert alone == many


def test_the_same_bytes_are_read_once(tmp_path: Path) -> None:
    assert len(rows(tmp_path, *[printed.pdf("Bonjour")] * 3)) == 1


@pytest.mark.parametrize(
    "answer",
    [b"", b"[]", b"{", b"[" * 100_000, b"null", b'["",1,0,false,0,3,"",[],[]]',
     b'["",1,0,false,0,"t",3,[],[]]', b'["",1,0,false,0,"\\ud800","",[],[]]',
     b'["",1,0,false,0,"t","",[["email"]],[]]', b'["",1,0,false,0,"t","",[],[3]]'],
    ids=lambda one: repr(one[:30]),
)  # fmt: skip
def test_no_answer_ends_the_run(answer: bytes) -> None:
    row = papers._row("k", answer)
    assert of(row) == (Paper("k", "crashed"), "")


def test_a_file_that_changed_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(printed.pdf("Autre"))
    blob = Blob("a.pdf", "public", digest.of_bytes(printed.pdf("Un")), 9, "pdf")
    with pytest.raises(OSError, match="relancez"):
        list(papers.read(tmp_path, [blob], bag, jobs=1, progress=nothing))


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    data = printed.pdf("Bonjour")
    (tmp_path / "secret.pdf").write_bytes(data)
    (tmp_path / "a.pdf").symlink_to("secret.pdf")
    blob = Blob("a.pdf", "public", digest.of_bytes(data), len(data), "pdf")
    with pytest.raises(OSError, match=r"a\.pdf"):
        list(papers.read(tmp_path, [blob], bag, jobs=1, progress=nothing))


@pytest.mark.parametrize(
    ("paper", "wanted"),
    [
        (Paper("k", "", 3, size=9), []),
        (Paper("k", "", 3, 3), ["ce PDF n’a pas de texte : c’est une image de papier"]),
        (Paper("k", "", 1), ["ce PDF n’a pas de texte"]),
        (Paper("k", "", 9, 1, size=9), ["une page de ce PDF sur 9 est une image sans texte"]),
        (Paper("k", "", 9, 2, size=9), ["2 pages de ce PDF sur 9 sont des images sans texte"]),
        (Paper("k", "", 900, cut=True, size=9), ["seul le début de ce PDF de 900 pages est lu"]),
        (Paper("k", "", 9, size=9, lost=1), ["1\u00a0page de ce PDF sur 9 ne s’ouvre pas"]),
        (Paper("k", "", 9, lost=2), ["2\u00a0pages de ce PDF sur 9 ne s’ouvrent pas"]),
        (Paper("k", "big"), ["le texte de ce PDF n’est pas lu : il pèse plus de 50 Mo"]),
        (Paper("k", "locked"), ["ce PDF demande un mot de passe"]),
        (Paper("k", "slow"), ["ce PDF n’a pas pu être lu en 20 secondes"]),
        *((Paper("k", state), [None]) for state in ("broken", "crashed", "killed")),
    ],
)
def test_one_message_for_each(paper: Paper, wanted: list[str | None]) -> None:
    content = petit_bourg.content({}, "2026-03-01")
    path = "content/documents/l’été.pdf"
    content.papers[path] = paper  # type: ignore[index]
    checks = (unreadable_pdfs, scanned_pdfs, long_pdfs)
    found = [one for check in checks for one in check(content)]
    assert [str(one.span.path) for one in found] == [path] * len(wanted)
    assert [one.message for one in found if wanted != [None]] == [one for one in wanted if one]


def test_a_name_is_quoted_for_the_shell() -> None:
    content = petit_bourg.content({}, "2026-03-01")
    content.papers["content/a/pv; rm x.pdf"] = Paper("k", "", 2, 1, size=4)  # type: ignore[index]
    content.papers["content/b/--x.pdf"] = Paper("k", "", 2, 2)  # type: ignore[index]
    found, option = scanned_pdfs(content)
    assert "ocrmypdf -l fra --skip-text 'pv; rm x.pdf' 'pv; rm x.pdf'" in found.hints[1]
    assert option.hints[1].endswith("ocrmypdf -l fra ./--x.pdf ./--x.pdf")
