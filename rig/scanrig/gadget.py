"""Scanners that the guest plugs into itself."""

import base64


class Gadget:
    """A USB scanner of any make. `kind`: keyboard, pos or serial; without a serial number: ''."""

    def __init__(self, guest, name, kind, vendor, product, serial="", maker="Rig", title="Scanner"):
        self.guest, self.name, self.kind = guest, name, kind
        words = [name, kind, vendor, product, serial, maker, title]
        guest.run("rig-gadget make " + " ".join(f"'{word}'" for word in words))

    def plug(self, socket):
        self.guest.run(f"rig-gadget plug {self.name} {socket}")

    def pull(self):
        self.guest.run(f"rig-gadget pull {self.name}")

    def drop(self):
        self.guest.run(f"rig-gadget drop {self.name}")

    def scan_script(self, codes, milliseconds=8, form=None):
        """Bash that scans these codes, one after another."""
        lines = base64.b64encode("".join(f"{code}\n" for code in codes).encode()).decode()
        return (
            f"base64 --decode <<<'{lines}' | rig-scan $(rig-gadget node {self.name})"
            f" {form or self.kind} {milliseconds}"
        )

    def scan(self, *codes, form=None):
        self.guest.run(self.scan_script(codes, form=form), seconds=60 + len(codes))


def buses(guest):
    """The numbers of the buses that the sockets hang on, as in `3-1:1.0`."""
    guest.run("rig-gadget load")
    output = guest.run("ls -d /sys/devices/platform/dummy_hcd.*/usb*")
    return [int(path.rpartition("usb")[2]) for path in sorted(output.split())]
