"""Every kind of content, in the order in which messages and documentation name them."""

from cq.content.kind import Kind
from cq.content.kinds import document, event, group, news, page, quartier, site, team, wiki

KINDS: tuple[Kind, ...] = (
    site.KIND,
    team.KIND,
    quartier.KIND,
    group.KIND,
    page.KIND,
    news.KIND,
    event.KIND,
    document.KIND,
    wiki.KIND,
)

BY_NAME = {kind.name: kind for kind in KINDS}
