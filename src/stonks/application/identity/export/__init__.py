"""What Stonks keeps about somebody, handed out to them."""
