"""What is done apart from requests: workers, the relay that gives them hints, and their jobs."""
