"""Scanners on a real kernel: plugged and pulled, grabbed, told apart, none of their codes lost."""

import time
import unittest
from collections import Counter

from scanrig.case import GuestCase, is_full
from scanrig.gadget import Gadget, buses
from scanrig.machine import DISPLAYS
from scanrig.scanner import SerialScanner

CODES = 1000 if is_full() else 40
REPLUGS = 50 if is_full() else 4
HEARD = "/run/rig-heard"

# A whole second of real time is some hundred milliseconds of the guest's; on real machines the
# promise is 2 s. What is measured is printed.
REATTACH_SECONDS = 20

WEDGE = '\n[[device]]\nname = "{name}"\ndriver = "wedge"\n{place}\n'
SERIAL = (
    '\n[[device]]\nname = "{name}"\ndriver = "serial"\nacknowledge = "ack-nak"\nending = "cr"\n'
    'serial = "{serial}"\n'
)
POS = '\n[[device]]\nname = "pos"\ndriver = "hidpos"\nserial = "P-1"\n'


def configuration(bus_numbers):
    by_serial = {"left": "W-1", "right": "W-2", "typist": "K-1"}
    text = "".join(
        WEDGE.format(name=name, place=f'serial = "{serial}"') for name, serial in by_serial.items()
    )
    for name, bus in zip(("near", "far"), bus_numbers[:2], strict=True):
        place = f'vendor-id = 0x05e0\nproduct-id = 0x1200\nport-path = "{bus}-1:1.0"'
        text += WEDGE.format(name=name, place=place)
    for name, serial in (("acm", "A-1"), ("ftdi", "F-1")):
        text += SERIAL.format(name=name, serial=serial)
    return text + POS


