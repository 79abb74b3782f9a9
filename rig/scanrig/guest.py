"""A running guest: scripts run in it, devices plugged into it, conditions waited for."""

import base64
import contextlib
import itertools
import os
import shutil
import tempfile
import time

from .keyboard import key_codes
from .machine import Lines, Machine, MachineError

# A keyboard at full speed is asked every 8 ms, and keeps 16 events; faster typing loses keys.
KEY_SECONDS = 0.009

# What a guest is asked for when a test failed.
NOTES = {
    "journal.log": "journalctl --boot --output=short-monotonic --no-pager",
    "events.log": "cat /run/rig-events",
    "heard.log": "cat /run/rig-heard",
}


class GuestError(Exception):
    """A script failed in the guest, or something there never came to be."""


class Guest:
    """A guest and the folder in which its machine keeps everything."""

    def __init__(self, arguments, root_image, folder=None):
        self.folder = folder or tempfile.mkdtemp(prefix="scanrig-")
        self.numbers = itertools.count(1)
        self.machine = Machine(self.folder, arguments, root_image)
        self.agent = self.machine.connect("agent")
        self.lines = Lines(self.agent)

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if error is not None:
            self.keep_logs(error)
        self.close()

    def close(self):
        self.machine.close()
        self.agent.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def keep_logs(self, error):
        """Where somebody asked for logs, they stay: the consoles' and the journal."""
        place = os.environ.get("RIG_LOGS")
        if not place:
            return
        target = tempfile.mkdtemp(prefix=time.strftime("%H%M%S-"), dir=place)
        with open(f"{target}/error", "w") as file:
            file.write(f"{error}\n")
        with contextlib.suppress(OSError, MachineError, TimeoutError):
            for name, command in NOTES.items():
                with open(f"{target}/{name}", "w") as file:
                    file.write(self.attempt(command, seconds=20)[1])
        for name in ("console.log", "qemu.log"):
            shutil.copy(f"{self.folder}/{name}", target)
        print(f"rig: logs are in {target}", flush=True)

    # Scripts.

    def wait_for_boot(self, seconds):
        while self.lines.next(seconds) != "up":
            pass

    def wait_for_agent(self, seconds=60):
        """After a snapshot is restored the agent may miss what is said first."""
        end = time.monotonic() + seconds
        while True:
            try:
                return self.run("true", seconds=1)
            except TimeoutError:
                if time.monotonic() > end:
                    raise

    def run(self, script, seconds=60):
        """Runs bash there and answers with its output. Background jobs must redirect theirs."""
        status, output = self.attempt(script, seconds)
        if status:
            raise GuestError(f"status {status}: {script[:200]!r}: {output[-2000:]}")
        return output

    def attempt(self, script, seconds=60):
        """As `run`, and answers with status and output."""
        number = str(next(self.numbers))
        request = base64.b64encode(script.encode()).decode()
        self.agent.sendall(f"{number} {request}\n".encode())
        while True:
            answer, *rest = self.lines.next(seconds).split(" ")
            if answer == number:
                return int(rest[0]), base64.b64decode(rest[1]).decode(errors="replace")

    def wait(self, condition, seconds=30):
        """Waits there until a bash condition holds; answers how long it took."""
        begin = time.monotonic()
        script = f"""
            end=$((${{EPOCHREALTIME/./}} + {int(seconds * 1_000_000)}))
            until {condition}; do
                [ "${{EPOCHREALTIME/./}}" -lt "$end" ] || exit 1
                sleep 0.02
            done"""
        status, output = self.attempt(script, seconds * 3 + 30)
        if status:
            raise GuestError(f"not after {seconds} s: {condition} {output[-500:]}")
        return time.monotonic() - begin

    def write(self, path, text):
        encoded = base64.b64encode(text.encode()).decode()
        self.run(f"mkdir -p $(dirname {path}); base64 --decode <<<'{encoded}' >{path}")

    def copy_in(self, path):
        """A file of the host, small, to a path of the same name in /run; answers with it."""
        with open(path, "rb") as file:
            encoded = base64.b64encode(file.read()).decode()
        target = f"/run/{os.path.basename(path)}"
        self.run(f"base64 --decode <<<'{encoded}' >{target}; chmod 755 {target}")
        return target

    # Devices.

    def plug(self, driver, name, **properties):
        self.machine.tell("device_add", driver=driver, id=name, **properties)

    def pull(self, name):
        self.machine.tell("device_del", id=name)

    def plug_serial_adapter(self, name, serial, socket_number):
        """QEMU's FTDI adapter: it is plugged in for as long as the connection lasts."""
        address = {"type": "unix", "data": {"path": f"{self.folder}/{name}"}}
        backend = {"type": "socket", "data": {"addr": address, "server": True, "wait": False}}
        self.machine.tell("chardev-add", id=name, backend=backend)
        self.plug(
            "usb-serial", name, chardev=name, serial=serial, bus="usb.0", port=str(socket_number)
        )
        return self.machine.connect(name)

    def plug_disk(self, name, image, log=None, slot="slot1"):
        """A disk from a raw file; `log` takes every write and flush, in the kernel's log format."""
        block = raw_file(image)
        if log:
            block = {
                "driver": "blklogwrites",
                "log-sector-size": 512,
                "log-super-update-interval": 1,
                "file": block,
                "log": raw_file(log),
            }
        self.machine.tell("blockdev-add", **{"node-name": name, **block})
        self.plug("virtio-blk-pci", name, drive=name, bus=slot, serial=name)
        self.wait(f"[ -b /dev/disk/by-id/virtio-{name} ]")

    def type(self, text, display):
        """Types on the keyboard that was plugged in with this display."""
        for character in text:
            codes = key_codes(character)
            for code in codes:
                self.press(code, True, display)
            for code in reversed(codes):
                self.press(code, False, display)

    def press(self, code, is_down, display):
        key = {"down": is_down, "key": {"type": "qcode", "data": code}}
        event = {"type": "key", "data": key}
        self.machine.tell("input-send-event", device=display, head=0, events=[event])
        time.sleep(KEY_SECONDS)


def raw_file(path):
    file = {"driver": "file", "filename": os.path.abspath(path)}
    return {"driver": "raw", "file": file}
