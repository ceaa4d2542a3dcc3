"""Settings choose the kind of token."""

from dataclasses import replace

import pytest

from stonks.domain.errors import Unauthenticated
from stonks.entrypoints.container import Container
from stonks.entrypoints.settings import Settings
from tests.contracts.identity_cases import HOME, PASSWORD


@pytest.mark.parametrize(("kind", "start"), [("jwt", "ey"), ("paseto", "v4.public.")])
def test_the_setting_chooses_the_token(memory_settings: Settings, kind: str, start: str) -> None:
    container = Container(settings=replace(memory_settings, tokens=kind, access_token_seconds=60))
    names = {"full_name": "Mara", "username": "mara", "email": "mara@example.org"}
    _, grant = container.sign_up()(**names, password=PASSWORD, **HOME)
    assert grant.access_token.startswith(start)
    assert grant.expires_in == 60
    assert container.authenticate()(token=grant.access_token).username == "mara"
    other = "paseto" if kind == "jwt" else "jwt"
    elsewhere = Container(settings=replace(memory_settings, tokens=other))
    with pytest.raises(Unauthenticated) as refusal:
        elsewhere.authenticate()(token=grant.access_token)
    assert refusal.value.code == "token_invalid"
