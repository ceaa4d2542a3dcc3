"""How requests and answers are described: camelCase, nothing unknown, nothing coerced."""

from typing import Any

from marshmallow import RAISE, Schema, fields, validate


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


class Body(Schema):
    """A JSON object as it comes in; unknown fields are refused."""

    class Meta:
        unknown = RAISE

    def on_bind_field(self, field_name: str, field_obj: fields.Field) -> None:  # type: ignore[type-arg]
        field_obj.data_key = field_obj.data_key or camel(field_name)


class Shape(Body):
    """A JSON object as it goes out; it describes answers and never makes them."""


class Query(Body):
    """The parameters after ``?``."""


class Truth(fields.Boolean):
    """true or false, and nothing that is like it."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class PageQuery(Query):
    """How much of a list, and from where."""

    limit = fields.Integer(
        load_default=20,
        validate=validate.Range(1, 100),
        metadata={"description": "At most so many items."},
    )
    cursor = fields.String(
        metadata={"description": "`nextCursor` of the page before; opaque."},
    )


class ProblemShape(Shape):
    """RFC 9457 problem details: `code` is stable and for programs, `detail` for people."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    code = fields.String(required=True)
    errors = fields.Dict(
        keys=fields.String(),
        values=fields.List(fields.String()),
        metadata={"description": "Reasons by field, where fields are wrong."},
    )
