"""Takes a channel's events into a file, verified and each once: receiver.py PORT FILE."""

import json
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock

from standardwebhooks import Webhook, WebhookVerificationError

kept, taking = Path(sys.argv[2]), Lock()
webhook = Webhook(os.environ["WEBHOOK_SECRET"])
kept.touch()
seen = {json.loads(line)["id"] for line in kept.read_text().splitlines()}


class Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # events follow each other over one connection

    def do_POST(self) -> None:
        body, answer = self.rfile.read(int(self.headers["Content-Length"])), b""
        try:
            event = webhook.verify(body, dict(self.headers))
            if event["type"] == "webhook.verification":
                answer = event["data"]["challenge"].encode()
            else:
                self.take({"id": self.headers["webhook-id"], **event})
            self.send_response(200)
        except WebhookVerificationError:
            self.send_response(401)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def take(self, event: dict[str, object]) -> None:
        with taking:
            if event["id"] not in seen:
                with kept.open("a") as file:  # before it is answered: what was taken is safe
                    file.write(json.dumps(event) + "\n")
                seen.add(event["id"])


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
