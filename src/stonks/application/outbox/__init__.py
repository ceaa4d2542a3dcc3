"""Events on their way to other contexts, written in the unit of work that caused them."""
