"""Accounts: their types, what those allow, and who watches over them."""
