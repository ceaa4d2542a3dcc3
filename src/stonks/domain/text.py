"""Text as people type it: normalised, and free of what hides or forges."""

import re
import unicodedata

from stonks.domain.errors import Invalid

_SURROGATES = "\ud800-\udfff"
_BIDI_FORMATTING = "\u202a-\u202e\u2066-\u2069"
_IN_ONE_LINE = re.compile(f"[\x00-\x1f\x7f-\x9f{_BIDI_FORMATTING}{_SURROGATES}]")
_IN_LINES = re.compile(f"[\x00-\x09\x0b-\x1f\x7f-\x9f{_BIDI_FORMATTING}{_SURROGATES}]")
_CAPITAL = re.compile("[A-Z]")
# Default_Ignorable_Code_Point and blanks (UAX #44): a name of nothing else shows as no name.
_VISIBLE = re.compile(
    "[^\\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)


def clean(text: str, *, field: str, longest: int, shortest: int = 1, lines: bool = False) -> str:
    """Trimmed text in Normalization Form C, between ``shortest`` and ``longest`` characters.

    With ``lines``, line feeds may stay. Raises ``Invalid`` for control characters, lone
    surrogates, explicit directional formatting (UAX #9: it makes text read as something that it
    is not) and for a wrong length.
    """
    if len(text) > 4 * longest + 64:  # normalising costs time; nobody types four times too much
        raise _refuse(field, "too_long", f"takes at most {_counted(longest)}")
    cleaned = (text if text.isascii() else unicodedata.normalize("NFC", text)).strip()
    if (_IN_LINES if lines else _IN_ONE_LINE).search(cleaned):
        raise _refuse(field, "bad_characters", "contains characters that cannot be shown")
    if len(cleaned) < shortest or (shortest and not _VISIBLE.search(cleaned)):
        raise _refuse(field, "too_short", f"takes at least {_counted(shortest)}")
    if len(cleaned) > longest:
        raise _refuse(field, "too_long", f"takes at most {_counted(longest)}")
    return cleaned


def _lower(capital: re.Match[str]) -> str:
    return f"_{capital[0].lower()}"


def _counted(characters: int) -> str:
    return "1 character" if characters == 1 else f"{characters} characters"


def _refuse(field: str, code: str, reason: str) -> Invalid:
    code = f"{_CAPITAL.sub(_lower, field)}_{code}"
    return Invalid(code, f"{field} {reason}", errors={field: [reason]})
