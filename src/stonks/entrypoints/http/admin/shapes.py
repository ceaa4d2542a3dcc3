"""What comes in and goes out of the routes of ``/admin``."""

from typing import Any

from marshmallow import fields

from stonks.application.identity.accounts.ports import AccountTypeView, AccountView, GrantView
from stonks.application.identity.ports import AuditEntry
from stonks.domain.identity.account_type import BUILT_IN
from stonks.domain.identity.permission import Permission
from stonks.domain.times import rfc3339
from stonks.entrypoints.http.bodies import Body, PageQuery, Shape, Truth
from stonks.entrypoints.http.identity.shapes import ProfileShape, profile_json

NAME = {
    "pattern": "^[a-z][a-z0-9-]{1,29}$",
    "description": "2 to 30 of `a-z 0-9 -`, for good; never a reserved one.",
}
DESCRIPTION = {"maxLength": 200}
PERMISSIONS = {
    "description": "Some of: "
    + "; ".join(f"`{permission}` ({permission.meaning})" for permission in Permission)
    + "."
}


def _permissions(**options: Any) -> Any:
    names = fields.String(metadata={"enum": list(map(str, Permission))})
    return fields.List(names, metadata=PERMISSIONS, **options)


class SetActiveBody(Body):
    active = Truth(required=True)


class AddAccountTypeBody(Body):
    name = fields.String(required=True, metadata=NAME)
    description = fields.String(metadata=DESCRIPTION)
    permissions = _permissions()


class ChangeAccountTypeBody(Body):
    description = fields.String(metadata=DESCRIPTION)
    permissions = _permissions()


class AccountsQuery(PageQuery):
    q = fields.String(
        metadata={
            "description": "Part of a username, a full name, or an e-mail address.",
            "minLength": 1,
            "maxLength": 100,
        },
    )
    active = fields.Boolean(metadata={"description": "Only those that are active, or are not."})
    account_type = fields.String(metadata={"description": "Only those of this type."})


class AuditQuery(PageQuery):
    actor = fields.String(
        metadata={"description": "Only what this profile did (its id), or who was called so."}
    )
    action = fields.String(metadata={"description": "Only this: `profile_deactivated`, …"})
    subject = fields.UUID(metadata={"description": "Only what was done to this profile."})


class AccountShape(ProfileShape):
    account_types = fields.List(fields.String(), required=True)
    deletes_at = fields.DateTime(
        required=True,
        allow_none=True,
        metadata={
            "description": "When it is deleted for good, if its owner asked for that: restoring it "
            "before then calls that off. Null if nothing is to come."
        },
    )


class AccountPageShape(Shape):
    items = fields.List(fields.Nested(AccountShape), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class AccountTypeShape(Shape):
    name = fields.String(required=True)
    description = fields.String(required=True)
    permissions = _permissions(required=True)
    is_built_in = fields.Boolean(required=True)
    holders = fields.Integer(
        required=True, metadata={"description": "To how many it was given; `member` to nobody."}
    )
    created_at = fields.DateTime(required=True)
    created_by = fields.String(required=True)


class AccountTypePageShape(Shape):
    items = fields.List(fields.Nested(AccountTypeShape), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class GrantedTypeShape(Shape):
    name = fields.String(required=True)
    permissions = _permissions(required=True)
    granted_at = fields.DateTime(required=True, allow_none=True)
    granted_by = fields.String(required=True, allow_none=True)


class GrantedTypePageShape(Shape):
    items = fields.List(fields.Nested(GrantedTypeShape), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class PowerUseShape(Shape):
    id = fields.UUID(required=True)
    at = fields.DateTime(required=True)
    by = fields.String(
        required=True, metadata={"description": "The name at the time: a username, or an operator."}
    )
    actor = fields.UUID(
        required=True, allow_none=True, metadata={"description": "Null for an operator."}
    )
    action = fields.String(required=True)
    subject = fields.UUID(required=True, allow_none=True)
    detail = fields.String(required=True)


class PowerUsePageShape(Shape):
    items = fields.List(fields.Nested(PowerUseShape), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


def account_json(view: AccountView) -> dict[str, Any]:
    return profile_json(view.profile) | {
        "accountTypes": list(view.account_types),
        "deletesAt": rfc3339(view.deletes_at) if view.deletes_at else None,
    }


def account_type_json(view: AccountTypeView) -> dict[str, Any]:
    return {
        "name": view.name,
        "description": view.description,
        "permissions": sorted(view.permissions),
        "isBuiltIn": view.name in BUILT_IN,
        "holders": view.holders,
        "createdAt": rfc3339(view.created_at),
        "createdBy": view.created_by,
    }


def grant_json(view: GrantView) -> dict[str, Any]:
    return {
        "name": view.name,
        "permissions": sorted(view.permissions),
        "grantedAt": rfc3339(view.granted_at) if view.granted_at else None,
        "grantedBy": view.granted_by,
    }


def entry_json(entry: AuditEntry) -> dict[str, Any]:
    return {
        "id": str(entry.id),
        "at": rfc3339(entry.at),
        "by": entry.by,
        "actor": str(entry.actor) if entry.actor else None,
        "action": entry.action,
        "subject": str(entry.subject) if entry.subject else None,
        "detail": entry.detail,
    }
