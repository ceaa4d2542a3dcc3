"""``/admin``: watching over all accounts."""
