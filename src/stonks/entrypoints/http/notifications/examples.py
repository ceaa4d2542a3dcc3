"""Examples of notifications; put in the token of a letter that was sent to you."""

PREFERENCES = {
    "stream_started": {"inApp": True, "push": True, "email": True},
    "new_follower": {"inApp": True, "push": True, "email": False},
    "webhook_disabled": {"inApp": True, "push": True, "email": True},
}
CHANGE = {"stream_started": {"email": False}}
CHANGED = PREFERENCES | {"stream_started": {"inApp": True, "push": True, "email": False}}
TOKEN = "WyIwMTk4MGE0ZTdkM2M3YjUyOWQ0YjZmMGYzZjZhMmMxMSIsInN0cmVhbV9zdGFydGVkIl0.Zk3vQ8sYw1Tn"  # noqa: S105 -- an example
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
PAGE = "<!doctype html>…"
