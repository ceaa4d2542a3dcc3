"""What the people of the demo say."""
