"""What the processes say: one chain for structlog and the standard library, free of secrets."""

import logging
import re
import sys
from collections.abc import Sequence

import msgspec
import structlog
from structlog.tracebacks import ExceptionDictTransformer
from structlog.typing import EventDict, Processor, WrappedLogger

from stonks.entrypoints.settings import Settings

HIDDEN = "(hidden)"
SECRET_KEYS = re.compile(r"authori[sz]ation|password|secret|token|ticket|cookie|private_?key", re.I)
SECRET_TEXT = re.compile(
    r"(?<=Bearer )[^\s\"']+"  # what follows in an Authorization header
    r"|\beyJ[\w-]+\.[\w-]+\.[\w-]+"  # a JWT
    r"|\bv4\.public\.[\w-]+"  # a PASETO
    r"|(?<=://)[^\s/@\"']*:[^\s/@\"']+(?=@)"  # a name and password in a URL
    r"|(?<=ticket=)[^\s&\"']+",  # a ticket in a URL
    re.I,
)


def set_up_logs(settings: Settings) -> None:
    """Send what this process logs to its standard output, as ``log_format`` says."""
    chain = _chain()
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=chain,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *_rendering(is_for_people=_is_for_people(settings)),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=settings.log_level.upper(), force=True)
    logging.getLogger("alembic").setLevel(logging.WARNING)  # it tells of its own plugins
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *chain,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def hide_secrets(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """The event without anything by which somebody could sign in."""
    return {
        name: HIDDEN if SECRET_KEYS.search(name) else _without_secrets(value)
        for name, value in event.items()
    }


def _without_secrets(value: object) -> object:
    if isinstance(value, str):
        return SECRET_TEXT.sub(HIDDEN, value)
    if isinstance(value, dict):
        return {
            name: HIDDEN if SECRET_KEYS.search(str(name)) else _without_secrets(inner)
            for name, inner in value.items()
        }
    if isinstance(value, list | tuple | set | frozenset):
        return [_without_secrets(inner) for inner in value]
    if isinstance(value, int | float | None):
        return value
    return SECRET_TEXT.sub(HIDDEN, str(value))


def _chain() -> Sequence[Processor]:
    return (
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.ExtraAdder(),
    )


def _rendering(*, is_for_people: bool) -> Sequence[Processor]:
    if is_for_people:
        return (
            structlog.processors.format_exc_info,
            hide_secrets,
            structlog.dev.ConsoleRenderer(colors=sys.stdout.isatty(), pad_event_to=0),
        )
    return (
        structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
        hide_secrets,
        structlog.processors.JSONRenderer(serializer=_json),
    )


def _json(event: EventDict, **_: object) -> str:
    return msgspec.json.encode(event).decode()


def _is_for_people(settings: Settings) -> bool:
    if settings.log_format == "auto":
        return sys.stdout.isatty()
    return settings.log_format == "console"
