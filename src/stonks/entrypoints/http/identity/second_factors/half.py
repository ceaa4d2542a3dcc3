"""How a route that lets somebody in says that it may ask for a second factor."""

from typing import Any

from stonks.entrypoints.http.identity.second_factors.shapes import HalfSignedInShape
from stonks.entrypoints.http.identity.shapes import SignedInShape

OR_HALF: dict[str, Any] = {
    "responses": {
        200: {
            "content": {
                "application/json": {"schema": {"oneOf": [SignedInShape, HalfSignedInShape]}}
            }
        }
    }
}
