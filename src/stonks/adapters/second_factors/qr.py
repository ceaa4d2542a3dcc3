"""QR codes."""

import segno


def qr_svg(text: str, *, title: str) -> str:
    """An SVG of its own, without script or style from elsewhere; ``title`` is what it says aloud.

    Dark on light whatever the page's colours are, as cameras want it, with a quiet zone.
    """
    svg = segno.make_qr(text, error="m").svg_inline(
        scale=4, border=4, dark="#000", light="#fff", title=title, omitsize=False, svgclass=None
    )
    return svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" role="img" ', 1)
