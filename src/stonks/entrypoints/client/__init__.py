"""Asking a running Stonks through its public API: what the demo and the terminal client share."""
