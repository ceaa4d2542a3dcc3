"""Routes that say what they take, what they answer, and how they refuse."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

import flask
from flask_smorest.utils import deepupdate

from stonks.domain.errors import Refusal
from stonks.domain.identity.scope import Scope
from stonks.domain.identity.session import is_fresh
from stonks.entrypoints.http import csrf, idempotency, limits
from stonks.entrypoints.http.bodies import Body, Query, Shape, camel
from stonks.entrypoints.http.parser import StrictParser
from stonks.entrypoints.http.problems import Problem
from stonks.entrypoints.http.refusals import (
    BAD_FIELDS,
    EXPIRED,
    FORGED,
    MALFORMED,
    NOBODY,
    NOT_FRESH,
    OTHER_MEDIA,
    OVER,
    SCOPE_MISSING,
    described,
)
from stonks.entrypoints.http.signed_in import maybe_signed_in, signed_in

View = TypeVar("View", bound=Callable[..., Any])

if TYPE_CHECKING:
    from stonks.application.identity.ports import SignedIn
    from stonks.application.ports import Limit
    from stonks.entrypoints.container import Container

    class _Blueprint(flask.Blueprint):
        """flask-smorest carries no types; these are Flask's, and what is used besides."""

        def __init__(self, *args: Any, description: str, **options: Any) -> None: ...
        def arguments(self, *args: Any, **options: Any) -> Callable[[View], View]: ...
        def response(self, *args: Any, **options: Any) -> Callable[[View], View]: ...
else:
    from flask_smorest import Blueprint as _Blueprint

BEARER: Mapping[str, list[str]] = {"bearer": []}
COOKIE: Mapping[str, list[str]] = {"cookie": []}
COOKIE_AND_TOKEN: Mapping[str, list[str]] = {"cookie": [], "csrf": []}
_SCOPE = "_stonks_scope"


