"""The units and rules as they are installed, under the systemd and udev of Debian."""

import re
import unittest

from scanrig.case import GuestCase
from scanrig.gadget import Gadget

# Of 10, the worst; docs/hardening.md says what keeps it from lower.
EXPOSURE_LIMIT = 1.5


class Service(GuestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.station.start()

    def show(self, unit, *properties):
        names = ",".join(properties)
        return self.guest.run(f"systemctl show --value --property={names} {unit}").split("\n")

    def test_units_are_valid(self):
        verify = "systemd-analyze verify --man=no {scanstationd,scanhub}.service 2>&1"
        output = self.guest.run(verify)
        self.assertEqual(output, "")

    def test_units_are_confined(self):
        for unit in ("scanstationd", "scanhub"):
            table = self.guest.run(f"systemd-analyze security --no-pager {unit}")
            exposure = float(re.search(r"exposure level for \S+: ([0-9.]+)", table)[1])
            open_doors = [line.rstrip() for line in table.splitlines() if "✗" in line]
            self.note("\n     ".join([f"{unit}: exposure {exposure}", *open_doors]))
            self.assertLessEqual(exposure, EXPOSURE_LIMIT)

    def test_systemd_finds_nothing_failed(self):
        self.assertEqual(self.guest.run("systemctl --failed --no-legend --plain"), "")

    def test_group_may_ask_the_station_and_others_may_not(self):
        modes = "stat --format '%U:%G %a' /var/lib/scanstation /run/scanstation/scanstation.sock"
        folder, socket = self.guest.run(modes).splitlines()
        self.assertEqual(folder, "scanstation:scanstation 750")
        self.assertEqual(socket, "scanstation:scanstation 660")
        ask = "setpriv --reuid=nobody --regid={} --clear-groups scanstationctl status"
        self.guest.run(ask.format("scanstation"))
        self.assertNotEqual(self.guest.attempt(ask.format("nogroup"))[0], 0)

    def test_killed_daemon_comes_back_with_what_it_had(self):
        self.guest.run("scanstationctl scan BEFORE-1")
        self.guest.run("systemctl kill --signal=KILL scanstationd")
        self.guest.wait("[ $(systemctl show --value --property=NRestarts scanstationd) = 1 ]", 60)
        self.guest.wait("scanstationctl status >/dev/null 2>&1", seconds=60)
        self.assertIn(("api", "BEFORE-1"), self.station.scans())

    def test_mistake_in_the_configuration_is_told_and_not_tried_again(self):
        self.station.stop()
        self.station.configure("[station]\nnam = 'x'\n")
        self.assertNotEqual(self.guest.attempt("systemctl start scanstationd")[0], 0)
        self.guest.wait("[ $(systemctl is-active scanstationd) = failed ]")
        self.assertEqual(self.show("scanstationd", "ExecMainStatus")[0], "2")
        self.assertIn("nam", self.guest.run("journalctl --unit scanstationd --lines 5 --no-pager"))
        self.station.configure("")
        self.guest.run("systemctl reset-failed scanstationd")
        self.station.start()

    def test_hub_and_station_meet_as_services(self):
        self.guest.run("systemctl start scanhub", seconds=90)
        as_hub = "setpriv --reuid=scanhub --regid=scanhub --clear-groups"
        code = self.guest.run(f"{as_hub} scanhub enrol-code --data /var/lib/scanhub").split()[-1]
        self.guest.run(f"scanstationctl enrol http://127.0.0.1:8480 {code}", seconds=90)
        self.guest.run("scanstationctl scan MEET-1; scanstationctl sync --wait 60", seconds=120)
        stock = self.guest.run(f"{as_hub} scanhub stock --data /var/lib/scanhub --item MEET-1")
        self.assertIn("MEET-1", stock)
        self.guest.run("systemctl stop scanhub", seconds=90)


class Rules(GuestCase):
    def test_udev_reads_the_rules_without_complaint(self):
        output = self.guest.run("udevadm test /sys/class/tty/tty1 2>&1")
        self.assertIn("60-scanstation.rules", output)
        complaints = [line for line in output.splitlines() if "scanstation.rules:" in line]
        self.assertEqual(complaints, [])

    def test_serial_scanner_of_a_known_maker_belongs_to_the_station(self):
        node = self.node_of("known", "serial", "0x05f9", "/dev/ttyACM*")
        self.assertEqual(self.owner(node), "root:scanstation 660")
        device = self.guest.run("readlink -f /sys/bus/usb/devices/*/serial").splitlines()
        ours = self.guest.run(f"grep --files-with-matches known {' '.join(device)}").strip()
        properties = f"udevadm info --query=property --path={ours.removesuffix('/serial')}"
        self.assertIn("ID_MM_DEVICE_IGNORE=1", self.guest.run(properties).splitlines())

    def test_keyboard_of_a_known_maker_belongs_to_the_station(self):
        node = self.node_of("typist", "keyboard", "0x0c2e", "/dev/input/event*")
        self.assertEqual(self.owner(node), "root:scanstation 660")

    def test_device_of_another_maker_is_left_alone(self):
        node = self.node_of("modem", "serial", "0x1234", "/dev/ttyACM*")
        self.assertEqual(self.owner(node), "root:dialout 660")

    def node_of(self, name, kind, vendor, pattern):
        gadget = Gadget(self.guest, name, kind, vendor, "0x0001", serial=name)
        gadget.plug(0)
        self.addCleanup(gadget.drop)
        self.guest.wait(f"ls {pattern} 2>/dev/null", seconds=60)
        self.guest.run("udevadm settle")
        return self.guest.run(f"ls {pattern}").split()[0]

    def owner(self, node):
        return self.guest.run(f"stat --format '%U:%G %a' {node}").strip()


if __name__ == "__main__":
    unittest.main()
