"""What is counted of requests."""

from prometheus_client import Counter, Histogram

REQUESTS = Counter(
    "stonks_http_requests", "Requests by route and status.", ["method", "route", "status"]
)
DURATION = Histogram(
    "stonks_http_request_seconds",
    "How long requests took, by route.",
    ["method", "route"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
