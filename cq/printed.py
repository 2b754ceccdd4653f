"""The head of a page to print: letters, a procès-verbal. It asks nothing of the network, tells no
other site where it was read, and no script runs in it.
"""

_HEAD = """\
<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy"
      content="default-src 'none'; style-src 'unsafe-inline'">
<title>$title</title>
<style>
"""
_BODY = """\
</style>
</head>
<body>
"""


def page_head(style: str) -> str:
    """All up to what is in the body, for `string.Template`: `$title` is an escaped text."""
    return f"{_HEAD}{style}{_BODY}"
