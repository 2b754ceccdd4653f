"""What the published folder tells its host: one value a name, whatever address is asked for."""

from cq import headers


def rules() -> dict[str, list[tuple[str, str]]]:
    """`_headers` as hosts read it: an address, then indented lines."""
    found: dict[str, list[tuple[str, str]]] = {}
    place = ""
    for line in headers.for_hosts()["_headers"].decode().splitlines():
        if line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            found[place].append((name, value))
        else:
            place = line
            found[place] = []
    return found


def test_nobody_frames_a_page_and_no_search_engine_keeps_the_spaces() -> None:
    found = rules()
    assert list(found) == ["/*", "/espace/*"]
    everywhere, spaces = dict(found["/*"]), dict(found["/espace/*"])
    assert "frame-ancestors 'none'" in everywhere["Content-Security-Policy"]
    assert everywhere["X-Content-Type-Options"] == "nosniff"
    assert everywhere["Referrer-Policy"] == "no-referrer"
    assert spaces["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert {**everywhere, **spaces}.items() >= dict(headers.HEADERS).items()


def test_no_header_comes_twice() -> None:
    """Hosts join two values of one name: the public pages' policy would be another one."""
    names = [name.lower() for some in rules().values() for name, _ in some]
    assert len(names) == len(set(names))


def test_lines_are_what_every_host_takes() -> None:
    text = headers.for_hosts()["_headers"]
    assert text.isascii()
    assert max(map(len, text.splitlines())) < 2_000
    assert headers.for_hosts()[".nojekyll"] == b""
