"""What people can do about themselves: sign up, log in and out, change and leave."""
