"""A serial scanner on the host, plugged into the guest as a USB adapter."""

import select
import time
from collections import deque

ACK, NAK = 0x06, 0x15


class SerialScanner:
    """Sends codes and takes their answers; several wait for theirs at once, as in a burst."""

    def __init__(self, connection, window=16):
        self.connection = connection
        self.window = window
        self.waiting = deque()
        self.acknowledged = []
        self.refused = []

    def scan(self, codes, until, on_acknowledge=lambda codes: None):
        """Sends codes until `until()` holds; that is asked between answers, often."""
        codes = iter(codes)
        while not until():
            while len(self.waiting) < self.window:
                self.send(next(codes))
            self.take_answers(0.02, on_acknowledge)

    def send(self, code):
        self.waiting.append(code)
        self.connection.sendall(code.encode() + b"\r")

    def wait_for_answers(self, seconds=30):
        end = time.monotonic() + seconds
        while self.waiting:
            if time.monotonic() > end:
                raise TimeoutError(f"no answer to {list(self.waiting)[:3]}")
            self.take_answers(0.1)

    def take_answers(self, seconds, on_acknowledge=lambda codes: None):
        if not select.select([self.connection], [], [], seconds)[0]:
            return False
        received = self.connection.recv(4096)
        good = []
        for byte in received:
            if byte in (ACK, NAK):
                code = self.waiting.popleft()
                (good if byte == ACK else self.refused).append(code)
        self.acknowledged += good
        if good:
            on_acknowledge(good)
        return bool(received)

    def take_last_answers(self):
        """After the guest is gone: what it had answered before counts as answered."""
        while self.take_answers(0.5):
            pass

    def pull(self):
        self.connection.close()
