"""Media over HTTP."""
