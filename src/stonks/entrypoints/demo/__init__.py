"""People who are not real, at a bench that is: they chat and moderate through the public API."""
