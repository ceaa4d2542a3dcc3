"""The wiring: one declarative class a context, all inherited by ``Container``."""
