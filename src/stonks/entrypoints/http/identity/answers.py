"""What everybody gets who has just proved who they are."""

from flask import Response

from stonks.application.identity.admission import Admitted, HalfSignedIn
from stonks.domain.identity.profile import Profile
from stonks.entrypoints.http.identity.shapes import half_signed_in_json, signed_in_json
from stonks.entrypoints.http.json import answer


def admitted(profile: Profile, entry: Admitted, status: int = 200) -> Response:
    """Tokens; or, where that is not enough yet, what is worth a second factor's try."""
    if isinstance(entry, HalfSignedIn):
        return answer(half_signed_in_json(entry))
    return answer(signed_in_json(profile, entry), status)