class ScannerCase(GuestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.station.configure(configuration(buses(cls.guest)))
        cls.station.start()
        cls.guest.run(f"rig-eavesdrop {HEARD} >/dev/null 2>&1 &")
        cls.guest.wait(f"[ -e {HEARD} ]")

    def gadget(self, name, kind, vendor, product, serial=""):
        gadget = Gadget(self.guest, name, kind, vendor, product, serial)
        self.addCleanup(gadget.drop)
        return gadget

    def scans_of(self, *names):
        return [scan for scan in self.station.scans() if scan[0] in names]

    def heard(self):
        return self.guest.run(f"cat {HEARD}").splitlines()

    def now(self):
        """Seconds since the guest's boot."""
        return float(self.guest.run("cut -d ' ' -f 1 /proc/uptime"))

    def attach(self, name, plug):
        """Plugs something in; how long it took until it was read, in the guest's seconds."""
        begin = self.now()
        plug()
        self.station.wait_until_reading(name, seconds=60)
        return self.station.told_at(name) - begin


class Scanners(ScannerCase):
    def test_designated_keyboard_is_heard_by_nobody_else(self):
        left = self.gadget("w1", "keyboard", "0x05f9", "0x2204", "W-1")
        self.attach("left", lambda: left.plug(0))
        before = len(self.heard())
        left.scan("4006381333931", "Secret-1")
        self.station.wait_for_scan("Secret-1")
        self.assertEqual(
            self.scans_of("left"), [("left", "4006381333931"), ("left", "Secret-1")]
        )  # fmt: skip
        self.assertEqual(self.heard()[before:], [])

    def test_keyboard_that_nobody_designated_is_heard_by_all(self):
        """The control: the second reader hears, and the console does."""
        gadget = self.gadget("stranger", "keyboard", "0x05f9", "0x2204", "W-9")
        gadget.plug(3)
        self.guest.wait("ls /dev/input/by-id/*W-9*event-kbd >/dev/null 2>&1", seconds=60)
        before = len(self.heard())
        gadget.scan("abc")
        self.guest.wait(f"grep --quiet console {HEARD}")
        heard = Counter(line.split()[0].rstrip("0123456789") for line in self.heard()[before:])
        self.assertGreaterEqual(heard["event"], 4)
        self.assertGreaterEqual(heard["console"], 4)
        self.assertNotIn("abc", [text for _, text in self.station.scans()])
        self.guest.run(f": >{HEARD}")

    def test_two_of_one_model_are_told_apart_by_serial_number(self):
        left = self.gadget("w3", "keyboard", "0x05f9", "0x2204", "W-1")
        right = self.gadget("w4", "keyboard", "0x05f9", "0x2204", "W-2")
        for turn, (first, second) in enumerate([(0, 1), (1, 0)]):
            left.plug(first)
            right.plug(second)
            self.station.wait_until_reading("left", "right", seconds=60)
            left.scan(f"serial-left-{turn}")
            right.scan(f"serial-right-{turn}")
            self.station.wait_for_scan(f"serial-right-{turn}")
            left.pull()
            right.pull()
            self.station.wait_for("left", "missing", seconds=60)
            self.station.wait_for("right", "missing", seconds=60)
        self.assert_told_apart("serial", "left", "right", turns=2)

    def test_two_of_one_model_without_serial_numbers_are_told_apart_by_socket(self):
        near = self.gadget("w5", "keyboard", "0x05e0", "0x1200")
        far = self.gadget("w6", "keyboard", "0x05e0", "0x1200")
        for turn in range(2):
            # The order of plugging must not matter.
            for gadget, socket in [(near, 0), (far, 1)][:: 1 - 2 * turn]:
                gadget.plug(socket)
            self.station.wait_until_reading("near", "far", seconds=60)
            near.scan(f"socket-near-{turn}")
            far.scan(f"socket-far-{turn}")
            self.station.wait_for_scan(f"socket-far-{turn}")
            near.pull()
            far.pull()
            self.station.wait_for("near", "missing", seconds=60)
            self.station.wait_for("far", "missing", seconds=60)
        self.assert_told_apart("socket", "near", "far", turns=2)

    def assert_told_apart(self, kind, *names, turns):
        scans = [scan for scan in self.station.scans() if scan[1].startswith(f"{kind}-")]
        expected = [(name, f"{kind}-{name}-{turn}") for turn in range(turns) for name in names]
        self.assertEqual(sorted(scans), sorted(expected))

    def test_keyboard_typed_on_from_outside(self):
        """QEMU's own keyboard: nothing in the guest takes part in the typing."""
        self.guest.plug(
            "usb-kbd", "typist", bus="usb.0", port="5", serial="K-1", display=DISPLAYS[0]
        )
        self.station.wait_until_reading("typist", seconds=60)
        before = len(self.heard())
        self.guest.type("4006381333931\n", DISPLAYS[0])
        self.station.wait_for_scan("4006381333931")
        self.guest.type("From-Outside\n", DISPLAYS[0])
        self.station.wait_for_scan("From-Outside")
        self.guest.pull("typist")
        self.station.wait_for("typist", "missing", seconds=60)
        self.assertEqual(len(self.scans_of("typist")), 2)
        self.assertEqual(self.heard()[before:], [])

    def test_serial_scanner_answers_and_comes_back(self):
        acm = self.gadget("a1", "serial", "0x05e0", "0x1701", "A-1")
        times = []
        for turn in range(3):
            times.append(self.attach("acm", lambda: acm.plug(2)))
            acm.scan(f"acm-{turn}-a", f"acm-{turn}-b")
            acm.pull()
            self.station.wait_for("acm", "missing", seconds=60)
        self.note(f"CDC-ACM: read {max(times):.1f} s after plugging at the latest")
        self.assertLess(max(times), REATTACH_SECONDS)
        self.assertEqual(len(self.scans_of("acm")), 6)

    def test_serial_adapter_answers_and_comes_back(self):
        connection = self.guest.plug_serial_adapter("ftdi", "F-1", 3)
        times = []
        for turn in range(3):
            scanner = SerialScanner(connection)
            times.append(self.attach("ftdi", lambda: None))
            scanner.send(f"ftdi-{turn}")
            scanner.wait_for_answers(60)
            scanner.pull()
            self.station.wait_for("ftdi", "missing", seconds=60)
            connection = self.guest.machine.connect("ftdi")
        self.note(f"FTDI: read {max(times):.1f} s after plugging at the latest")
        self.assertEqual(len(self.scans_of("ftdi")), 3)
        connection.close()
        self.guest.pull("ftdi")

    def test_scanner_that_lost_its_driver_comes_back_under_its_name(self):
        """As after a suspend: the device stays plugged in, its driver goes and comes."""
        left = self.gadget("w7", "keyboard", "0x05f9", "0x2204", "W-1")
        left.plug(0)
        self.station.wait_until_reading("left", seconds=60)
        node = self.station.devices()["left"]["node"]
        interface = self.guest.run(
            f"basename $(readlink -f /sys/class/input/$(basename {node})/device/device/..)"
        ).strip()
        driver = "/sys/bus/usb/drivers/usbhid"
        self.guest.run(f"echo {interface} >{driver}/unbind")
        self.station.wait_for("left", "missing", seconds=60)
        took = self.attach("left", lambda: self.guest.run(f"echo {interface} >{driver}/bind"))
        left.scan("woken")
        self.station.wait_for_scan("woken")
        self.assertEqual(self.scans_of("left")[-1], ("left", "woken"))
        self.note(f"read again {took:.1f} s after its driver came back")


class ManyCodes(ScannerCase):
    """Four scanners at once, pulled and plugged again between codes: two keyboards of one model, HID
    POS, and serial from outside of the guest."""

    def test_none_is_lost_none_mixed_up_none_leaks(self):
        self.plug_all()
        begin = time.monotonic()
        rounds = REPLUGS + 1
        for turn in range(rounds):
            self.scan_all(range(CODES * turn // rounds, CODES * (turn + 1) // rounds))
            if turn < REPLUGS:
                self.replug(turn)
        self.check(time.monotonic() - begin)

    def plug_all(self):
        self.scanners = {
            "left": self.gadget("w1", "keyboard", "0x05f9", "0x2204", "W-1"),
            "right": self.gadget("w2", "keyboard", "0x05f9", "0x2204", "W-2"),
            "pos": self.gadget("p1", "pos", "0x0c2e", "0x0901", "P-1"),
        }
        for socket, gadget in enumerate(self.scanners.values()):
            gadget.plug(socket)
        self.connection = self.guest.plug_serial_adapter("ftdi", "F-1", 3)
        self.station.wait_until_reading(*self.scanners, "ftdi", seconds=60)
        self.station.news()
        self.refusals = 0

    def scan_all(self, numbers):
        """All four at once, each its own codes of these numbers.

        A code that the station refused, audibly, is scanned again, as its person would.
        """
        left = {name: self.codes(name, numbers) for name in [*self.scanners, "ftdi"]}
        while any(left.values()):
            self.send({name: codes for name, codes in left.items() if codes})
            refused = self.take_news(left)
            unexplained = {name for name, codes in left.items() if codes} - refused
            self.assertEqual(unexplained, set(), f"{left}: neither stored nor refused")

    def send(self, codes_by_name):
        jobs = "".join(
            f"({self.scanners[name].scan_script(codes)}) >/run/{name}.out 2>&1 &\n"
            for name, codes in codes_by_name.items()
            if name != "ftdi"
        )
        self.guest.run(jobs)
        scanner = SerialScanner(self.connection, window=4)
        for code in codes_by_name.get("ftdi", []):
            while len(scanner.waiting) == scanner.window:
                scanner.take_answers(0.1)
            scanner.send(code)
        scanner.wait_for_answers(60)
        self.guest.wait("! pgrep rig-scan >/dev/null", seconds=60 + CODES)

    def take_news(self, left):
        """Strikes out what was stored; answers whose codes were refused.

        Waits for what is left while nothing was refused: unplugged with keys on their way, a
        scanner loses them, in the kernel.
        """
        refused = set()
        end = time.monotonic() + 30
        while any(codes and name not in refused for name, codes in left.items()):
            if time.monotonic() > end:
                break
            for event in self.station.news():
                if event.get("decision") == "taken":
                    left[event["device"]].remove(event["text"])
                elif "code" in event and "device" in event and "sequence" not in event:
                    refused.add(event["device"])
                    self.refusals += 1
        return refused

    def codes(self, name, numbers):
        return [f"{name}-{number:05}" for number in numbers]

    def replug(self, turn):
        name = [*self.scanners, "ftdi"][turn % 4]
        if name == "ftdi":
            self.connection.close()
        else:
            self.scanners[name].pull()
        self.station.wait_for(name, "missing", seconds=60)
        if name == "ftdi":
            self.connection = self.guest.machine.connect("ftdi")
        else:
            self.scanners[name].plug(list(self.scanners).index(name))
        self.station.wait_until_reading(name, seconds=60)

    def check(self, seconds):
        scans = self.station.scans()
        names = [*self.scanners, "ftdi"]
        expected = [(name, code) for name in names for code in self.codes(name, range(CODES))]
        lost = set(expected) - set(scans)
        mixed_up = set(scans) - set(expected)
        twice = [scan for scan, count in Counter(scans).items() if count > 1]
        leaked = self.heard()
        self.note(
            f"{len(expected)} codes of {len(names)} scanners, {REPLUGS} replugs in {seconds:.0f} s:"
            f" {len(lost)} lost, {len(mixed_up)} mixed up, {len(twice)} twice,"
            f" {len(leaked)} keys leaked; {self.refusals} refused aloud and scanned again"
        )
        self.assertEqual((lost, mixed_up, twice, leaked), (set(), set(), [], []))


if __name__ == "__main__":
    unittest.main()
