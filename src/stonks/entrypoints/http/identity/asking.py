"""Where a request comes from."""

from flask import request


def origin() -> dict[str, str]:
    """The device and the network address of whoever is signing in."""
    return {"device": request.user_agent.string, "address": request.remote_addr or ""}
