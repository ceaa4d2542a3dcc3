"""Options that stand for settings."""

import os
from collections.abc import Mapping


def with_options(**given: object) -> Mapping[str, str]:
    """The environment, with the options that were given in the place of its variables."""
    return {
        **os.environ,
        **{f"STONKS_{name.upper()}": str(v) for name, v in given.items() if v is not None},
    }
