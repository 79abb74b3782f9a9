"""Guests that have booted already: a snapshot a product, restored within a second or two."""

import contextlib
import glob
import hashlib
import os
import shutil
import subprocess
import tempfile
import time

from .guest import Guest
from .machine import STEADY_CLOCK, hardware

# On a machine with ten times more to do than it can, an emulated kernel now and then measures its
# timers wrongly while it boots, and sleeps for good. One that has booted well stays well.
BOOT_ATTEMPTS = 4
BOOT_SECONDS = 120

# Loads what devices need, installs the product and starts it once, so that nothing is read from
# the disk for the first time while a test waits.
WARM_UP = """
    set -e
    systemctl is-system-running --wait >/dev/null || true
    mount -t 9p -o trans=virtio,version=9p2000.L,ro,msize=262144 host /host
    cp -r /host/. /
    umount /host
    systemd-sysusers
    systemd-hwdb update
    udevadm control --reload
    systemctl daemon-reload
    for module in usbhid evdev hid-generic ftdi_sio cdc-acm uhid; do modprobe $module; done
    systemctl start scanstationd
    scanstationctl status
    systemctl stop scanstationd
    rm -rf /var/lib/scanstation
    sync
"""


class Snapshots:
    """The snapshots in a cache folder, of the guest that stands there."""

    def __init__(self, cache, product):
        self.cache = cache
        self.product = product

    def restore(self):
        """A guest with the product installed, as if it had just booted."""
        booted = self.booted_image()
        folder = tempfile.mkdtemp(prefix="scanrig-")
        # QEMU does not find snapshots in an image that it only overlays.
        image = shutil.copyfile(booted, f"{folder}/root.qcow2")
        arguments = [*self.arguments, "-loadvm", "booted"]
        guest = Guest(arguments, image, folder)
        with closed_on_error(guest):
            guest.wait_for_agent()
            guest.run(f"date --set=@{time.time():.3f}")
        return guest

    @property
    def arguments(self):
        return hardware(self.cache, self.product)

    def booted_image(self):
        image = f"{self.cache}/booted-{self.key()}.qcow2"
        if not os.path.exists(image):
            for old in glob.glob(f"{self.cache}/booted-*"):
                os.unlink(old)
            self.make(image)
        return image

    def key(self):
        """Changes with the guest, the machine, the product and how it is warmed up."""
        digest = hashlib.sha256()
        with open(f"{self.cache}/key") as key:
            digest.update(key.read().encode())
        digest.update(repr(hardware("", "")).encode() + WARM_UP.encode())
        for folder, _, names in sorted(os.walk(self.product)):
            for name in sorted(names):
                path = os.path.join(folder, name)
                digest.update(os.path.relpath(path, self.product).encode())
                with open(path, "rb") as file:
                    digest.update(hashlib.file_digest(file, "sha256").digest())
        return digest.hexdigest()[:16]

    def make(self, image):
        draft = f"{image}.{os.getpid()}"
        try:
            for attempt in range(1, BOOT_ATTEMPTS + 1):
                self.overlay(draft)
                try:
                    self.install(draft)
                    break
                except TimeoutError:
                    print(f"rig: the guest hung while it booted ({attempt})", flush=True)
            else:
                raise TimeoutError(f"the guest hung {BOOT_ATTEMPTS} times while it booted")
            os.rename(draft, image)
        finally:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(draft)

    def install(self, image):
        begin = time.monotonic()
        with Guest(self.arguments, image) as guest:
            guest.wait_for_boot(BOOT_SECONDS)
            booted = time.monotonic() - begin
            guest.run(WARM_UP, seconds=240)
            guest.machine.monitor("savevm booted")
            guest.machine.tell("quit")
            guest.machine.process.wait(60)
        took = time.monotonic() - begin
        print(f"rig: booted in {booted:.0f} s, product installed after {took:.0f} s", flush=True)

    def boot_steady(self):
        """A guest whose clock counts instructions; booted anew, for it is needed once."""
        folder = tempfile.mkdtemp(prefix="scanrig-")
        image = f"{folder}/root.qcow2"
        self.overlay(image)
        guest = Guest(hardware(self.cache, self.product, STEADY_CLOCK), image, folder)
        with closed_on_error(guest):
            guest.wait_for_boot(seconds=600)
            guest.run(WARM_UP, seconds=600)
        return guest

    def overlay(self, image):
        base = ["-F", "raw", "-b", f"{self.cache}/root.img"]
        subprocess.check_call(["qemu-img", "create", "-q", "-f", "qcow2", *base, image])


@contextlib.contextmanager
def closed_on_error(guest):
    try:
        yield
    except BaseException as error:
        guest.keep_logs(error)
        guest.close()
        raise
