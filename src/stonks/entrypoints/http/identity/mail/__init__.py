"""What people do by mail, over HTTP."""
