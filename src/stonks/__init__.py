"""Stonks: a live-streaming community server that people run for themselves."""

from importlib.metadata import version

__version__ = version("stonks")
