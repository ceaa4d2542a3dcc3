"""What receivers are sent, and how it is signed (Standard Webhooks 1.0)."""
