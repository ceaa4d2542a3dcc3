"""What ``stonks doctor`` looks at."""
