"""The image by which others know somebody."""

from typing import TYPE_CHECKING

from flask import Response

from stonks.application.identity.avatars.ports import AVATARS_OF_ACCOUNT
from stonks.application.identity.ports import SignedIn
from stonks.domain.identity.scope import Scope
from stonks.entrypoints.http.identity.avatar_refusals import (
    BUSY,
    IMAGE_MISSING,
    IMAGE_TOO_LARGE,
    MEDIA_AWAY,
    NO_LIMITS,
    NOT_AN_IMAGE,
    OTHER_MEDIA,
    TOO_MANY_AVATARS,
    UPLOAD_TOO_LARGE,
)
from stonks.entrypoints.http.identity.avatar_shapes import AVATAR, BODY
from stonks.entrypoints.http.identity.shapes import ProfileShape, profile_json
from stonks.entrypoints.http.identity.uploads import uploaded_image
from stonks.entrypoints.http.json import answer, nothing
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container


def add_routes(routes: Routes, container: "Container") -> None:
    @routes.put("/me/avatar")
    @routes.limited(200, lambda: [AVATARS_OF_ACCOUNT])
    @routes.for_members
    @routes.scoped(Scope.PROFILE_WRITE)
    @routes.doc(requestBody=BODY)
    @routes.answers(200, ProfileShape, example=AVATAR)
    @routes.refuses(
        IMAGE_MISSING,
        NOT_AN_IMAGE,
        IMAGE_TOO_LARGE,
        UPLOAD_TOO_LARGE,
        OTHER_MEDIA,
        TOO_MANY_AVATARS,
        NO_LIMITS,
        MEDIA_AWAY,
        BUSY,
    )
    def set_avatar(person: SignedIn) -> Response:
        """Show oneself by an image

        A JPEG, PNG, WebP or GIF of up to 5 MiB and 40 megapixels. Its middle becomes a square
        WebP, upright, without anything that the file told besides: neither place nor camera.
        `avatar` is the URL of 256 pixels an edge; `64.webp` and `512.webp` lie beside
        `256.webp`. Each image has a URL of its own, which may be kept for ever.
        """
        profile = container.set_avatar()(actor=person.profile_id, image=uploaded_image())
        return answer(profile_json(profile))

    @routes.delete("/me/avatar")
    @routes.for_members
    @routes.scoped(Scope.PROFILE_WRITE)
    @routes.answers(204, description="There is no avatar")
    def remove_avatar(person: SignedIn) -> Response:
        """Show oneself by no image

        The files are deleted, too.
        """
        container.remove_avatar()(actor=person.profile_id)
        return nothing()
