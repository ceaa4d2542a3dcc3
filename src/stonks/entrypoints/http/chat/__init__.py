"""Live chat over HTTP: the same rules and the same use cases as on sockets."""
