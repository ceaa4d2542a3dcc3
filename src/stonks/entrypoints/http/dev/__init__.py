"""What only somebody who tries Stonks out sees."""
