"""What every response carries, so that a browser trusts it with little."""

from flask import Flask, Response

STRICT_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": STRICT_POLICY,
    "Cache-Control": "no-store",
}
YEAR = 31_536_000


def protect(app: Flask, *, over_tls: bool) -> None:
    """Add the headers that a view did not set itself."""
    headers = ALWAYS | ({"Strict-Transport-Security": f"max-age={YEAR}"} if over_tls else {})

    def add(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        return response

    app.after_request(add)
