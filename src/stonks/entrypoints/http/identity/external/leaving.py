"""Off to an issuer: to sign in, or to link."""

from typing import TYPE_CHECKING, Any

from flask import Response

from stonks.application.identity.external.ports import LINKS, STARTS
from stonks.application.identity.ports import SignedIn
from stonks.domain.identity.next_page import check_next
from stonks.entrypoints.http.identity.asking import origin
from stonks.entrypoints.http.identity.external import examples, refusals
from stonks.entrypoints.http.identity.external.browser import browser, remember
from stonks.entrypoints.http.identity.external.pages import or_tell, redirect
from stonks.entrypoints.http.identity.external.shapes import (
    AuthorizationUrlShape,
    LinkBody,
    ProvidersShape,
    StartQuery,
    provider_json,
)
from stonks.entrypoints.http.json import answer
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container


def add_routes(routes: Routes, container: "Container") -> None:
    public_url = container.settings().public_url

    @routes.get("/providers")
    @routes.answers(200, ProvidersShape, example=examples.PROVIDERS)
    def list_providers() -> Response:
        """List other places by which people may sign in here"""
        return answer({"items": [provider_json(view) for view in container.issuers().listed]})

    @routes.get("/<provider>/start", parameters=[examples.PROVIDER_PARAMETER])
    @routes.limited(303, lambda: [STARTS])
    @routes.asks(StartQuery)
    @routes.answers(303, description="To the provider, or to `next` with `#error=…`")
    @routes.refuses(
        refusals.UNKNOWN_PROVIDER,
        refusals.BAD_NEXT,
        refusals.TOO_OFTEN,
        refusals.NO_LIMITS,
        refusals.PROVIDER_AWAY,
    )
    def start_sign_in(query: dict[str, Any], provider: str) -> Response:
        """Sign in, or up, by another place

        For browsers to follow: leads to the provider, from there to its `callback`, and on to
        `next`. With a good `next` refusals are redirected as well: there, with their code as
        `#error=…`. Without one, and where the query itself is wrong, they are problem documents,
        whatever `Accept` says.
        """
        page = check_next(query["next"]) if "next" in query else None

        def leave() -> Response:
            departure = container.begin_flow()(
                provider=provider,
                next_page=page,
                browser=browser(public_url),
                address=origin()["address"],
            )
            return remember(redirect(departure.address), departure.browser, public_url)

        return or_tell(public_url, page, leave)

    @routes.post("/<provider>/link", parameters=[examples.PROVIDER_PARAMETER])
    @routes.limited(200, lambda: [STARTS, LINKS])
    @routes.for_members
    @routes.fresh
    @routes.takes(LinkBody, example=examples.LINK, required=False)
    @routes.answers(200, AuthorizationUrlShape, example=examples.ADDRESS)
    @routes.refuses(
        refusals.UNKNOWN_PROVIDER,
        refusals.BAD_NEXT,
        refusals.TOO_OFTEN,
        refusals.NO_LIMITS,
        refusals.PROVIDER_AWAY,
    )
    def start_link(body: dict[str, Any], provider: str, person: SignedIn) -> Response:
        """Begin to link another place to one's account

        Send the browser that asked this, which gets a cookie, to `authorizationUrl`; as long as
        this session lasts, the provider's `callback` links whoever signs in there.
        """
        departure = container.begin_flow()(
            provider=provider,
            next_page=body.get("next"),
            browser=browser(public_url),
            address=origin()["address"],
            person=person,
        )
        response = answer({"authorizationUrl": departure.address})
        return remember(response, departure.browser, public_url)
