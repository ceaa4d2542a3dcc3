"""Whether an answer holds the challenge that was sent."""

import json
from hmac import compare_digest


def is_answered(body: bytes, challenge: str) -> bool:
    """Whether it is the challenge, with blanks around it or without, or an object of JSON whose
    ``challenge`` it is.
    """
    return _is_it(body.strip(), challenge) or _is_it(_named(body), challenge)


def _named(body: bytes) -> bytes:
    """What such an object calls its challenge; nothing where there is none."""
    try:
        answer = json.loads(body.decode())
    except (ValueError, RecursionError):  # no UTF-8, no JSON, or too deep for anything of ours
        return b""
    told = answer.get("challenge") if isinstance(answer, dict) else None
    return told.encode(errors="replace") if isinstance(told, str) else b""


def _is_it(told: bytes, challenge: str) -> bool:
    return compare_digest(told, challenge.encode())
