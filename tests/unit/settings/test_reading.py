"""Settings are read once, strictly, and say what is wrong in one line."""

from pathlib import Path

import pytest

from stonks.adapters.embedded import places
from stonks.adapters.sealing import new_sealing_key
from stonks.entrypoints.keys import keep_key, new_private_key, with_key
from stonks.entrypoints.settings import BadSetting, Settings, read_settings
from stonks.entrypoints.settings.setting import settings_of, variable

NO_FILE = Path("/nonexistent/.env")


def read(**environ: str) -> Settings:
    return read_settings(
        {f"STONKS_{name.upper()}": value for name, value in environ.items()}, dotenv=NO_FILE
    )


def test_nothing_need_be_set(tmp_path: Path) -> None:
    settings = read(var=str(tmp_path))
    assert settings.port == 8000
    assert settings.public_url == "http://localhost:8000"
    assert settings.database_url == places.database_url(tmp_path)
    assert settings.redis_url == places.redis_url(tmp_path)
    assert settings.storage == "postgres"
    assert settings.token_private_key == ""


def test_each_kind_is_read() -> None:
    settings = read(
        port="9000",
        demo="no",
        limits_scale="2.5",
        tokens="paseto",
        var="/srv/stonks",
        allowed_origins="https://a.example, https://b.example:8443",
        public_url="https://stonks.example",
    )
    assert settings.port == 9000
    assert settings.demo is False
    assert settings.limits_scale == 2.5
    assert settings.tokens == "paseto"
    assert settings.var == Path("/srv/stonks")
    assert settings.allowed_origins == ("https://a.example", "https://b.example:8443")
    assert settings.public_url == "https://stonks.example"


BAD = {
    "port": ["0", "65536", "http", "80.5"],
    "demo": ["perhaps"],
    "limits_scale": ["0", "-1", "nan", "inf", "much"],
    "tokens": ["none", "JWT"],
    "database_url": ["mysql://x/y", "stonks.db"],
    "redis_url": ["http://x"],
    "public_url": ["stonks.example", "https://x/path", "ftp://x", "https://user@x"],
    "allowed_origins": ["*", "https://a.example,b", "null"],
    "web_workers": ["0", "many"],
    "token_private_key": ["secret", "-----BEGIN PRIVATE KEY-----"],
    "sealing_keys": ["short", "A" * 42, "A" * 44, "ä" * 43, f"{'A' * 43},short"],
    "vapid_private_key": ["short", "A" * 43, "A" * 42, "ä" * 43, "-----BEGIN PRIVATE KEY-----"],
    "vapid_subject": ["mara@stonks.example", "http://stonks.example", "mailto:mara", "https:"],
    "egress_allow": ["10.0.0.1/8", "localhost", "10.0.0.0/8;10.1.0.0/16", "10.0.0.0/33"],
    "metrics_token": ["short"],
    "log_level": ["loud"],
    "drain_seconds": ["-1", "soon"],
    "refresh_token_seconds": ["0"],
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in BAD.items() for value in values]
)
def test_a_bad_value_is_told_in_one_line_that_names_the_variable(name: str, value: str) -> None:
    with pytest.raises(BadSetting) as told:
        read(**{name: value})
    line = str(told.value)
    assert line.startswith(f"{variable(name)} takes ")
    assert len(line.splitlines()) == 1
    assert len(line) > len(f"{variable(name)} takes ")


def test_what_is_set_but_empty_is_not_set() -> None:
    assert read(port="", database_url="") == read()


def test_a_variable_may_name_a_file(tmp_path: Path) -> None:
    key = new_private_key()
    (tmp_path / "key").write_text(key + "\n")
    settings = read(token_private_key_file=str(tmp_path / "key"))
    assert settings.token_private_key == key.strip()


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="STONKS_TOKEN_PRIVATE_KEY_FILE names a file"):
        read(token_private_key_file=str(tmp_path / "none"))


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("STONKS_PORT=9001\nSTONKS_HOST=0.0.0.0\nOTHER=1\n")
    settings = read_settings({"STONKS_PORT": "9002"}, dotenv=tmp_path / ".env")
    assert (settings.port, settings.host) == (9002, "0.0.0.0")  # noqa: S104


def test_every_setting_is_described() -> None:
    for item, what in settings_of(Settings):
        assert what.about, item.name
        assert what.kind.accepts, item.name


def test_the_defaults_are_accepted_as_they_would_be_written() -> None:
    from stonks.entrypoints.settings.listing import written

    defaults = {item.name: written(item.default) for item, _ in settings_of(Settings)}
    assert read(**defaults) == read()


def test_memory_takes_its_signals_in_memory_too() -> None:
    settings = read(database_url="memory:")
    assert (settings.storage, settings.signals) == ("memory", "memory")


