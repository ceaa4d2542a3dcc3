"""Where a mail server is, as a URL says it."""

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Smtp:
    """Where a mail server is, and who we are to it.

    ``smtps`` speaks TLS from the start; ``smtp`` turns to it by STARTTLS, which it insists on
    where it has a password to tell, unless ``is_plain`` says that there is no need.
    """

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    is_tls: bool = False
    is_plain: bool = False

    @classmethod
    def at(cls, url: str) -> "Smtp":
        """``smtp://user:password@host:587``, ``smtps://…``, ``smtp://host?tls=off``.

        Raises ``ValueError`` for what is neither.
        """
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise ValueError("no smtp URL")
        if parts.path not in ("", "/") or parts.query not in ("", "tls=off") or parts.fragment:
            raise ValueError("more than a server")
        is_tls = parts.scheme == "smtps"
        return cls(
            parts.hostname,
            parts.port or (465 if is_tls else 587),
            unquote(parts.username or ""),
            unquote(parts.password or ""),
            is_tls,
            parts.query == "tls=off",
        )
