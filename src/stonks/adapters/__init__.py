"""How it is done: one folder a technology, each answering ports of the application."""
