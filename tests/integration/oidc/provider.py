"""An OpenID provider that lies on demand."""

import gzip
import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from secrets import token_urlsafe
from threading import Event, Thread
from time import time
from typing import Any

from flask import Flask, Response, jsonify, redirect, request
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server

CLIENT_ID, CLIENT_SECRET = "stonks", "hunter2 of a client"
KEY = RSAKey.generate_key(2048, {"kid": "first"})
NEXT_KEY = RSAKey.generate_key(2048, {"kid": "second"})
SECONDS_OF_DRIPPING = 30
Answer = Callable[[], Any]


@dataclass(slots=True)
class Provider:
    """Honest, as long as nothing is changed: PKCE, client secret and redirect are all checked.

    ``claims`` go into ID tokens (``...`` takes one out), ``metadata`` into what it tells of
    itself, and ``instead`` answers in place of a path. ``asked`` are the paths, in order.
    """

    url: str = ""
    user: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    user_info: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)
    returned: dict[str, str] = field(default_factory=dict)
    instead: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    signer: RSAKey = field(default_factory=lambda: KEY)
    keys: list[RSAKey] = field(default_factory=lambda: [KEY])
    write: Callable[[dict[str, Any]], str] | None = None
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    tokens_given: list[str] = field(default_factory=list)
    over: Event = field(default_factory=Event)

    def begin_anew(self, user: dict[str, Any]) -> None:
        """Be honest again, and end whatever still drips."""
        self.over.set()
        fresh = Provider(self.url, user)
        for item in fields(self):
            setattr(self, item.name, getattr(fresh, item.name))

    def app(self) -> Flask:
        app = Flask("provider")
        app.before_request(self._perhaps_instead)
        app.add_url_rule("/.well-known/openid-configuration", view_func=self._configuration)
        app.add_url_rule("/jwks", view_func=self._jwks)
        app.add_url_rule("/authorize", view_func=self._authorize)
        app.add_url_rule("/token", view_func=self._token, methods=["POST"])
        app.add_url_rule("/userinfo", view_func=self._userinfo)
        return app

    def _perhaps_instead(self) -> Any:
        self.asked.append(request.path)
        answer = self.instead.get(request.path)
        return answer() if answer else None

    def _configuration(self) -> Response:
        told = {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/jwks",
            "id_token_signing_alg_values_supported": ["RS256"],
        } | self.metadata
        return jsonify({name: value for name, value in told.items() if value is not ...})

    def _jwks(self) -> Response:
        return jsonify({"keys": [key.as_dict(private=False) for key in self.keys]})

    def _authorize(self) -> Any:
        asked = request.args.to_dict()
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT_ID
        assert asked["code_challenge_method"] == "S256"
        code = token_urlsafe(16)
        self.codes[code] = asked
        told = {"code": code, "state": asked["state"]} | self.returned
        query = "&".join(f"{name}={value}" for name, value in told.items())
        return redirect(f"{asked['redirect_uri']}?{query}")

    def _token(self) -> Any:
        asked = self.codes.pop(request.form["code"], None)
        proof = hashlib.sha256(request.form["code_verifier"].encode()).digest()
        challenge = urlsafe_b64encode(proof).rstrip(b"=").decode()
        who = request.authorization
        if who is None or (who.username, who.password) != (CLIENT_ID, CLIENT_SECRET):
            return jsonify({"error": "invalid_client"}), 401
        if (
            asked is None
            or asked["code_challenge"] != challenge
            or asked["redirect_uri"] != request.form["redirect_uri"]
        ):
            return jsonify({"error": "invalid_grant"}), 400
        access_token = token_urlsafe(16)
        self.tokens_given.append(access_token)
        told = {"access_token": access_token, "token_type": "Bearer", "expires_in": 3600}
        return jsonify(told | {"id_token": self._id_token(asked)})

    def _id_token(self, asked: dict[str, str]) -> str:
        now = int(time())
        told = {"iss": self.url, "aud": CLIENT_ID, "iat": now, "exp": now + 600}
        told |= {"nonce": asked["nonce"]} | self.user | self.claims
        told = {name: value for name, value in told.items() if value is not ...}
        if self.write is not None:
            return self.write(told)
        return jwt.encode({"alg": "RS256", "kid": self.signer.kid}, told, self.signer)

    def _userinfo(self) -> Any:
        assert request.authorization is not None
        assert request.authorization.token in self.tokens_given
        return jsonify(self.user_info)


@contextmanager
def running(provider: Provider) -> Iterator[Provider]:
    """Serve it on a free port of loopback, and end whatever still drips."""
    server = make_server("127.0.0.1", 0, provider.app(), threaded=True)
    server.daemon_threads = True
    provider.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        provider.over.set()
        server.shutdown()
        thread.join(30)
        server.server_close()


def hanging(provider: Provider) -> Answer:
    """Says nothing for a long time, and then what is right."""

    over = provider.over

    def hang() -> None:
        over.wait(SECONDS_OF_DRIPPING)

    return hang


def dripping(provider: Provider, body: Callable[[], bytes]) -> Answer:
    """The right answer, a byte at a time."""

    over = provider.over

    def drip() -> Response:
        def drops() -> Iterator[bytes]:
            for byte in body():
                over.wait(0.1)
                yield bytes([byte])

        return Response(drops(), mimetype="application/json")

    return drip


def endless(provider: Provider) -> Answer:
    """JSON that never ends, as fast as it is read."""

    over = provider.over

    def pour() -> Response:
        def water() -> Iterator[bytes]:
            yield b'{"a":"'
            while not over.is_set():
                yield b"a" * 65536

        return Response(water(), mimetype="application/json")

    return pour


def packed(body: Callable[[], bytes]) -> Answer:
    """The right answer, compressed without being asked."""
    headers = {"Content-Encoding": "gzip", "Content-Type": "application/json"}
    return lambda: Response(gzip.compress(body()), headers=headers)
