"""Power cuts: what a scanner had its ACK for is there afterwards, once, and the store is sound.

The whole product takes part: a serial scanner, the daemon in its service, its store on a disk of
its own. Only the power is not real: QEMU is killed, or its disk is rebuilt as a cut would have
left it.
"""

import bisect
import os
import random
import shutil
import subprocess
import tempfile
import time
from collections import Counter

from scanrig import ledger
from scanrig.case import RigCase, is_full, snapshots
from scanrig.disklog import FLUSH, images_after_cuts, read_log
from scanrig.scanner import SerialScanner
from scanrig.station import DATABASE, Station

CUTS = 20 if is_full() else 5
POINTS = 300 if is_full() else 200
LOGGED_SECONDS = 10
STATE = os.path.dirname(DATABASE)
FILES = ("station.db", "station.db-wal")
RIG = os.path.dirname(os.path.dirname(os.path.abspath(ledger.__file__)))

CONFIGURATION = """
[[device]]
name = "gun"
driver = "serial"
serial = "CUT-1"
acknowledge = "ack-nak"
ending = "cr"
"""


class Bench:
    """A disk image, and guests one after another that keep the station's state on it."""

    def __init__(self, megabytes):
        # In memory, where there is room: what the host's disk does plays no part.
        place = "/dev/shm" if os.path.isdir("/dev/shm") else None
        self.folder = tempfile.mkdtemp(prefix="scanrig-cut-", dir=place)
        self.image = f"{self.folder}/disk.img"
        with open(self.image, "wb") as file:
            file.truncate(megabytes << 20)
        subprocess.check_call(["mkfs.ext4", "-q", "-F", "-E", "lazy_itable_init=0", self.image])

    def close(self):
        shutil.rmtree(self.folder)

    def boot(self, log=None):
        """A fresh guest with the disk mounted, the service not yet started."""
        guest = snapshots().restore()
        guest.plug_disk("state", self.image, log)
        guest.run(f"mkdir -p {STATE}; mount /dev/disk/by-id/virtio-state {STATE}")
        return guest

    def weakness(self):
        """A library that makes commits hasty."""
        library = f"{self.folder}/weaken.so"
        source = f"{RIG}/weaken.c"
        subprocess.check_call(["gcc", "-shared", "-fPIC", "-O2", "-o", library, source, "-ldl"])
        return library


def weaken(guest, library):
    path = "/usr/local/lib/weaken.so"
    guest.run(f"cp {guest.copy_in(library)} {path}")
    guest.write(
        "/etc/systemd/system/scanstationd.service.d/weaken.conf",
        f"[Service]\nEnvironment=LD_PRELOAD={path}\n",
    )
    guest.run("systemctl daemon-reload")


def start_scanning(guest):
    """The station reads the scanner that this answers with."""
    station = Station(guest)
    station.configure(CONFIGURATION)
    scanner = SerialScanner(guest.plug_serial_adapter("gun", "CUT-1", 1))
    guest.wait("ls /dev/serial/by-id/*CUT-1* 2>/dev/null")
    station.start()
    station.wait_until_reading("gun")
    return scanner


def codes(prefix):
    number = 0
    while True:
        number += 1
        yield f"{prefix}-{number:05}"