class Routes(_Blueprint):
    """A blueprint of views, each documented by the decorators that serve it."""

    ARGUMENTS_PARSER = StrictParser()

    def __init__(self, name: str, prefix: str, about: str, container: "Container") -> None:
        super().__init__(name, __name__, url_prefix=prefix, description=about)
        self.container = container

    def add_url_rule(
        self, rule: str, endpoint: Any = None, view_func: Any = None, *args: Any, **options: Any
    ) -> None:
        named = self.doc(operationId=camel(view_func.__name__))(view_func)
        _tell_of_cookies(named, frozenset(options.get("methods") or ()))
        super().add_url_rule(rule, endpoint, named, *args, **options)

    @staticmethod
    def doc(**told: Any) -> Callable[[View], View]:
        """Add to what the document tells of a view.

        flask-smorest's own copies all that was told before, each time, and costs a call on every
        request; these views belong to one blueprint, so nothing is shared that could change.
        """

        def documented(view: View) -> View:
            document = vars(view).setdefault("_apidoc", {})
            deepupdate(document.setdefault("manual_doc", {}), told)
            return view

        return documented

    def takes(
        self, schema: type[Body], *, example: Mapping[str, object], required: bool = True
    ) -> Callable[[View], View]:
        """The view gets the checked body as its first argument; the example must work."""

        def checked(view: View) -> View:
            refusing = self.refuses(MALFORMED, OTHER_MEDIA, BAD_FIELDS)(view)
            return self.arguments(schema, example=dict(example), required=required)(refusing)

        return checked

    def asks(self, schema: type[Query]) -> Callable[[View], View]:
        """The view gets the checked parameters after ``?`` as its first argument."""

        def checked(view: View) -> View:
            return self.arguments(schema, location="query")(self.refuses(BAD_FIELDS)(view))

        return checked

    def answers(
        self,
        status: int,
        schema: type[Shape] | None = None,
        *,
        example: object = None,
        description: str | None = None,
    ) -> Callable[[View], View]:
        """What a success looks like; the view makes it with ``answer``."""
        return self.response(status, schema, example=example, description=description)

    def refuses(self, *refusals: Refusal | Problem) -> Callable[[View], View]:
        """The ways in which the use case refuses, each with its example."""
        return self.doc(responses=described(refusals))

    def limited(self, status: int, ask: "Callable[[], Sequence[Limit]]") -> Callable[[View], View]:
        """Say on every answer how often this may be done; comes before all that refuses.

        How much is left is said where nothing is: to know it before would be one more question
        to Redis on each request.
        """

        def telling(view: View) -> View:
            @wraps(view)
            def told(*args: Any, **kwargs: Any) -> Any:
                flask.after_this_request(_telling(limits.policy(ask())))
                return view(*args, **kwargs)

            headers = {"headers": dict(limits.DESCRIBED)}
            documented = self.doc(responses={status: headers, 429: headers})
            return documented(cast(View, told))

        return telling

    def for_members(self, view: View) -> View:
        """Only for people who are signed in; the view gets ``person``. Asked before all else."""

        scope = _scope_of(view)

        @wraps(view)
        def admitted(*args: Any, **kwargs: Any) -> Any:
            return view(*args, person=signed_in(self.container, scope), **kwargs)

        responses = described([NOBODY, FORGED, EXPIRED, OVER, SCOPE_MISSING])
        return self.doc(security=[_bearer(scope)], responses=responses)(cast(View, admitted))

    def scoped(self, scope: Scope) -> Callable[[View], View]:
        """Also for personal access tokens that have this scope; others have no use here.

        Comes after ``for_members`` or ``for_anybody``.
        """

        def marked(view: View) -> View:
            vars(view)[_SCOPE] = scope
            return view

        return marked

    def fresh(self, view: View) -> View:
        """Only for people who proved lately who they are; comes after ``for_members``."""

        @wraps(view)
        def proven(*args: Any, person: "SignedIn", **kwargs: Any) -> Any:
            if not is_fresh(person.proven_at, self.container.now()()):
                raise NOT_FRESH
            return view(*args, person=person, **kwargs)

        return self.refuses(NOT_FRESH)(cast(View, proven))

    def for_anybody(self, view: View) -> View:
        """The view gets ``person`` or None; a token that is not valid is refused even so."""

        scope = _scope_of(view)

        @wraps(view)
        def admitted(*args: Any, **kwargs: Any) -> Any:
            person = maybe_signed_in(self.container)
            if person is not None and person.scopes is not None and scope not in person.scopes:
                person = None  # a token without the scope sees what anybody sees
            return view(*args, person=person, **kwargs)

        responses = described([FORGED, EXPIRED, OVER])
        return self.doc(security=[{}, BEARER], responses=responses)(cast(View, admitted))

    def once(self, view: View) -> View:
        """Honour ``Idempotency-Key``; comes after ``for_members``, whose ``person`` it needs."""

        @wraps(view)
        def replaying(*args: Any, person: "SignedIn", **kwargs: Any) -> Any:
            execute = partial(view, *args, person=person, **kwargs)
            return idempotency.once(self.container, person.profile_id, execute)

        responses = described([idempotency.REUSED, idempotency.IN_USE, idempotency.LOST])
        documented = self.doc(parameters=[idempotency.PARAMETER], responses=responses)
        return documented(cast(View, replaying))


def _tell_of_cookies(view: Callable[..., Any], methods: frozenset[str]) -> None:
    """A browser's cookie does for whoever signs in; to change anything it takes more than that."""
    security = vars(view)["_apidoc"]["manual_doc"].get("security")
    if security is None:
        return
    if methods <= csrf.SAFE:
        Routes.doc(security=[*security, COOKIE])(view)
        return
    refusing = described([csrf.FAILED])
    Routes.doc(security=[*security, COOKIE_AND_TOKEN], responses=refusing)(view)


def _scope_of(view: Callable[..., Any]) -> Scope | None:
    scope: Scope | None = vars(view).get(_SCOPE)
    return scope


def _bearer(scope: Scope | None) -> Mapping[str, list[str]]:
    """Scopes are asked of personal access tokens alone."""
    return BEARER if scope is None else {"bearer": [scope.value]}


def _telling(policy: str) -> Callable[[flask.Response], flask.Response]:
    def tell(response: flask.Response) -> flask.Response:
        response.headers[limits.POLICY] = policy
        return response

    return tell
