"""A QR code as the squares of one SVG path: drawn in the page, no picture to fetch."""


def squares(text: str) -> tuple[int, str]:
    """How many squares a side has, and the path of the dark ones; 15 % of it may be stained."""
    import segno

    rows = segno.make(text, error="m", micro=False).matrix
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    return len(rows), path
