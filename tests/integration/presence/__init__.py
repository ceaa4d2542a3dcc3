"""Who comes and goes, on real stores and processes."""
