"""Sessions as their owners see them, those of browsers, and their upkeep."""
