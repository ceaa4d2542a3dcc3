"""What every response carries, so that a browser trusts it with little.

After the OWASP Secure Headers Project; without COEP, as images may come from a bucket.
"""

from flask import Flask, Response

STRICT_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
UNUSED = (
    *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen"),
    *("geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment"),
    *("picture-in-picture", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED),
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
