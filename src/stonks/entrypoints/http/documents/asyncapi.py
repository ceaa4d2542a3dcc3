"""The socket protocol as an AsyncAPI 3 document, made from the frames that are spoken."""

from typing import Any

import msgspec
from msgspec import Struct

from stonks import __version__
from stonks.adapters.wire import frames
from stonks.adapters.wire.closing import MEANINGS
from stonks.adapters.wire.examples import EXAMPLES
from stonks.entrypoints.http.documents.prose import prose, summary, with_prose

ANSWERS: dict[type[Struct], list[type[Struct]]] = {
    frames.Authenticate: [frames.Authenticated, frames.Error],
    frames.Subscribe: [frames.Subscribed, frames.Error],
    frames.Unsubscribe: [frames.Unsubscribed, frames.Error],
    frames.Send: [frames.Ack, frames.Result, frames.Error],
    frames.Ping: [frames.Pong],
}
TICKET = {
    "ticket": {
        "type": "string",
        "description": "From `POST /api/v1/auth/ws-ticket`: signs the socket in, once.",
    },
    "anonymous": {
        "type": "string",
        "description": "Whatever it says: the cookie of a signed-in browser is not looked at.",
    },
}
AFTER = {
    "after": {
        "type": "integer",
        "minimum": 0,
        "description": "The last `seq` that was seen: every entry follows from there.",
    }
}
ABOUT = """\
Live chat over WebSockets: text frames, one JSON object each, at most 16 KiB.

A socket starts anonymous and may read; `authenticate` signs it in. One that a page opens in a
signed-in browser is signed in by its cookie, and told so right after `hello`. Never put a token in
an address: clients that must put something there get a ticket, which works once and for 30 seconds,
from `POST /api/v1/auth/ws-ticket` and connect with `?ticket=…`. They are told `authenticated`
right after `hello`; a ticket that is wrong, used or too old is refused before the upgrade with 401
(`ticket_invalid`). After a reconnect, `subscribe` with the last `seq` that was seen as `after`:
every entry follows once, in order.

Who is signed in gets their own notifications as well, with nothing to subscribe to.
"""


def asyncapi_document() -> dict[str, Any]:
    return {
        "asyncapi": "3.0.0",
        "info": _info(),
        "defaultContentType": "application/json",
        "servers": {"this": _server()},
        "channels": {"socket": _socket(), "channelSocket": _channel_socket()},
        "operations": {**_received(), **_sent()},
        "components": {"messages": _messages(), "schemas": schemas()},
    }


def schemas() -> dict[str, Any]:
    """JSON schemas of all frames and what they are made of, by name."""
    template = "#/components/schemas/{name}"
    _, components = msgspec.json.schema_components(
        _all_frames(), ref_template=template, schema_hook=_anything
    )
    described: dict[str, Any] = with_prose(components)
    return described


def _anything(kind: type) -> dict[str, Any]:
    """``object`` is whatever JSON can say."""
    if kind is not object:
        raise NotImplementedError
    return {"description": "any JSON"}


def tag_of(frame: type[Struct]) -> str:
    """The ``type`` of a frame."""
    return str(frame.__struct_config__.tag)


def _all_frames() -> tuple[type[Struct], ...]:
    return (*frames.CLIENT_FRAMES, *frames.SERVER_FRAMES)


def _info() -> dict[str, Any]:
    closing = "\n".join(f"- {int(code)}: {meaning}" for code, meaning in MEANINGS.items())
    return {
        "title": "Stonks sockets",
        "version": __version__,
        "description": f"{ABOUT}\nClose codes:\n\n{closing}\n",
        "license": {"name": "MIT"},
    }


def _server() -> dict[str, Any]:
    host = {"default": "localhost:8000", "description": "Where this Stonks is reached."}
    return {"host": "{host}", "protocol": "ws", "variables": {"host": host}}


def _socket() -> dict[str, Any]:
    return {
        "address": "/ws",
        "title": "One socket for everything",
        "messages": {frame.__name__: _ref("messages", frame) for frame in _all_frames()},
        "bindings": _asked(TICKET),
    }


def _asked(query: dict[str, Any]) -> dict[str, Any]:
    """What the handshake may say after ``?``."""
    schema = {"type": "object", "properties": query}
    return {"ws": {"method": "GET", "query": schema, "bindingVersion": "0.1.0"}}


def _channel_socket() -> dict[str, Any]:
    slug = {"description": "The channel's slug.", "examples": ["night-trades"]}
    return _socket() | {
        "address": "/ws/channels/{slug}",
        "title": "The same, subscribed to one channel's live chat from the start",
        "parameters": {"slug": slug},
        "bindings": _asked(AFTER | TICKET),
    }


def _received() -> dict[str, Any]:
    """What clients send; the document is written from the server's side."""
    return {
        tag_of(frame): _operation("receive", frame) | _reply(frame)
        for frame in frames.CLIENT_FRAMES
    }


def _sent() -> dict[str, Any]:
    return {f"on-{tag_of(frame)}": _operation("send", frame) for frame in frames.SERVER_FRAMES}


def _operation(action: str, frame: type[Struct]) -> dict[str, Any]:
    return {
        "action": action,
        "channel": {"$ref": "#/channels/socket"},
        "summary": summary(frame),
        "messages": [_message_of_channel(frame)],
    }


def _reply(frame: type[Struct]) -> dict[str, Any]:
    if frame not in ANSWERS:
        return {}
    messages = [_message_of_channel(answer) for answer in ANSWERS[frame]]
    return {"reply": {"channel": {"$ref": "#/channels/socket"}, "messages": messages}}


def _messages() -> dict[str, Any]:
    return {frame.__name__: _message(frame) for frame in _all_frames()}


def _message(frame: type[Struct]) -> dict[str, Any]:
    return {
        "name": tag_of(frame),
        "title": tag_of(frame),
        "summary": summary(frame),
        "description": prose(frame),
        "payload": _ref("schemas", frame),
        "examples": [{"payload": dict(EXAMPLES[frame])}],
    }


def _ref(kind: str, frame: type[Struct]) -> dict[str, str]:
    return {"$ref": f"#/components/{kind}/{frame.__name__}"}


def _message_of_channel(frame: type[Struct]) -> dict[str, str]:
    return {"$ref": f"#/channels/socket/messages/{frame.__name__}"}
