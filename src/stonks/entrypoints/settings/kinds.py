"""The kinds of values that settings take: how each is read, and how it is told to people."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parseaddr
from ipaddress import ip_network
from math import isfinite
from urllib.parse import urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from environs import Env, ValidationError, validate

from stonks.adapters.egress.addresses import Network
from stonks.adapters.mail.smtp_server import Smtp
from stonks.adapters.media.settled import check_media_url
from stonks.adapters.sealing import read_key
from stonks.adapters.webpush.keys import read_vapid_key
from stonks.domain.errors import Invalid
from stonks.domain.identity.email import check_email

NAME = re.compile("[a-z][a-z0-9_-]{0,39}")


@dataclass(frozen=True, slots=True)
class Kind:
    """``read`` takes a variable's value; ``accepts`` says what may stand there."""

    accepts: str
    read: Callable[[Env, str], object]


def text(accepts: str, check: Callable[[str], object] | None = None) -> Kind:
    return Kind(accepts, lambda env, name: env.str(name, validate=check))


def whole(low: int, high: int, of: str = "") -> Kind:
    check = validate.Range(low, high)
    told = f"a whole number{of and ' of '}{of} from {low} to {high}"
    return Kind(told, lambda env, name: env.int(name, validate=check))


def number(low: float, high: float, of: str = "") -> Kind:
    def check(value: float) -> None:
        if not (isfinite(value) and low <= value <= high):
            raise ValidationError("out of range")

    told = f"a number{of and ' of '}{of} from {low:g} to {high:g}"
    return Kind(told, lambda env, name: env.float(name, validate=check))


def one_of(*choices: str) -> Kind:
    check = validate.OneOf(choices)
    return Kind(" or ".join(choices), lambda env, name: env.str(name, validate=check))


def url(*schemes: str, also: tuple[str, ...] = ()) -> Kind:
    def check(value: str) -> None:
        if value not in also and urlsplit(value).scheme not in schemes:
            raise ValidationError("another scheme")

    told = " or ".join([*(f"{scheme}://…" for scheme in schemes), *also])
    return text(told, check)


def _check_origin(value: str) -> None:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValidationError("no origin")
    if parts.path or parts.query or parts.fragment or parts.username:
        raise ValidationError("more than an origin")


def _check_key(value: str) -> None:
    try:
        key = load_pem_private_key(value.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise ValidationError("not a key") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise ValidationError("another kind of key")


def _check_vapid_key(value: str) -> None:
    try:
        read_vapid_key(value)
    except ValueError as error:
        raise ValidationError("not a key") from error


def _check_contact(value: str) -> None:
    kind, _, address = value.partition(":")
    if kind == "mailto":
        _check_sender(address)
    elif kind != "https" or not urlsplit(value).hostname or not value.isprintable():
        raise ValidationError("no contact")


def _check_media(value: str) -> None:
    try:
        check_media_url(value)
    except ValueError as error:
        raise ValidationError("no store of media") from error


def _check_mail(value: str) -> None:
    if value not in ("files:", "memory:"):
        try:
            Smtp.at(value)
        except ValueError as error:
            raise ValidationError("no mail server") from error


def _check_sender(value: str) -> None:
    address = parseaddr(value)[1]
    if address.endswith("@localhost") and value.isprintable():
        return
    try:
        check_email(address)
    except Invalid as refusal:
        raise ValidationError("no address") from refusal
    if not value.isprintable():
        raise ValidationError("more than a line")


def _names(written: list[str]) -> tuple[str, ...]:
    names = tuple(name.strip() for name in written)
    if len(set(names)) < len(names) or not all(map(NAME.fullmatch, names)):
        raise ValidationError("no names, or one twice")
    return names


NAMES = Kind(
    "names such as email,console, separated by commas", lambda env, name: _names(env.list(name))
)
APPRISE = text(
    "a URL of Apprise, with {username}, {profileId} or {email} where they belong",
    validate.Regexp("[A-Za-z0-9]+://"),
)
CLAIM = Kind("1 or 0, yes or no, on or off", lambda env, name: env.bool(name))
MEDIA = text(
    "folder:path, s3://bucket?endpoint=…&region=…&prefix=… (with stonks[s3]), or memory:",
    _check_media,
)
FOLDER = Kind("a folder's path", lambda env, name: env.path(name))
PRIVATE_KEY = text("an Ed25519 private key in PEM", _check_key)
VAPID_KEY = text("a P-256 private key in PEM, or its 32 bytes in base64url", _check_vapid_key)
CONTACT = text("mailto:somebody@stonks.example or https://…", _check_contact)
LONG_SECRET = text("at least 16 characters", validate.Length(min=16))
MAIL = text("smtp://user:password@host:587, smtps://…, files: or memory:", _check_mail)
SENDER = text("an e-mail address, as in Stonks <noreply@stonks.example>", _check_sender)
ORIGIN = text("an origin such as https://stonks.example", _check_origin)
ORIGINS = Kind(
    "origins such as https://stonks.example, separated by commas",
    lambda env, name: tuple(_each_origin(env.list(name))),
)


SEALING_KEYS = Kind(
    "keys of 32 random bytes in base64url, separated by commas; the first seals, all open",
    lambda env, name: sealing_keys(env.str(name)),
)

NETWORKS = Kind(
    "networks such as 10.1.0.0/16 or fd12:3456::/32, separated by commas",
    lambda env, name: tuple(map(_network, env.list(name))),
)


def sealing_keys(written: str) -> tuple[str, ...]:
    """Each key of a list, checked; commas and white space stand between them."""
    keys = tuple(written.replace(",", " ").split())
    for key in keys:
        try:
            read_key(key)
        except ValueError as error:
            raise ValidationError("not a key") from error
    return keys


def _network(written: str) -> Network:
    try:
        return ip_network(written.strip())
    except ValueError as error:
        raise ValidationError("no network") from error


def _each_origin(values: list[str]) -> list[str]:
    origins = [value.strip() for value in values]
    for origin in origins:
        _check_origin(origin)
    return origins
