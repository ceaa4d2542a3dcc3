"""What a channel may be called."""

import pytest

from stonks.domain.errors import Invalid, NotFound
from tests.contracts.town import Town


@pytest.mark.parametrize("slug", ["abc", "A-b-C", "a1", "x" * 40, "9-9"])
def test_a_good_slug_is_kept_in_lower_case(town: Town, slug: str) -> None:
    slug = slug if len(slug) > 2 else slug + "0"
    channel = town.container.open_channel()(actor=town.person("host"), slug=slug, title="T")
    assert channel.slug == slug.lower()
    assert town.container.read_channel()(slug=slug.upper()).slug == slug.lower()


@pytest.mark.parametrize(
    "slug",
    [
        "",
        "ab",
        "-abc",
        "abc-",
        "a_b",
        "a b",
        "x" * 41,
        "äbc",
        "\u212aelvin",
        "abc\n",
        "a\0b",
        "abc/d",
    ],
)
def test_a_bad_slug_is_refused_under_its_field(town: Town, slug: str) -> None:
    with pytest.raises(Invalid) as refused:
        town.container.open_channel()(actor=town.person("host"), slug=slug, title="T")
    assert refused.value.code == "slug_malformed"
    assert "slug" in refused.value.errors
    with pytest.raises(NotFound):
        town.container.read_channel()(slug=slug)


def test_a_reserved_slug_is_refused(town: Town) -> None:
    with pytest.raises(Invalid) as refused:
        town.container.open_channel()(actor=town.person("host"), slug="Admin", title="T")
    assert refused.value.code == "slug_reserved"


@pytest.mark.parametrize(
    ("title", "description", "code"),
    [
        ("", "", "title_too_short"),
        (" \n ", "", "title_too_short"),
        ("x" * 141, "", "title_too_long"),
        ("two\nlines", "", "title_bad_characters"),
        ("abc\u202edef", "", "title_bad_characters"),
        ("T", "x" * 2001, "description_too_long"),
        ("T", "\0", "description_bad_characters"),
    ],
)
def test_a_bad_text_is_refused(town: Town, title: str, description: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        town.container.open_channel()(
            actor=town.person("host"), slug="abc", title=title, description=description
        )
    assert refused.value.code == code


def test_texts_are_trimmed_and_composed(town: Town) -> None:
    channel = town.container.open_channel()(
        actor=town.person("host"), slug="abc", title="  Zu\u0308rich ", description="a\nb\n"
    )
    assert (channel.title, channel.description) == ("Z\u00fcrich", "a\nb")
