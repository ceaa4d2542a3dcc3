"""What goes over sockets and between processes: frames, their bytes, and batches of them."""
