"""Second factors and fresh proof over HTTP."""
