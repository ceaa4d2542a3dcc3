"""The settings themselves."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from stonks.adapters.egress.addresses import Network
from stonks.entrypoints.settings.kinds import (
    APPRISE,
    CLAIM,
    CONTACT,
    FOLDER,
    LONG_SECRET,
    MAIL,
    MEDIA,
    NAMES,
    NETWORKS,
    ORIGIN,
    ORIGINS,
    PRIVATE_KEY,
    SEALING_KEYS,
    SENDER,
    VAPID_KEY,
    number,
    one_of,
    text,
    url,
    whole,
)
from stonks.entrypoints.settings.oidc import PROVIDERS, OidcProvider
from stonks.entrypoints.settings.setting import setting

VAR = Path("var")
DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What can be set about one Stonks; each field is a ``STONKS_…`` variable."""

    database_url: str = setting(
        "",
        "PostgreSQL 15 to 18, or this process's own memory, which forgets",
        url("postgresql", "postgresql+psycopg2", also=("memory:",)),
        unset="the embedded PostgreSQL under STONKS_VAR",
    )
    redis_url: str = setting(
        "",
        "Redis 6.2 to 8 or Valkey, or this process's own memory",
        url("redis", "rediss", "unix", also=("memory:",)),
        unset="the embedded Valkey under STONKS_VAR",
    )
    var: Path = setting(VAR, "where the embedded stores and generated secrets lie", FOLDER)
    host: str = setting(
        "127.0.0.1", "the address to listen on; 0.0.0.0 for all", text("an IP address or a name")
    )
    port: int = setting(8000, "the port to listen on", whole(1, 65535))
    public_url: str = setting(
        "",
        "where people reach this Stonks; its pages open sockets from there or from loopback",
        ORIGIN,
        unset="http://localhost:STONKS_PORT",
    )
    allowed_origins: tuple[str, ...] = setting(
        (), "other sites whose pages may open sockets", ORIGINS
    )
    trusted_proxies: int = setting(
        0,
        "how many proxies stand in front, each adding to X-Forwarded-*; at 0 those are ignored",
        whole(0, 10),
    )
    demo: bool = setting(True, "whether stonks up plays the demo", CLAIM)
    web_workers: int = setting(1, "web processes; about one a core", whole(1, 256))
    worker_processes: int = setting(
        2, "processes of a worker, each doing one job at a time; about one a core", whole(1, 256)
    )
    worker_threads: int = setting(
        16, "pushes that a process of a worker sends side by side", whole(1, 256)
    )
    max_connections: int = setting(
        20_000, "open connections a web process takes", whole(10, 1_000_000)
    )
    outbox_kib: int = setting(
        256, "what may wait for a slow reader before its socket is closed", whole(16, 65536, "KiB")
    )
    drain_seconds: float = setting(
        5.0,
        "over how long sockets are told to go elsewhere when a process stops",
        number(0, 300, "seconds"),
    )
    tokens: Literal["jwt", "paseto"] = setting(
        "jwt", "the form of access tokens", one_of("jwt", "paseto")
    )
    token_private_key: str = setting(
        "",
        "the key that signs access tokens; stonks keys makes one",
        PRIVATE_KEY,
        unset="generated into STONKS_VAR/secrets with the embedded database; required otherwise",
        is_secret=True,
    )
    sealing_keys: tuple[str, ...] = setting(
        (),
        "the keys that encrypt at rest what must be read again, such as the secrets of second "
        "factors and of webhooks; stonks keys sealing makes one",
        SEALING_KEYS,
        unset="generated into STONKS_VAR/secrets with the embedded database; required otherwise",
        is_secret=True,
    )
    vapid_private_key: str = setting(
        "",
        "the key that signs what is pushed to browsers; stonks keys vapid makes one",
        VAPID_KEY,
        unset="generated into STONKS_VAR/secrets with the embedded database; required otherwise",
        is_secret=True,
    )
    vapid_subject: str = setting(
        "",
        "whom push services reach if something is wrong with what is pushed",
        CONTACT,
        unset="STONKS_PUBLIC_URL if that is https, or the address of STONKS_MAIL_FROM",
    )
    egress_allow: tuple[Network, ...] = setting(
        (),
        "networks of your own that members may have requests sent to (push, webhooks), "
        "by http, too; all else goes to public addresses by https",
        NETWORKS,
        unset="none; on the embedded database and your own machine, that machine",
    )
    oidc_providers: tuple[OidcProvider, ...] = setting(
        (), "other places by which people may sign in, each with variables of its own", PROVIDERS
    )
    access_token_seconds: int = setting(
        900, "how long an access token lives", whole(10, DAY, "seconds")
    )
    refresh_token_seconds: int = setting(
        30 * DAY, "how long a refresh token lives", whole(60, 400 * DAY, "seconds")
    )
    media_url: str = setting(
        "",
        "where avatars lie: a folder, a bucket of S3 or what speaks as it does, or memory",
        MEDIA,
        unset="folder: STONKS_VAR/media, or memory: with a database in memory",
    )
    media_key: str = setting(
        "",
        "the access key of the bucket",
        text("an access key"),
        unset="what boto3 finds by itself",
        is_secret=True,
    )
    media_secret: str = setting(
        "",
        "the secret key of the bucket",
        text("a secret key"),
        unset="what boto3 finds by itself",
        is_secret=True,
    )
    media_public_url: str = setting(
        "",
        "where people read what lies there",
        url("http", "https"),
        unset="STONKS_PUBLIC_URL/media, which this Stonks serves",
    )
    stream_grace_seconds: int = setting(
        900,
        "after how long without a beat or an open socket of its HOST a stream is ended",
        whole(10, DAY, "seconds"),
    )
    limits_scale: float = setting(
        1.0, "multiplies every rate limit; tests and load runs raise it", number(0.01, 1_000_000)
    )
    mail_url: str = setting(
        "",
        "the server that takes mail; smtp:// turns to TLS by STARTTLS; files: puts mail under "
        "STONKS_VAR/mail, and memory: throws it away",
        MAIL,
        unset="files: with the embedded database; required otherwise",
    )
    mail_from: str = setting(
        "", "whom mail comes from", SENDER, unset="Stonks <noreply@…>, at STONKS_PUBLIC_URL's host"
    )
    notifiers: tuple[str, ...] = setting(
        ("webpush", "email"),
        "the notifiers by which people are told, of those that are installed",
        NAMES,
    )
    apprise_url: str = setting(
        "",
        "where the notifier apprise sends to (stonks[apprise])",
        APPRISE,
        unset="required with the notifier apprise",
        is_secret=True,
    )
    metrics_token: str = setting(
        "",
        "the bearer token that /metrics asks for",
        LONG_SECRET,
        unset="/metrics is open",
        is_secret=True,
    )
    log_level: Literal["debug", "info", "warning", "error"] = setting(
        "info", "the least that is logged", one_of("debug", "info", "warning", "error")
    )
    log_format: Literal["auto", "console", "json"] = setting(
        "auto",
        "how it is logged; auto is console on a terminal and json elsewhere",
        one_of("auto", "console", "json"),
    )

    @property
    def storage(self) -> Literal["memory", "postgres"]:
        return "memory" if self.database_url == "memory:" else "postgres"

    @property
    def signals(self) -> Literal["memory", "redis"]:
        """What carries that which processes tell each other."""
        return "memory" if self.redis_url == "memory:" else "redis"
