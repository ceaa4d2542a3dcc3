"""People: their profile, their password, and the sessions in which they are signed in."""
