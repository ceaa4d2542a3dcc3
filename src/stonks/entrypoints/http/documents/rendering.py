"""Documents as bytes."""

from collections.abc import Mapping

import msgspec

from stonks.entrypoints.http.api import StonksApi
from stonks.entrypoints.http.documents.asyncapi import asyncapi_document
from stonks.entrypoints.http.documents.webhooks import with_webhooks


def openapi_json(api: StonksApi) -> bytes:
    document = api.document()
    for path in document["paths"].values():
        for method in path.keys() - {"parameters"}:
            operation = path[method]
            operation["responses"] = dict(sorted(operation["responses"].items()))
    return _indented(with_webhooks(document))


def asyncapi_json() -> bytes:
    return _indented(asyncapi_document())


def _indented(document: Mapping[str, object]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"
