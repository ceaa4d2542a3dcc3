"""Identity on memory adapters."""
