"""Personal access tokens: what bots and scripts sign in with."""
