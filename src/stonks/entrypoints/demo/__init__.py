"""People who are not real, at a bench that is: on air and in chat, through the public API."""
