"""``/verify``, ``/sign-in``, ``/reset`` and ``/keep-profile``: where links by mail lead.

The token stands behind ``#``, so that it reaches no server and no log with the page; the page's
script shows it once somebody presses the button.
"""

from collections.abc import Callable

from flask import Blueprint, Response


def add_routes(routes: Blueprint, page: Callable[[str], Response]) -> None:
    @routes.get("/verify")
    def verify() -> Response:
        return page("verify.html")

    @routes.get("/sign-in")
    def sign_in() -> Response:
        return page("sign_in.html")

    @routes.get("/reset")
    def reset() -> Response:
        return page("reset.html")

    @routes.get("/keep-profile")
    def keep_profile() -> Response:
        return page("keep_profile.html")
