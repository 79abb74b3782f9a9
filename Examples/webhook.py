#!/usr/bin/env python3
"""A receiver of a hub's webhook: verifies, counts each operation once, prints it.

    python3 webhook.py SECRET-FILE [PORT [DATABASE]]

See docs/sinks.md. Nothing but Python's own library is needed.
"""

import base64
import hashlib
import hmac
import http.server
import json
import sqlite3
import sys
import time


def verify(secret, headers, body):
    """Raises ValueError unless the request is the hub's, whole and new."""
    name, seconds = headers["webhook-id"] or "", headers["webhook-timestamp"] or "0"
    key = base64.b64decode(secret.strip().removeprefix("whsec_"))
    code = hmac.new(key, f"{name}.{seconds}.".encode() + body, hashlib.sha256).digest()
    wanted = "v1," + base64.b64encode(code).decode()
    given = (headers["webhook-signature"] or "").split()
    if not any(hmac.compare_digest(wanted, signature) for signature in given):
        raise ValueError("it is not signed by the hub")
    if abs(time.time() - int(seconds)) > 300:
        raise ValueError("it is too old")


class Receiver(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        try:
            with open(sys.argv[1]) as file:
                verify(file.read(), self.headers, body)
        except ValueError as error:
            return self.answer(401, str(error))
        fresh = []
        with database:  # What is done with an operation belongs into the same transaction.
            for operation in json.loads(body)["data"]["operations"]:
                row = (operation["id"], json.dumps(operation))
                if database.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", row).rowcount:
                    fresh.append(operation)
        for operation in fresh:
            print(operation["id"], operation["kind"], flush=True)
        self.answer(200, "")

    def answer(self, status, text):
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        pass


database = sqlite3.connect("webhook.sqlite" if len(sys.argv) < 4 else sys.argv[3])
database.execute("CREATE TABLE IF NOT EXISTS seen (id TEXT PRIMARY KEY, operation TEXT)")
port = int(sys.argv[2]) if len(sys.argv) > 2 else 8000
server = http.server.HTTPServer(("127.0.0.1", port), Receiver)
print(f"listening on http://127.0.0.1:{server.server_port}/", flush=True)
server.serve_forever()
