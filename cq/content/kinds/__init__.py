"""Every kind of content, in the order in which messages and documentation name them."""

from cq.content.kind import Kind
from cq.content.kinds import (
    argument,
    contact,
    debate,
    document,
    dossier,
    event,
    group,
    jury,
    mailing_list,
    news,
    page,
    quartier,
    question,
    register,
    site,
    team,
    wiki,
)

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
    dossier.KIND,
    question.KIND,
    debate.KIND,
    argument.KIND,
    jury.KIND,
    mailing_list.KIND,
    contact.KIND,
    register.KIND,
)

BY_NAME = {kind.name: kind for kind in KINDS}
