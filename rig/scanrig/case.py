"""What the rig's tests have in common."""

import os
import unittest

from .snapshot import Snapshots
from .station import Station


def snapshots():
    return Snapshots(os.environ["RIG_CACHE"], os.environ["RIG_PRODUCT"])


def is_full():
    """By hand and at night: as many cuts and codes as patience allows."""
    return os.environ.get("RIG_SIZE") == "full"


class RigCase(unittest.TestCase):
    def note(self, text):
        """A figure for the report."""
        print(f"     {text}", flush=True)


class GuestCase(RigCase):
    """Tests that share one guest: what one leaves behind, the next one finds."""

    @classmethod
    def setUpClass(cls):
        cls.guest = cls.boot()
        cls.addClassCleanup(cls.guest.close)
        cls.station = Station(cls.guest)

    @classmethod
    def boot(cls):
        return snapshots().restore()

    def keep_logs(self, error):
        self.guest.keep_logs(error)
