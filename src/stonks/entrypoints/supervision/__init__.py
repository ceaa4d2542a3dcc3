"""``stonks up``: everything that one machine needs, under one supervisor."""
