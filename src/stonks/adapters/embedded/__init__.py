"""PostgreSQL and Valkey from wheels, their data in one folder: Stonks with nothing installed."""
