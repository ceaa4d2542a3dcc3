"""How events are written in the outbox, whatever store that is in."""
