"""Who asks: HTTP, sockets, the command line, and the container that wires them."""
