"""Following over HTTP."""
