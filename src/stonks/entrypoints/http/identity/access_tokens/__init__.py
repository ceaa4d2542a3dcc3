"""Personal access tokens over HTTP."""
