"""The HTTP door: routes that check what comes in, call a use case, and say what comes out."""
