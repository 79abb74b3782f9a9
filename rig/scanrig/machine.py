"""One QEMU process, and what it is told over QMP."""

import contextlib
import ctypes
import json
import os
import select
import signal
import socket
import subprocess
import time

DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG
DISPLAYS = ("screen1", "screen2", "screen3")
SLOTS = ("slot1", "slot2")

# KVM is never asked for: the rig must behave alike on machines that have it and that do not.
HARDWARE = [
    "-M", "q35,i8042=off,sata=off,smbus=off,vmport=off",
    "-cpu", "max,la57=off,smap=off,smep=off",
    "-m", "384", "-nodefaults", "-no-user-config", "-no-reboot",
    "-display", "none",
    "-device", "virtio-rng-pci", "-device", "virtio-serial-pci,id=ports",
    "-device", "qemu-xhci,id=usb,p2=8,p3=8",
]  # fmt: skip
QUICK_CLOCK = ["-accel", "tcg,thread=multi,tb-size=128", "-smp", "2"]
# Time is the number of instructions, two nanoseconds each: what is measured there is the same on a
# busy machine and an idle one. A slow computer of one core: a Raspberry Pi 4 does about three times
# as much, with each of four.
STEADY_CLOCK = [
    "-accel", "tcg,thread=single,tb-size=128", "-smp", "1", "-icount", "shift=1,sleep=off"
]  # fmt: skip
KERNEL_OPTIONS = (
    "console=ttyS0 quiet loglevel=3 panic=-1 mitigations=off nokaslr no_timer_check tsc=reliable"
    " audit=0 random.trust_cpu=on cryptomgr.notests systemd.show_status=0"
)


class MachineError(Exception):
    """QEMU ended, or refused what it was told."""


def hardware(kernel_folder, share, clock=QUICK_CLOCK):
    """QEMU's arguments for the guest's hardware; the same ones find the same snapshot."""
    arguments = [
        *HARDWARE, *clock,
        "-kernel", f"{kernel_folder}/vmlinux", "-initrd", f"{kernel_folder}/initrd",
        "-append", KERNEL_OPTIONS,
        "-virtfs", f"local,path={share},mount_tag=host,security_model=none,readonly=on,"
        "multidevs=remap",
    ]  # fmt: skip
    # Screens that nobody sees: names by which one of several keyboards is typed on.
    for display in DISPLAYS:
        arguments += ["-device", f"secondary-vga,id={display},vgamem_mb=1"]
    for number, slot in enumerate(SLOTS, 1):
        arguments += ["-device", f"pcie-root-port,id={slot},chassis={number},slot={number}"]
    return arguments


class Machine:
    """A QEMU process. `folder` holds its sockets, its console's log and what it complains of."""

    def __init__(self, folder, arguments, root_image):
        self.folder = folder
        agent = f"socket,id=agent,path={folder}/agent,server=on,wait=off"
        command = [
            "qemu-system-x86_64", *arguments,
            "-qmp", f"unix:{folder}/qmp,server=on,wait=off",
            "-serial", f"file:{folder}/console.log",
            "-chardev", agent, "-device", "virtserialport,chardev=agent,name=rig.agent",
            "-drive", f"if=none,id=root,file={root_image},format=qcow2,cache=unsafe",
            "-device", "virtio-blk-pci,drive=root",
        ]  # fmt: skip
        with open(f"{folder}/qemu.log", "wb") as log:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=die_with_us
            )
        self.qmp = self.connect("qmp")
        self.replies = self.qmp.makefile("rb")
        self.replies.readline()  # Its greeting.
        self.tell("qmp_capabilities")

    def connect(self, name, seconds=20):
        """A connection to one of its sockets."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise MachineError("QEMU ended: " + self.read("qemu.log"))
            connection = socket.socket(socket.AF_UNIX)
            try:
                connection.connect(f"{self.folder}/{name}")
                return connection
            except OSError:
                connection.close()
                time.sleep(0.01)
        raise MachineError(f"QEMU does not listen on {name}")

    def tell(self, command, **arguments):
        """Runs a QMP command and answers with what it returned."""
        request = {"execute": command}
        if arguments:
            request["arguments"] = arguments
        self.qmp.sendall(json.dumps(request).encode() + b"\n")
        for line in self.replies:
            reply = json.loads(line)
            if "error" in reply:
                raise MachineError(f"{command}: {reply['error']['desc']}")
            if "return" in reply:
                return reply["return"]
        raise MachineError(f"{command}: QEMU is gone")

    def monitor(self, line):
        """A command of the human monitor, for what QMP lacks; its complaints are errors."""
        answer = self.tell("human-monitor-command", **{"command-line": line})
        if answer.strip():
            raise MachineError(f"{line}: {answer.strip()}")

    def cut_power(self):
        """Ends the guest as a pulled plug does: its memory is gone, what its disks got is not."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def close(self):
        if self.process.poll() is None:
            self.cut_power()
        self.replies.close()
        self.qmp.close()

    def read(self, name):
        with contextlib.suppress(FileNotFoundError), open(f"{self.folder}/{name}", "rb") as file:
            return file.read().decode(errors="replace")
        return ""


class Lines:
    """Lines from a socket, each waited for with a deadline."""

    def __init__(self, connection):
        self.connection = connection
        self.buffer = b""

    def next(self, seconds):
        end = time.monotonic() + seconds
        while b"\n" not in self.buffer:
            patience = max(0, end - time.monotonic())
            if not select.select([self.connection], [], [], patience)[0]:
                raise TimeoutError(f"the guest said nothing for {seconds} s")
            received = self.connection.recv(65536)
            if not received:
                raise MachineError("the guest is gone")
            self.buffer += received
        line, self.buffer = self.buffer.split(b"\n", 1)
        return line.decode()


def die_with_us():
    """A rig that is killed leaves no guest behind."""
    ctypes.CDLL(None).prctl(DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() == 1:
        os._exit(1)
