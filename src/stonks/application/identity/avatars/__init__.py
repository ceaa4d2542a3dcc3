"""The image by which others know somebody."""
