"""Everything in this process's memory: for fast tests, and for people who embed Stonks."""
