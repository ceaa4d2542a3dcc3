"""What comes in and goes out of identity's routes."""

from typing import Any

from marshmallow import fields

from stonks.application.identity.admission import HalfSignedIn
from stonks.application.identity.grants import Grant
from stonks.application.identity.ports import ProfileView
from stonks.application.identity.read_profile import PublicProfile
from stonks.domain.identity.profile import Profile
from stonks.domain.times import rfc3339
from stonks.entrypoints.http.bodies import Body, Shape
from stonks.entrypoints.http.media.routes import avatar_url

FULL_NAME = {"minLength": 1, "maxLength": 100}
USERNAME = {
    "pattern": "^[A-Za-z0-9_.-]{3,30}$",
    "description": "3 to 30 of `a-z A-Z 0-9 _ . -`, unique without regard to case.",
}
PASSWORD = {
    "minLength": 8,
    "maxLength": 256,
    "format": "password",
    "description": "8 to 256 characters of any script; neither common nor made of your names.",
}


class SignUpBody(Body):
    full_name = fields.String(required=True, metadata=FULL_NAME)
    username = fields.String(required=True, metadata=USERNAME)
    email = fields.String(required=True, metadata={"format": "email", "maxLength": 254})
    password = fields.String(required=True, metadata=PASSWORD)


class LogInBody(Body):
    login = fields.String(required=True, metadata={"description": "A username or an e-mail."})
    password = fields.String(required=True, metadata={"format": "password"})


class RefreshBody(Body):
    refresh_token = fields.String(required=True)


class LogOutBody(Body):
    refresh_token = fields.String(
        metadata={"description": "Ends the session of this token, in place of `Authorization`."}
    )


class ChangeProfileBody(Body):
    full_name = fields.String(metadata=FULL_NAME)
    username = fields.String(metadata=USERNAME)
    email = fields.String(
        metadata={
            "format": "email",
            "maxLength": 254,
            "description": "Counts once the link that is sent there was followed.",
        }
    )


class ProfileShape(Shape):
    id = fields.UUID(required=True)
    full_name = fields.String(required=True)
    username = fields.String(required=True)
    email = fields.String(required=True)
    avatar = fields.String(required=True, allow_none=True)
    active = fields.Boolean(required=True)
    created_at = fields.DateTime(required=True)
    updated_at = fields.DateTime(required=True)


class OwnProfileShape(ProfileShape):
    email_verified = fields.Boolean(
        required=True, metadata={"description": "Whether `email` was shown to be theirs."}
    )


class TokensShape(Shape):
    access_token = fields.String(
        required=True, metadata={"description": "For `Authorization: Bearer …`."}
    )
    refresh_token = fields.String(
        required=True, metadata={"description": "Gives the next tokens, once."}
    )
    expires_in = fields.Integer(
        required=True, metadata={"description": "Seconds that the access token lives."}
    )


class SignedInShape(Shape):
    profile = fields.Nested(ProfileShape, required=True)
    access_token = fields.String(
        metadata={"description": "For `Authorization: Bearer …`; none with `Stonks-Session`."}
    )
    refresh_token = fields.String(
        metadata={"description": "Gives the next tokens, once; none with `Stonks-Session`."}
    )
    csrf_token = fields.String(
        metadata={"description": "For `X-CSRF-Token`; with `Stonks-Session: cookie` alone."}
    )
    expires_in = fields.Integer(
        required=True,
        metadata={"description": "Seconds that the access token lives, or the cookie if unused."},
    )


class TicketShape(Shape):
    ticket = fields.String(required=True, metadata={"description": "For `?ticket=…`, once."})
    expires_in = fields.Integer(
        required=True, metadata={"description": "Seconds within which it works."}
    )


class PublicProfileShape(Shape):
    id = fields.UUID(required=True)
    full_name = fields.String(required=True)
    username = fields.String(required=True)
    avatar = fields.String(required=True, allow_none=True)
    created_at = fields.DateTime(required=True)
    followers = fields.Integer(
        required=True, metadata={"description": "Also who is inactive and may come back."}
    )
    following = fields.Integer(
        required=True, metadata={"description": "Also who is inactive and may come back."}
    )
    channels = fields.Integer(required=True, metadata={"description": "Hosted by this person."})
    followed_by_me = fields.Boolean(
        metadata={"description": "Whether you follow them; where you are signed in."}
    )
    notify = fields.String(
        metadata={
            "description": "Your bell: whether you are told when they go live; where you follow.",
            "enum": ["all", "none"],
        }
    )


def tokens_json(grant: Grant) -> dict[str, Any]:
    return {
        "accessToken": grant.access_token,
        "refreshToken": grant.refresh_token,
        "expiresIn": grant.expires_in,
    }


def signed_in_json(profile: Profile, grant: Grant) -> dict[str, Any]:
    return {"profile": profile_json(profile)} | tokens_json(grant)


def cookie_signed_in_json(profile: Profile, csrf_token: str, seconds: int) -> dict[str, Any]:
    return {
        "profile": profile_json(profile),
        "csrfToken": csrf_token,
        "expiresIn": seconds,
    }


def half_signed_in_json(half: HalfSignedIn) -> dict[str, Any]:
    return {
        "mfaRequired": True,
        "mfaToken": half.token,
        "ways": list(half.ways),
        "expiresIn": half.expires_in,
    }


def profile_json(profile: Profile | ProfileView) -> dict[str, Any]:
    return {
        "id": str(profile.id),
        "fullName": profile.full_name,
        "username": profile.username,
        "email": profile.email,
        "avatar": avatar_url(profile.avatar),
        "active": profile.active,
        "createdAt": rfc3339(profile.created_at),
        "updatedAt": rfc3339(profile.updated_at),
    }


def own_json(view: ProfileView) -> dict[str, Any]:
    return profile_json(view) | {"emailVerified": view.email_verified}


def public_json(public: PublicProfile) -> dict[str, Any]:
    profile = public.profile
    shown = {
        "id": str(profile.id),
        "fullName": profile.full_name,
        "username": profile.username,
        "avatar": avatar_url(profile.avatar),
        "createdAt": rfc3339(profile.created_at),
        "followers": public.following.followers,
        "following": public.following.following,
        "channels": public.channels,
    }
    if public.is_followed is not None:
        shown["followedByMe"] = public.is_followed
    if public.following.notify is not None:
        shown["notify"] = public.following.notify
    return shown