class PowerCut(RigCase):
    def setUp(self):
        self.seed = int(os.environ.get("RIG_SEED", random.randrange(1_000_000)))
        self.random = random.Random(self.seed)

    def cut_and_look(self, bench, cuts, is_weak=False):
        """Cuts the power so often; answers with what each look afterwards found, and the codes."""
        acknowledged, findings = [], []
        for cut in range(cuts + 1):
            with bench.boot() as guest:
                if cut:
                    findings.append(self.look(guest, acknowledged))
                if cut == cuts:
                    break
                if is_weak:
                    weaken(guest, bench.weakness())
                scanner = start_scanning(guest)
                self.scan_until_cut(guest, scanner, f"CUT{cut}")
                acknowledged += scanner.acknowledged
                self.assertEqual(scanner.refused, [])
        return findings, acknowledged

    def scan_until_cut(self, guest, scanner, prefix):
        begin = time.monotonic()
        patience = self.random.uniform(0.5, 3)

        def is_over():
            if not scanner.acknowledged and time.monotonic() > begin + 60:
                raise TimeoutError("nothing was acknowledged")
            return scanner.acknowledged and time.monotonic() > begin + patience

        scanner.scan(codes(prefix), is_over)
        guest.machine.cut_power()
        scanner.take_last_answers()
        scanner.pull()

    def look(self, guest, acknowledged):
        """After the reboot, before the daemon has touched anything."""
        program = guest.copy_in(ledger.__file__)
        guest.write("/run/acknowledged", "\n".join(acknowledged))
        return guest.run(f"python3 {program} {DATABASE} </run/acknowledged").splitlines()

    def test_killed_machine_keeps_what_it_acknowledged(self):
        bench = Bench(megabytes=256)
        self.addCleanup(bench.close)
        begin = time.monotonic()
        findings, acknowledged = self.cut_and_look(bench, CUTS)
        took = (time.monotonic() - begin) / CUTS
        self.note(f"{CUTS} cuts, {len(acknowledged)} codes acknowledged, {took:.1f} s a cut")
        self.assertEqual(findings, [[]] * CUTS, f"RIG_SEED={self.seed}")
        self.assertGreater(len(acknowledged), 10 * CUTS)

    def test_killed_machine_loses_what_did_not_wait_for_the_disk(self):
        """The control: commits without a sync are lost, and that is seen."""
        bench = Bench(megabytes=256)
        self.addCleanup(bench.close)
        findings, acknowledged = self.cut_and_look(bench, 1, is_weak=True)
        self.note(f"{len(acknowledged)} codes acknowledged; seen: {findings[0]}")
        self.assertTrue(any(line.startswith("lost:") for line in findings[0]), findings)

    def test_no_moment_of_a_cut_loses_what_was_acknowledged(self):
        run = self.record_run()
        self.addCleanup(run.bench.close)
        findings, took = run.look_everywhere(POINTS, self.seed)
        self.note(f"{run.summary}; {POINTS} moments, {took * 1000:.0f} ms each")
        self.assertEqual(findings, {}, f"RIG_SEED={self.seed}")
        self.assertGreater(len(run.acknowledged), 50)

    def test_moments_of_a_cut_show_what_did_not_wait_for_the_disk(self):
        run = self.record_run(is_weak=True)
        self.addCleanup(run.bench.close)
        findings, _ = run.look_everywhere(POINTS // 4, self.seed)
        kinds = Counter(line.split(":")[0] for lines in findings.values() for line in lines)
        self.note(f"{run.summary}; of {POINTS // 4} moments: {dict(kinds)}")
        self.assertGreater(kinds["lost"], 0)

    def record_run(self, is_weak=False):
        bench = Bench(megabytes=64)
        log = f"{bench.folder}/log"
        shutil.copy(bench.image, f"{bench.folder}/before.img")
        open(log, "w").close()
        acknowledged = []
        with bench.boot(log) as guest:
            if is_weak:
                weaken(guest, bench.weakness())
            scanner = start_scanning(guest)
            end = time.monotonic() + LOGGED_SECONDS

            def note_length(good):
                length = os.path.getsize(log)
                acknowledged.extend((length, code) for code in good)

            scanner.scan(codes("LOG"), lambda: time.monotonic() > end, note_length)
            guest.machine.cut_power()
        return RecordedRun(bench, read_log(log), acknowledged)


class RecordedRun:
    """All writes of one run, and which code was acknowledged when the record was how long."""

    def __init__(self, bench, writes, acknowledged):
        self.bench = bench
        self.writes = writes
        self.acknowledged = acknowledged

    @property
    def summary(self):
        flushes = sum(write.flags & FLUSH for write in self.writes)
        return (
            f"{len(self.writes)} writes, {flushes} flushes, {len(self.acknowledged)} acknowledged"
        )

    def look_everywhere(self, count, seed):
        """What is wrong after cuts at `count` moments, by moment; and seconds a moment."""
        numbers = range(1, len(self.writes) + 1)
        points = random.Random(seed).sample(numbers, min(count, len(numbers)))
        with open(f"{self.bench.folder}/before.img", "rb") as file:
            before = file.read()
        begin = time.monotonic()
        findings = {}
        for point, disk in images_after_cuts(before, self.writes, points, seed):
            found = self.look(disk, self.must_be_there(self.writes[point - 1].end))
            if found:
                findings[point] = found
        return findings, (time.monotonic() - begin) / len(points)

    def must_be_there(self, length):
        count = bisect.bisect_right(self.acknowledged, length, key=lambda pair: pair[0])
        return [code for _, code in self.acknowledged[:count]]

    def look(self, disk, acknowledged):
        image = f"{self.bench.folder}/cut.img"
        with open(image, "wb") as file:
            file.write(disk)
        repair = subprocess.run(["e2fsck", "-fy", image], capture_output=True)
        if repair.returncode > 2:
            return [f"file system: {repair.stdout.decode()}"]
        for name in (*FILES, "station.db-shm"):
            if os.path.exists(f"{self.bench.folder}/{name}"):
                os.unlink(f"{self.bench.folder}/{name}")
        dump = "".join(f"dump /{name} {self.bench.folder}/{name}\n" for name in FILES)
        subprocess.run(
            ["debugfs", "-f", "-", image], input=dump.encode(), capture_output=True, check=True
        )
        return ledger.faults(f"{self.bench.folder}/station.db", acknowledged)
