"""How soon a keyboard is grabbed, on a machine whose clock counts instructions."""

import re
import statistics
import unittest

from scanrig.case import GuestCase, is_full, snapshots
from scanrig.gadget import Gadget

PLUGS = 10 if is_full() else 4
# From udevd's news to the grab. Before the news the station's user may not open the node.
OWN_LIMIT_SECONDS = 0.05

CONFIGURATION = '[[device]]\nname = "gun"\ndriver = "wedge"\nserial = "W-1"\n'

# The kernel's own clock, at the end of making the node and at the beginning of grabbing it.
PROBES = """
    cd /sys/kernel/tracing
    echo 'r:rig/node evdev:evdev_connect' >kprobe_events
    echo 'p:rig/grab input_grab_device' >>kprobe_events
    echo mono >trace_clock
    echo 1 >events/rig/enable
    : >/run/rig-udev
    stdbuf --output=L udevadm monitor --udev --subsystem-match=input >>/run/rig-udev 2>&1 &
"""


class Grab(GuestCase):
    @classmethod
    def boot(cls):
        return snapshots().boot_steady()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.station.configure(CONFIGURATION)
        cls.station.start()
        cls.gadget = Gadget(cls.guest, "gun", "keyboard", "0x05f9", "0x2204", "W-1")
        cls.guest.run(PROBES)
        cls.guest.wait("grep --quiet UDEV /run/rig-udev")

    def test_keyboard_is_grabbed_as_soon_as_it_may_be(self):
        times = [self.plug() for _ in range(PLUGS)]
        udev, own = ([pair[i] for pair in times] for i in (0, 1))
        self.note(
            f"of {PLUGS} plugs: node to udevd's news {milliseconds(udev)}; news to grab"
            f" {milliseconds(own)} (one core, 500 million instructions a second)"
        )
        self.assertLess(max(own), OWN_LIMIT_SECONDS)

    def test_late_grab_is_seen(self):
        """The control: a daemon that stands still while the keyboard comes."""
        daemon = "systemctl kill --signal={} scanstationd"
        self.guest.run(daemon.format("STOP"))

        def go_on():
            self.guest.wait("grep --quiet -E 'add.*/event[0-9]+ ' /run/rig-udev", seconds=60)
            self.guest.run(daemon.format("CONT"))

        _, own = self.plug(go_on)
        self.assertGreater(own, OWN_LIMIT_SECONDS)

    def plug(self, meanwhile=lambda: None):
        """Plugs the keyboard in, waits, and pulls it; answers with `times`."""
        self.gadget.plug(0)
        meanwhile()
        self.station.wait_until_reading("gun", seconds=60)
        times = self.times()
        self.gadget.pull()
        self.station.wait_for("gun", "missing", seconds=60)
        return times

    def times(self):
        """From the node's appearance to udevd's news of it, and from there to the grab: seconds."""
        trace = self.guest.run("cat /sys/kernel/tracing/trace; : >/sys/kernel/tracing/trace")
        stamps = {name: float(at) for at, name in re.findall(r"([\d.]+): (node|grab):", trace)}
        news = self.guest.run("grep -E 'add.*/event[0-9]+ ' /run/rig-udev; : >/run/rig-udev")
        told = float(re.findall(r"\[([\d.]+)\]", news)[-1])
        return told - stamps["node"], stamps["grab"] - told


def milliseconds(seconds):
    median, most = (1000 * f(seconds) for f in (statistics.median, max))
    return f"{median:.0f} ms, at most {most:.0f}"


if __name__ == "__main__":
    unittest.main()
