"""The chat in memory; who people are and where they rank is read from the neighbours' tables."""
