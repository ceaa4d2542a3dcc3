"""Examples of links by mail; put in the token of one that was sent to you."""

from stonks.entrypoints.http.identity.examples import PASSWORD

ASK = {"email": "mara@example.com"}
TOKEN = "Zk3vQ8sYw1Tn5Lr0HcJ7XbEd2MfPa9Gu6KiOe4RtVyA"  # noqa: S105 -- an example
FOLLOW = {"token": TOKEN}
ARRIVE = {"token": TOKEN, "username": "mara.l", "fullName": "Mara Lindqvist"}
RESET = {"token": TOKEN, "password": PASSWORD}
