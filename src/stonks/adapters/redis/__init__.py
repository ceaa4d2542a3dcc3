"""Redis: fan-out, limits and presence. Nothing that must not be lost lives there alone."""
