"""Plain pages for people with a browser: the live chat of a channel, served from this package."""
