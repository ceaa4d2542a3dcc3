"""Going on to a page of this site, with what it needs to know behind the ``#``.

What stands there is never sent to a server, nor to the next site as a referrer.
"""

from collections.abc import Callable
from urllib.parse import urlencode

from flask import Response

from stonks.domain.errors import Refusal


def redirect(url: str) -> Response:
    """303: look there, whatever this was."""
    return Response(status=303, headers={"Location": url})


def to_page(public_url: str, page: str, **told: str) -> Response:
    """``page`` is a checked path; the whole address leaves no doubt about the site."""
    return redirect(f"{public_url}{page}#{urlencode(told)}")


def or_tell(public_url: str, page: str | None, do: Callable[[], Response]) -> Response:
    """Do it; if it is refused and a page is waiting, the page is told which code."""
    try:
        return do()
    except Refusal as refusal:
        if page is None:
            raise
        return to_page(public_url, page, error=refusal.code)
