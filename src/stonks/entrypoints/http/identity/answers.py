"""What everybody gets who has just proved who they are."""

from flask import Response

from stonks.application.identity.admission import Admitted, HalfSignedIn
from stonks.application.identity.grants import Grant
from stonks.domain.identity.profile import Profile
from stonks.entrypoints.http import cookies
from stonks.entrypoints.http.identity.shapes import (
    cookie_signed_in_json,
    half_signed_in_json,
    signed_in_json,
)
from stonks.entrypoints.http.json import answer


def admitted(profile: Profile, entry: Admitted, status: int = 200) -> Response:
    """Tokens, or cookies for whoever asks for those; or, where that is not enough yet, what is
    worth a second factor's try.

    A redirect that must carry a session itself is given to ``cookies.keep``.
    """
    if isinstance(entry, HalfSignedIn):
        return answer(half_signed_in_json(entry))
    if cookies.is_wanted():
        return _in_cookies(profile, entry, status)
    return answer(signed_in_json(profile, entry), status)


def _in_cookies(profile: Profile, grant: Grant, status: int) -> Response:
    response = answer({}, status)
    token = cookies.keep(response, grant)
    said = answer(cookie_signed_in_json(profile, token, cookies.lasts()))
    response.set_data(said.get_data())
    return response
