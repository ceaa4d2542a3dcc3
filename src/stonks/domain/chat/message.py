"""What a person writes."""

from stonks.domain.errors import Invalid
from stonks.domain.text import clean

LONGEST_TEXT = 500
LONGEST_NONCE = 64


def message_text(raw: str) -> str:
    """The text to store: 1-500 characters, NFC, trimmed, one leading ``//`` read as ``/``."""
    line = raw.strip()
    line = line[1:] if line.startswith("//") else line
    return clean(line, field="text", longest=LONGEST_TEXT, lines=True)


def is_command(raw: str) -> bool:
    """Whether a line is a command: it starts with one slash, not two."""
    line = raw.lstrip()
    return line.startswith("/") and not line.startswith("//")


def check_nonce(nonce: str | None) -> str | None:
    """The sender's nonce, at most 64 characters of printable text; ``Invalid`` otherwise."""
    if nonce is not None and not (0 < len(nonce) <= LONGEST_NONCE and nonce.isprintable()):
        reason = f"takes 1 to {LONGEST_NONCE} printable characters"
        raise Invalid("bad_nonce", f"nonce {reason}", errors={"nonce": [reason]})
    return nonce
