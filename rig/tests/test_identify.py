"""Scanners that people choose, calibrate and tell apart by scanning, with nothing configured."""

import unittest

from scanrig.case import GuestCase
from scanrig.gadget import Gadget

HEARD = "/run/rig-identify"

# Of the calibration sheet: letters, signs, and an element string with GS in it.
CALIBRATION = (
    "CAL1:yzqwam;-/=+.",
    "CAL2#@[]{}\\|<>&\"?*()_'",
    "010950110153000310CAL3\x1d21yzQA",
)


class Identify(GuestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.station.start()

    def gadget(self, name, kind, vendor, product, serial=""):
        gadget = Gadget(self.guest, name, kind, vendor, product, serial)
        self.addCleanup(gadget.drop)
        return gadget

    def identify(self, options, scan):
        """Says yes to what is heard of `scan`; answers with what the command said."""
        self.guest.run(
            f"(scanstationctl identify --yes --seconds 120 {options}; echo status $?)"
            f" >{HEARD} 2>&1 &"
        )
        self.guest.wait(f"grep --quiet Listening {HEARD}", seconds=60)
        scan()
        self.guest.wait(f"grep --quiet ^status {HEARD}", seconds=120)
        told = self.guest.run(f"cat {HEARD}")
        self.assertIn("status 0", told)
        return told

    def wait_until_read_anew(self, *names):
        """What was told of them before they moved is no news."""
        for name in names:
            self.guest.wait(
                f"scanstationctl devices 2>&1 | grep --quiet -E '^{name} .* reading'", seconds=60
            )

    def scans_of(self, *names):
        return [scan for scan in self.station.scans() if scan[0] in names]

    def test_wrong_layout_is_found_by_calibration_and_right_from_then_on(self):
        scanner = self.gadget("german", "keyboard", "0x05f9", "0x2206", "G-1")
        scanner.plug(0)
        self.guest.wait("ls /dev/input/by-id/*G-1*event-kbd >/dev/null 2>&1", seconds=60)
        self.identify("--name german", lambda: scanner.scan("hello", form="german"))
        self.station.wait_until_reading("german", seconds=60)
        scanner.scan("zebra-1", form="german")
        self.station.wait_for_scan("yebra/1", seconds=60)
        told = self.identify(
            "--calibrate --as german", lambda: self.scan_apart(scanner, CALIBRATION)
        )
        self.assertRegex(told, "Layout +de")
        self.assertNotIn("missing", told)
        self.wait_until_read_anew("german")
        scanner.scan("zebra-2", "A_b@c?x", form="german")
        self.station.wait_for_scan("A_b@c?x", seconds=60)
        # What was scanned for identify and calibration is no scan.
        self.assertEqual(
            [text for _, text in self.scans_of("german")], ["yebra/1", "zebra-2", "A_b@c?x"]
        )

    def scan_apart(self, scanner, codes):
        """One after the other, as a hand does: each ends in silence."""
        for count, code in enumerate(codes, 1):
            scanner.scan(code, form="german")
            self.guest.wait(f"grep --quiet ': {count} of 3' {HEARD}", seconds=60)

    def test_twins_that_changed_sockets_are_told_and_bound_anew(self):
        ours = {name: self.gadget(name, "keyboard", "0x05f9", "0x2207") for name in ("one", "two")}
        for socket, (name, scanner) in enumerate(ours.items()):
            scanner.plug(socket)
            self.guest.wait(f"[ $(ls /dev/input/event* | wc -l) = {socket + 1} ]", seconds=60)
            self.identify(f"--name {name}", lambda scanner=scanner: scanner.scan("hello"))
            self.station.wait_until_reading(name, seconds=60)
        for scanner in ours.values():
            scanner.pull()
        for name in ours:
            self.station.wait_for(name, "missing", seconds=60)
        # Each in the other's socket, and nothing tells.
        ours["one"].plug(1)
        ours["two"].plug(0)
        self.station.wait_until_reading(*ours, seconds=60)
        for name in ours:
            self.assertIn("identify --as", self.station.devices()[name]["fix"])
        ours["one"].scan("not-yet")
        self.station.wait_for_scan("not-yet")
        self.assertEqual(self.scans_of(*ours), [("two", "not-yet")])
        told = self.identify("--as one", lambda: ours["one"].scan("this-is-one"))
        self.assertIn("It is two so far", told)
        self.wait_until_read_anew(*ours)
        ours["one"].scan("from-one")
        ours["two"].scan("from-two")
        self.station.wait_for_scan("from-two")
        self.assertEqual(self.scans_of(*ours)[1:], [("one", "from-one"), ("two", "from-two")])
        self.assertEqual(self.station.devices()["one"]["fix"], "")
        self.check_third_socket(ours["one"])

    def check_third_socket(self, scanner):
        scanner.pull()
        self.station.wait_for("one", "missing", seconds=60)
        scanner.plug(2)
        self.guest.wait(
            "scanstationctl devices --json | grep --quiet 'one like it sits in another'", seconds=90
        )
        self.identify("--as one", lambda: scanner.scan("this-is-one"))
        self.wait_until_read_anew("one")
        scanner.scan("from-there")
        self.station.wait_for_scan("from-there")
        self.assertEqual(self.scans_of("one")[-1], ("one", "from-there"))


if __name__ == "__main__":
    unittest.main()
