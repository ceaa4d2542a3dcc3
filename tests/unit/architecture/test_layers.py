"""The contracts on imports say what they should; ``make check`` holds the code to them."""

import re
from configparser import ConfigParser
from importlib.metadata import packages_distributions, requires
from pathlib import Path

ROOT = Path(__file__).parents[3]
SHARED = {
    f"stonks.application.{name}" for name in ("mail", "media", "outbox", "egress")
}  # for all; they know none
NAME = re.compile(r"[\w.-]+")


def setup() -> ConfigParser:
    parser = ConfigParser()
    parser.read(ROOT / "setup.cfg")
    return parser


def words(section: str, option: str) -> set[str]:
    return set(setup()[section][option].split())


def required(extra: str | None = None) -> set[str]:
    """The distributions that Stonks itself, or an extra, asks for."""
    marker = f'extra == "{extra}"'
    lines = requires("stonks") or []
    chosen = [line for line in lines if (marker in line if extra else "extra ==" not in line)]
    return {_plain(NAME.match(line)[0]) for line in chosen}  # type: ignore[index]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_core_is_kept_from_every_library() -> None:
    forbidden = words("importlinter:contract:core", "forbidden_modules")
    wanted = required() | required("embedded")
    modules = {
        module
        for module, owners in packages_distributions().items()
        if {_plain(owner) for owner in owners} & wanted and not module.startswith("_")
    }
    assert modules, "nothing is installed?"
    assert modules - {"stonks"} <= forbidden


def test_every_context_is_held_apart() -> None:
    for layer in ("domain", "application"):
        there = {
            f"stonks.{layer}.{folder.name}"
            for folder in (ROOT / "src" / "stonks" / layer).iterdir()
            if (folder / "__init__.py").exists()
        }
        assert there - SHARED == words(f"importlinter:contract:{layer}", "modules")


def test_every_layer_has_its_place() -> None:
    there = {
        folder.name
        for folder in (ROOT / "src" / "stonks").iterdir()
        if (folder / "__init__.py").exists()
    }
    assert there == words("importlinter:contract:layers", "layers")


def test_the_pins_cover_what_is_declared() -> None:
    pins = (ROOT / "constraints.txt").read_text().splitlines()
    pinned = {_plain(line.split("==")[0]) for line in pins if "==" in line}
    asked = required() | required("embedded") | required("test") | required("dev")
    assert asked <= pinned, "run: make lock"
    assert not [line for line in pins if "://" in line or line.startswith("-")]
