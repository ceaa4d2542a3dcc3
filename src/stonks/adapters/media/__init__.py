"""Where media lie, and how images are made fit to be shown."""
