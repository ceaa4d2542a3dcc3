"""What the benchmarks are made of: servers, the load on them, measures and their report."""
