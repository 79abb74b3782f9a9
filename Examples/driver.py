#!/usr/bin/env python3
"""A driver for ScanStation: each line written into the FIFO at the device's node is one code.

docs/driver-protocol.md explains the messages.
"""
import base64, json, os, select, sys

unanswered, number, lines, held = 0, 0, [], b""


def say(kind, **fields):
    print(json.dumps({"type": kind, **fields}), flush=True)


def capture(code):
    global unanswered, number
    unanswered, number = unanswered + 1, number + 1
    say("capture", id=number, payload=base64.b64encode(code).decode())


say("hello", driver=sys.argv[-1], protocol=1)
opening = json.loads(sys.stdin.buffer.raw.readline())
try:
    device = os.open(opening["device"]["node"], os.O_RDWR | os.O_NONBLOCK)
except OSError as error:
    say("failed", code="missing", message=str(error), fix="Make the FIFO, or correct its path.")
    sys.exit(1)
say("listening")
message = {}
while message.get("type") != "stop":
    while lines and unanswered < opening["inFlightLimit"]:
        capture(lines.pop(0))
    ready = select.select([sys.stdin] + [device] * (not lines), [], [], 1.0)[0]
    say("alive")
    if device in ready:
        *lines, held = (held + os.read(device, 4096)).split(b"\n")
    if sys.stdin in ready:
        message = json.loads(sys.stdin.buffer.raw.readline() or '{"type": "stop"}')
        unanswered -= message["type"] == "verdict"
for line in lines:
    capture(line)
say("stopped")
