"""Back from an issuer."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flask import Response
from marshmallow import EXCLUDE

from stonks.application.identity.external.ports import ENTRIES, EXCHANGES, RETURNS, Returned
from stonks.domain.identity.external_flow import ExternalFlow
from stonks.entrypoints.http.identity.answers import admitted
from stonks.entrypoints.http.identity.asking import origin
from stonks.entrypoints.http.identity.examples import SIGNED_IN
from stonks.entrypoints.http.identity.external import examples, refusals
from stonks.entrypoints.http.identity.external.browser import browser, remember
from stonks.entrypoints.http.identity.external.pages import or_tell, to_page
from stonks.entrypoints.http.identity.external.shapes import (
    CallbackQuery,
    ExchangeBody,
    IdentityShape,
    identity_json,
)
from stonks.entrypoints.http.identity.refusals import BUSY, SESSION_ENDED, TOO_MANY_SIGNUPS
from stonks.entrypoints.http.identity.second_factors.examples import HALF_SIGNED_IN
from stonks.entrypoints.http.identity.second_factors.shapes import HalfSignedInShape
from stonks.entrypoints.http.identity.shapes import SignedInShape
from stonks.entrypoints.http.json import answer
from stonks.entrypoints.http.refusals import BAD_FIELDS
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container

ENTERED: Mapping[str, Any] = {
    "signedIn": {"summary": "Somebody signed in", "value": SIGNED_IN},
    "halfSignedIn": {"summary": "A second factor is asked for", "value": HALF_SIGNED_IN},
}
LINKED: Mapping[str, Any] = {
    "linked": {"summary": "Somebody linked it", "value": examples.IDENTITY}
}


def _one_of(shapes: list[Any], shown: Mapping[str, Any]) -> dict[str, Any]:
    content = {"schema": {"oneOf": shapes}, "examples": dict(shown)}
    return {"description": "Who it is", "content": {"application/json": content}}


def add_routes(routes: Routes, container: "Container") -> None:
    public_url = container.settings().public_url

    @routes.get("/<provider>/callback", parameters=[examples.PROVIDER_PARAMETER])
    @routes.limited(200, lambda: [RETURNS, ENTRIES])
    @routes.arguments(CallbackQuery, location="query", unknown=EXCLUDE)
    @routes.doc(
        responses={
            200: _one_of([SignedInShape, HalfSignedInShape, IdentityShape], {**ENTERED, **LINKED}),
            303: {"description": "To `next`, with `#code=…`, `#linked=…` or `#error=…`"},
        }
    )
    @routes.refuses(
        BAD_FIELDS,
        refusals.UNKNOWN_PROVIDER,
        refusals.STATE,
        refusals.CANCELLED,
        refusals.NOT_PROVED,
        refusals.LEFT,
        refusals.UNVERIFIED,
        refusals.LINK_FIRST,
        refusals.IDENTITY_TAKEN,
        SESSION_ENDED,
        TOO_MANY_SIGNUPS,
        refusals.TOO_OFTEN,
        refusals.NO_LIMITS,
        refusals.PROVIDER_AWAY,
        refusals.NO_USERNAME,
    )
    def finish_sign_in(query: dict[str, str], provider: str) -> Response:
        """Come back from another place

        For the provider to lead browsers to, once, within 10 minutes, and in the same browser.
        Whoever is new becomes a member, if the provider verified their address and it has no
        account here.

        With the `next` of its start, redirected there: by `#code=…`, worth 60 seconds at
        `POST /auth/exchange`, by `#linked=…`, or by `#error=…` with the code of a refusal. Without
        one it answers JSON, and refusals as problem documents, whatever `Accept` says. As long as
        it is not known where to go on (`state` is unknown, too old, used, or another browser's),
        refusals are problem documents, too.
        """
        flow = container.take_flow()(
            provider=provider,
            state=query.get("state"),
            browser=browser(public_url),
            address=origin()["address"],
        )
        returned = Returned(query.get("code"), query.get("error"), query.get("iss"))
        return or_tell(public_url, flow.next, lambda: _finished(container, flow, returned))

    @routes.post("/exchange")
    @routes.limited(200, lambda: [EXCHANGES])
    @routes.takes(ExchangeBody, example=examples.EXCHANGE)
    @routes.doc(responses={200: _one_of([SignedInShape, HalfSignedInShape], ENTERED)})
    @routes.refuses(refusals.CODE, refusals.TOO_OFTEN, refusals.NO_LIMITS, BUSY)
    def exchange_code(body: dict[str, Any]) -> Response:
        """Change the code of an address for tokens

        What `callback` put behind the `#` of `next`, once, in the same browser.
        """
        return admitted(*container.exchange_code()(**body, **origin(), browser=browser(public_url)))


def _finished(container: "Container", flow: ExternalFlow, returned: Returned) -> Response:
    vouched = container.issuers().vouch(flow, returned)
    public_url = container.settings().public_url
    if flow.link is not None:
        identity = container.link_identity()(link=flow.link, flow=flow, vouched=vouched)
        if flow.next is None:
            return answer(identity_json(identity))
        return to_page(public_url, flow.next, linked=flow.provider)
    if flow.next is None:
        return admitted(*container.enter()(flow=flow, vouched=vouched, **origin()))
    code = container.enter().for_a_page(flow=flow, vouched=vouched, address=origin()["address"])
    response = to_page(public_url, flow.next, code=code)
    return remember(response, browser(public_url) or "", public_url)
