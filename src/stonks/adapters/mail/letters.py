"""Letters: templates of plain words, from which a text and an HTML part are made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

WRITTEN = "%-d %B %Y, %H:%M UTC"
PARTS = ("subject", "summary", "more", "button", "worry")


def _templates(escaped: bool) -> Environment:
    loader = PackageLoader("stonks.adapters.mail")
    return Environment(
        loader=loader,
        autoescape=escaped,  # noqa: S701 -- plain words are no HTML; what becomes HTML is escaped
        undefined=StrictUndefined,
        trim_blocks=True,
    )


@dataclass(frozen=True, slots=True)
class Letters:
    """Values stand in the words as they are; the HTML escapes all of it, once, at the end."""

    words: Environment = field(default_factory=lambda: _templates(escaped=False))
    pages: Environment = field(default_factory=lambda: _templates(escaped=True))

    def read(self, name: str, told: Mapping[str, object]) -> dict[str, str]:
        """The parts of the letter ``name``, in plain words."""
        template = self.words.get_template(f"letters/{name}.txt")
        return {part: _block(template, part, told) for part in PARTS}

    def written(self, letter: Mapping[str, str], **context: Any) -> tuple[str, str]:
        """The whole letter as text and as HTML."""
        whole = {**letter, **context, "paragraphs": _paragraphs(letter["more"])}
        text = self.words.get_template("base.txt").render(whole)
        return f"{text.strip()}\n", self.pages.get_template("base.html").render(whole)


def _block(template: Template, name: str, told: Mapping[str, object]) -> str:
    block = template.blocks.get(name)
    return "".join(block(template.new_context(dict(told)))).strip() if block else ""


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]
