"""What every store of media promises, and what images may be like."""

import pytest

from stonks.application.media.ports import Media, MediaStore
from stonks.domain.errors import Invalid

SOME = Media(b"RIFF....WEBP", "image/webp")
NO_KEYS = [
    *("", ".", "..", "../x.webp", "/etc/passwd", "avatars/../../x.webp", "avatars//x.webp"),
    *("avatars/.hidden", "avatars\\x.webp", "a\0b.webp", "x.webp/", "\N{FULLWIDTH FULL STOP}"),
    *("avatars/%2e%2e/x.webp", "C:/x.webp", "x" * 201, "x\n"),
]


class MediaStoreContract:
    """``MediaStore``. Subclasses give ``media``, which is empty."""

    def test_every_field_of_a_file_comes_back(self, media: MediaStore) -> None:
        media.put("avatars/one/256.webp", SOME)
        assert media.get("avatars/one/256.webp") == SOME
        assert media.exists("avatars/one/256.webp")

    def test_what_is_not_there_is_not_found(self, media: MediaStore) -> None:
        media.put("avatars/one/256.webp", SOME)
        for key in ("avatars/two/256.webp", "avatars/one", "avatars/one/256.webp/x"):
            assert media.get(key) is None
            assert not media.exists(key)

    def test_a_file_is_replaced_whole(self, media: MediaStore) -> None:
        media.put("one.webp", Media(b"x" * 100_000, "image/webp"))
        media.put("one.webp", SOME)
        assert media.get("one.webp") == SOME

    def test_what_is_deleted_is_gone_and_its_neighbours_stay(self, media: MediaStore) -> None:
        media.put("avatars/one/64.webp", SOME)
        media.put("avatars/one/256.webp", SOME)
        media.delete("avatars/one/64.webp")
        media.delete("avatars/one/64.webp")
        media.delete("avatars/never/64.webp")
        assert media.get("avatars/one/64.webp") is None
        assert media.get("avatars/one/256.webp") == SOME

    @pytest.mark.parametrize("key", NO_KEYS)
    def test_a_path_trick_is_no_key(self, media: MediaStore, key: str) -> None:
        with pytest.raises(Invalid) as refusal:
            media.put(key, SOME)
        assert refusal.value.code == "media_key"
        assert media.get(key) is None
        assert not media.exists(key)
        media.delete(key)

    def test_an_empty_file_is_a_file(self, media: MediaStore) -> None:
        media.put("empty.txt", Media(b"", "text/plain; charset=utf-8"))
        assert media.get("empty.txt") == Media(b"", "text/plain; charset=utf-8")

    def test_the_url_ends_with_the_key(self, media: MediaStore) -> None:
        assert media.url("avatars/one/256.webp").endswith("/avatars/one/256.webp")
