"""The PDF files that a page shows, each once, and no other's."""

import petit_bourg

from cq.content.item import Blob
from cq.content.layout import PUBLIC
from cq.content.papers import Paper
from cq.content.shown import papers_of

TODAY = "2026-03-01"
HEAD = "---\nfichier: pv.pdf\ndate: 2026-02-10\ntype: autre\nversion_accessible: lu.pdf\n---\n\n"


def test_each_once_in_the_order_of_the_page() -> None:
    names = ("documents/pv.pdf", "documents/lu.pdf", "pages/plan été.PDF", "prive/x.pdf", "a/b.pdf")
    spaces = {"prive/x.pdf": "conseillers"}
    blobs = [Blob(f"content/{n}", spaces.get(n, PUBLIC), n, 9, "pdf") for n in names]
    content = petit_bourg.content(
        {
            "site.yml": petit_bourg.SITE,
            "documents/pv.md": HEAD
            + "# PV\n\n[Le PV](pv.pdf) [plan](../pages/plan%20été.PDF#page=2)",
            "wiki/autre.md": "# Autre\n\n[x](../prive/x.pdf) [y](y.pdf) [lu](../documents/lu.pdf)",
            "pages/rien.md": "# Rien\n\n[pdf](https://exemple.fr/a.pdf)",
        },
        TODAY,
        blobs,
    )
    for one in blobs:
        content.papers[one.path] = Paper(one.digest, size=0 if "lu" in one.path else 5)  # type: ignore[index]
    seen = content.seen_by(PUBLIC, TODAY)
    shown = {item.id: [path for path, _ in papers_of(seen, item)] for item in seen.items}
    assert shown == {
        "documents/pv": ["content/documents/pv.pdf", "content/pages/plan été.PDF"],
        "wiki/autre": [],
        "pages/rien": [],
    }
