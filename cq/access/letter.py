"""The letter to a member: their phrase, their invitation, how to enter, what to do when it is lost.

One HTML file to print, which asks nothing of the network. It is as secret as the phrase in it.
"""

import html
from string import Template

from cq.access import sheet
from cq.access.issue import Issued
from cq.access.register import Member
from cq.content.model import Content
from cq.content.within import title_of
from cq.french.dates import iso_words
from cq.french.folding import slug
from cq.printed import page_head

_STYLE = """\
@page { size: A4; margin: 20mm; }
body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; color: #111; background: #fff;
       font: 12pt/1.45 "Liberation Serif", "Times New Roman", serif; }
h1 { font-size: 1.4em; margin: 1.5em 0 .5em; }
h2 { font-size: 1.1em; margin: 1.2em 0 .3em; break-after: avoid; }
p, ul, ol { margin: .4em 0; }
.words { display: grid; grid-template-columns: repeat(4, 1fr); gap: .4em; padding: .8em;
         border: 1.5pt solid #111; list-style: none; break-inside: avoid; }
.words li { font: bold 1.1em/1.3 "Liberation Sans", Arial, sans-serif; overflow-wrap: anywhere; }
.words span { display: block; font: .75em/1.2 "Liberation Sans", Arial, sans-serif; }
.code { display: flex; gap: 1.5em; align-items: center; break-inside: avoid; }
.code svg { flex: none; width: 38mm; height: 38mm; }
.address { overflow-wrap: anywhere; font-family: "Liberation Mono", monospace; font-size: .85em; }
footer { margin-top: 1.5em; border-top: .5pt solid #777; font-size: .85em; }
@media print { body { max-width: none; margin: 0; padding: 0; font-size: 11pt; } }
@media screen and (max-width: 34rem) {
  .words { grid-template-columns: repeat(2, 1fr); } .code { display: block; }
}
"""
_PAGE = Template(
    page_head(_STYLE)
    + """\
<p>$site<br>le $day</p>
<h1>Entrer dans l’espace privé du conseil</h1>
<p>$name,</p>
<p>Cette lettre vous ouvre : $spaces.$until</p>
$phrase
<h2>Pour entrer</h2>
<ol>
<li>Dans votre navigateur, ouvrez <span class="address">$address</span></li>
<li>Tapez les mots dans l’ordre, séparés par une espace. Accents et majuscules ne comptent pas, et
les quatre premières lettres de chaque mot suffisent.</li>
<li>Sur un ordinateur que d’autres utilisent, ne cochez pas « se souvenir », et fermez l’espace en
partant.</li>
</ol>
$code
<h2>À savoir</h2>
<ul>
<li>Gardez cette lettre chez vous, et ne la photographiez pas : elle suffit pour entrer.</li>
<li>Elle est à vous seul ou seule. Qui d’autre veut entrer demande la sienne.</li>
<li>Perdue, ou lue par quelqu’un ? Dites-le tout de suite$contact : elle sera remplacée, et
l’ancienne n’ouvrira plus ce qui sera publié ensuite.</li>
<li>Personne ne vous demandera jamais ces mots, ni par courriel ni au téléphone.</li>
</ul>
<footer>Les pages de cet espace sont chiffrées : elles ne s’ouvrent que dans votre navigateur, avec
cette phrase. Personne ne peut la retrouver pour vous ; il faut en faire une autre.</footer>
</body>
</html>
"""
)
_PHRASE = Template("""\
<h2>Votre phrase de passe</h2>
<ol class="words">
$words
</ol>""")
_CODE = Template("""\
<h2>Ou bien, avec un téléphone</h2>
<div class="code">$svg
<p>Visez ce dessin avec l’appareil photo : l’espace s’ouvre sans rien taper. Il vaut la phrase de
passe ; ne le montrez à personne.</p></div>""")


def letter(one: Issued, content: Content, today: str) -> str:
    """The page, for one who was just let in."""
    member, site = one.member, content.site
    address = entrance(content)
    spaces = ", ".join(title_of(content, space) for space in member.spaces)
    code = ""
    if one.token and address:
        code = _CODE.substitute(svg=_drawing(sheet.invitation(address, one.token, member)))
    words = "\n".join(
        f"<li><span>{number}</span> {html.escape(word)}</li>"
        for number, word in enumerate(one.phrase.split(), 1)
    )
    contact = str(site.get("contact") or "")
    return _PAGE.substitute(
        title=html.escape(f"Lettre pour {member.name}"),
        site=html.escape(str(site.get("nom") or "")),
        day=iso_words(today),
        name=html.escape(member.name),
        spaces=html.escape(spaces),
        until=f" Elle vaut jusqu’au {iso_words(member.until)}." if member.until else "",
        phrase=_PHRASE.substitute(words=words) if one.phrase else "",
        address=html.escape(address or "la page « espace » du site"),
        code=code,
        contact=html.escape(f", en écrivant à {contact}" if contact else ""),
    )


def entrance(content: Content) -> str:
    """The address of the shell; "" for a site that does not know its own."""
    return f"{content.base.rstrip('/')}/espace/" if content.base else ""


def file_name(member: Member) -> str:
    return f"lettre-{slug(member.id) or 'membre'}.html"


def _drawing(link: str) -> str:
    """A QR code as SVG: 15 % of it may be stained or folded."""
    import segno

    made = segno.make(link, error="m", micro=False)
    drawn: str = made.svg_inline(border=4, omitsize=True, title="Invitation, en code QR")
    return drawn
