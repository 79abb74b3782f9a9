#!/usr/bin/env python3
"""A small station of its own, written from docs/protocol.md: enrols, sends, reads the feed.

    client.py enrol LINK                  the link that `scanhub enrol-code --hub URL` prints
    client.py adjust ITEM PLACE DELTA     make an operation and send all that waits
    client.py sync                        send all that waits
    client.py feed                        print what others and this station did since the last time

Needs python3-cryptography. What it knows stands in one file (--state), whole or not at all.
"""
import argparse, base64, hashlib, http.client, json, os, secrets, ssl, sys, time
import urllib.parse
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

MEDIA_TYPE = "application/vnd.scanstation.v1+json"
COMPONENTS = ["@method", "@path", "@query", "content-digest", "content-type"]


def b64(data):
    return base64.b64encode(data).decode()


class Refused(Exception):
    """The hub said no: a problem document, RFC 9457."""


class State(dict):
    def __init__(self, path):
        self.path = path
        if os.path.exists(path):
            with open(path) as file:
                self.update(json.load(file))
        else:
            self.update(key=secrets.token_hex(32), lives=[], feed=0, clock=0, offset=0)

    def save(self):
        """Durable when it returns: an operation that may be sent must not be made twice."""
        with open(self.path + ".new", "w", opener=lambda p, f: os.open(p, f, 0o600)) as file:
            json.dump(self, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(self.path + ".new", self.path)

    @property
    def private_key(self):
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(self["key"]))

    def now(self):
        """The hub's time in microseconds, as well as it is known (section 5)."""
        return time.time_ns() // 1000 + self["offset"]

    def make(self, kind, content):
        """Adds an operation; this run's first one begins a new incarnation (section 1)."""
        lives = self["lives"]
        if not getattr(self, "life", None):
            parent = None
            if lives:
                parent = {"incarnation": lives[-1]["incarnation"],
                          "sequence": str(len(lives[-1]["operations"]))}
            self.life = {"incarnation": str(secrets.randbelow(2**64 - 1) + 1), "parent": parent,
                         "operations": [], "acknowledged": 0}
            lives.append(self.life)
        # By this machine's own clock, right or wrong: the hub knows from hello how wrong it is.
        self["clock"] = max(time.time_ns() // 1000, self["clock"] + 1)
        self.life["operations"].append({"clock": self["clock"], "base": self["feed"],
                                        "kind": {kind: content}})
        self.save()


def connect(state):
    """Nothing is sent before the hub has proved that it has the pinned key."""
    url = urllib.parse.urlsplit(state["hub"])
    if url.scheme == "http":
        return http.client.HTTPConnection(url.hostname, url.port, timeout=40)
    context = ssl.create_default_context()
    if state.get("pin"):
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    connection = http.client.HTTPSConnection(url.hostname, url.port, timeout=40, context=context)
    connection.connect()
    if state.get("pin"):
        certificate = x509.load_der_x509_certificate(connection.sock.getpeercert(True))
        key = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        if "sha256//" + b64(hashlib.sha256(key).digest()) != state["pin"]:
            sys.exit("this is another hub: its key is not the pinned one")
    return connection


def sign(state, method, target, body):
    """Section 4."""
    path, _, query = target.partition("?")
    digest = f"sha-256=:{b64(hashlib.sha256(body).digest())}:"
    values = dict(zip(COMPONENTS, [method, path, "?" + query, digest, MEDIA_TYPE]))
    names = COMPONENTS if body else COMPONENTS[:-1]
    parameters = "(" + " ".join(f'"{name}"' for name in names) + ")"
    parameters += f';created={state.now() // 1_000_000};nonce="{secrets.token_hex(16)}"'
    parameters += f';keyid="{state["station"]}";alg="ed25519"'
    lines = [f'"{name}": {values[name]}' for name in names] + [f'"@signature-params": {parameters}']
    signature = state.private_key.sign("\n".join(lines).encode())
    return {"Content-Digest": digest, "Signature-Input": f"sig1={parameters}",
            "Signature": f"sig1=:{b64(signature)}:"}


def call(state, method, target, message=None, signed=True):
    body = json.dumps(message).encode() if message is not None else b""
    headers = {"Accept": MEDIA_TYPE} | ({"Content-Type": MEDIA_TYPE} if body else {})
    headers |= sign(state, method, target, body) if signed else {}
    connection = connect(state)
    connection.request(method, target, body=body or None, headers=headers)
    answer = connection.getresponse()
    text = answer.read()
    if answer.status == 204:
        return None
    if answer.status >= 300:
        problem = json.loads(text)
        raise Refused(f"{problem['code']}: {problem['detail']}")
    return json.loads(text)


def enrol(state, link):
    values = dict(urllib.parse.parse_qsl(link.removeprefix("scanstation:enrol?").replace("+", "%2B")))
    state.update(hub=values["hub"].rstrip("/"), pin=values.get("pin"))
    public = state.private_key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    state.save()  # The key must not be lost after the hub got to know it.
    answer = call(state, "POST", "/v1/enrol", signed=False, message={
        "code": values["code"], "publicKey": b64(public), "name": "client.py"})
    state.update(station=answer["station"])
    state.save()
    print("station", answer["station"])


def hello(state):
    """Tells the hub what is here and takes over what it has: its cursor is the truth."""
    sent = time.time_ns() // 1000
    answer = call(state, "POST", "/v1/hello", {
        "incarnations": [{"incarnation": life["incarnation"], "parent": life["parent"],
                          "lastSequence": str(len(life["operations"]))} for life in state["lives"]],
        "feedPosition": str(state["feed"]), "wallTime": str(sent), "software": "client.py",
        "kinds": ["adjust"]})
    state["offset"] = int(answer["hubTime"]) - (sent + time.time_ns() // 1000) // 2
    acknowledge(state, answer.get("cursors", []))


def acknowledge(state, cursors):
    held = {cursor["incarnation"]: int(cursor.get("sequence", 0)) for cursor in cursors}
    for life in state["lives"]:
        if life["incarnation"] in held:
            life["acknowledged"] = min(held[life["incarnation"]], len(life["operations"]))
    state.save()


def run(life, limit):
    """Operations lean on the one before them: section 6."""
    clock, base, operations = 0, 0, []
    for operation in life["operations"][life["acknowledged"]:][:limit]:
        operations.append({"clockDelta": str((operation["clock"] - clock) % 2**64),
                           "baseDelta": str(operation["base"] - base), **operation["kind"]})
        clock, base = operation["clock"], operation["base"]
    return {"incarnation": life["incarnation"], "parent": life["parent"],
            "firstSequence": str(life["acknowledged"] + 1), "operations": operations}


def push(state):
    hello(state)
    for life in state["lives"]:  # A parent's tail goes before its child.
        while life["acknowledged"] < len(life["operations"]):
            answer = call(state, "POST", "/v1/ops", {"runs": [run(life, 100)]})
            acknowledge(state, answer["cursors"])
            for verdict in answer.get("verdicts", []):
                print("refused", verdict["sequence"], verdict["code"], file=sys.stderr)


def feed(state):
    hello(state)
    while page := call(state, "GET", f"/v1/feed?pos={state['feed']}&max=500&whole=1"):
        for part in page["runs"]:
            for index, operation in enumerate(part.get("operations", [])):
                kind = {k: v for k, v in operation.items() if isinstance(v, dict)}
                print(json.dumps({"position": int(part["firstPosition"]) + index,
                                  "station": part["station"], **kind}))
        state["feed"] = int(page["position"])
        state.save()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--state", default="client.json")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("enrol").add_argument("link")
    adjust = commands.add_parser("adjust")
    for name in ["item", "place", "delta"]:
        adjust.add_argument(name)
    commands.add_parser("sync")
    commands.add_parser("feed")
    arguments = parser.parse_args()
    state = State(arguments.state)
    if arguments.command == "enrol":
        enrol(state, arguments.link)
    elif arguments.command == "adjust":
        state.make("adjust", {"item": arguments.item, "place": arguments.place,
                              "delta": arguments.delta})
        push(state)
    elif arguments.command == "sync":
        push(state)
    else:
        feed(state)


if __name__ == "__main__":
    try:
        main()
    except (Refused, OSError) as error:
        sys.exit(f"client.py: {error}")