def test_the_embedded_default_makes_its_own_key_once(tmp_path: Path) -> None:
    first = with_key(read(var=str(tmp_path)))
    file = places.key_file(tmp_path)
    assert first.token_private_key == file.read_text()
    assert file.stat().st_mode & 0o777 == 0o600
    assert with_key(read(var=str(tmp_path))).token_private_key == first.token_private_key


def test_a_database_of_ones_own_asks_for_a_key(tmp_path: Path) -> None:
    with_key(read(var=str(tmp_path)))  # the key of the embedded one is not for this
    with pytest.raises(BadSetting, match="STONKS_TOKEN_PRIVATE_KEY is required"):
        with_key(read(var=str(tmp_path), database_url="postgresql://db/stonks"))


def test_the_embedded_default_makes_its_own_sealing_key_once(tmp_path: Path) -> None:
    first = with_key(read(var=str(tmp_path)))
    file = places.sealing_keys_file(tmp_path)
    assert first.sealing_keys == (file.read_text(),)
    assert file.stat().st_mode & 0o777 == 0o600
    assert read(var=str(tmp_path)).sealing_keys == first.sealing_keys
    assert with_key(read(var=str(tmp_path))).sealing_keys == first.sealing_keys


def test_a_sealing_key_put_before_the_generated_one_is_read(tmp_path: Path) -> None:
    (old,) = with_key(read(var=str(tmp_path))).sealing_keys
    new = new_sealing_key()
    places.sealing_keys_file(tmp_path).write_text(f"{new}\n{old}\n")
    assert with_key(read(var=str(tmp_path))).sealing_keys == (new, old)
    places.sealing_keys_file(tmp_path).write_text("none")
    with pytest.raises(BadSetting, match="holds what is no sealing key"):
        read(var=str(tmp_path))


def test_a_database_of_ones_own_asks_for_a_sealing_key(tmp_path: Path) -> None:
    key = new_private_key()
    own = {"var": str(tmp_path), "database_url": "postgresql://db/stonks", "token_private_key": key}
    with pytest.raises(BadSetting, match="STONKS_SEALING_KEYS is required"):
        with_key(read(**own))
    sealing = f"{new_sealing_key()}, {new_sealing_key()}"
    settings = with_key(read(**own, sealing_keys=sealing, vapid_private_key=f"{'A' * 42}E"))
    assert ", ".join(settings.sealing_keys) == sealing


def test_the_embedded_default_makes_its_own_key_for_web_push_once(tmp_path: Path) -> None:
    first = with_key(read(var=str(tmp_path)))
    file = places.vapid_key_file(tmp_path)
    assert first.vapid_private_key == file.read_text()
    assert file.stat().st_mode & 0o777 == 0o600
    assert read(var=str(tmp_path)).vapid_private_key == first.vapid_private_key
    assert with_key(read(var=str(tmp_path))).vapid_private_key == first.vapid_private_key


def test_a_database_of_ones_own_asks_for_a_key_for_web_push(tmp_path: Path) -> None:
    own = {
        "var": str(tmp_path),
        "database_url": "postgresql://db/stonks",
        "token_private_key": new_private_key(),
        "sealing_keys": new_sealing_key(),
    }
    with pytest.raises(BadSetting, match="STONKS_VAPID_PRIVATE_KEY is required"):
        with_key(read(**own))
    raw = f"{'A' * 42}E"
    assert with_key(read(**own, vapid_private_key=raw)).vapid_private_key == raw


def test_memory_has_keys_of_its_own() -> None:
    settings = with_key(read(database_url="memory:"))
    assert settings.token_private_key
    assert settings.sealing_keys
    assert settings.vapid_private_key


def test_push_services_reach_whoever_runs_it() -> None:
    assert read().vapid_subject == "mailto:noreply@localhost"
    assert read(mail_from="Mara <mara@a.example>").vapid_subject == "mailto:mara@a.example"
    assert read(public_url="https://a.example").vapid_subject == "https://a.example"
    assert read(vapid_subject="mailto:b@b.example").vapid_subject == "mailto:b@b.example"


def test_networks_are_read_as_such() -> None:
    settings = read(egress_allow="10.1.0.0/16, fd12:3456::/32,192.168.1.7")
    told = ["10.1.0.0/16", "fd12:3456::/32", "192.168.1.7/32"]
    assert list(map(str, settings.egress_allow)) == told


def test_a_key_that_is_kept_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "secrets" / "key.pem"
    assert keep_key(path) == keep_key(path)
    assert [file.name for file in path.parent.iterdir()] == ["key.pem"]


def test_two_folders_share_nothing(tmp_path: Path) -> None:
    one, other = read(var=str(tmp_path / "a")), read(var=str(tmp_path / "b"))
    assert one.database_url != other.database_url
    assert one.redis_url != other.redis_url
