"""The installed product in a guest: its service, its configuration, what it says happened."""

import json

EVENTS = "/run/rig-events"
DATABASE = "/var/lib/scanstation/station.db"


class Station:
    def __init__(self, guest):
        self.guest = guest
        self.heard_bytes = 0

    def configure(self, text):
        self.guest.write("/etc/scanstation/scanstation.toml", text)

    def start(self):
        """Starts the service and notes all that it tells from now on."""
        status, output = self.guest.attempt("systemctl start scanstationd", seconds=90)
        if status:
            journal = self.guest.run("journalctl --unit scanstationd --no-pager --lines 40")
            raise AssertionError(f"the service does not start: {output}{journal}")
        self.listen()

    def listen(self):
        self.heard_bytes = 0
        self.guest.run(f"rm -f {EVENTS}; rig-events {EVENTS} >/dev/null 2>&1 &")
        self.guest.wait(f"[ -e {EVENTS} ]")

    def stop(self):
        self.guest.run("systemctl stop scanstationd", seconds=90)

    def devices(self):
        """By name."""
        status, output = self.guest.attempt("scanstationctl devices --json")
        if status:
            return {}
        reports = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
        return {report["name"]: report for report in reports}

    def wait_until_reading(self, *names, seconds=30):
        """Answers how long it took, in seconds."""
        return max(self.wait_for(name, "reading", seconds) for name in names)

    def wait_for(self, name, state, seconds=30):
        """Waits until this is the last that was told of the device, or what it is at all."""
        told = f"""{self.last_told(name)} | grep --quiet '"state":"{state}"'"""
        is_told = f"{self.last_told(name)} >/dev/null"
        is_so = f"scanstationctl devices 2>&1 | grep --quiet -E '^{name} .* {state}'"
        condition = f"{{ {told} || {{ ! {is_told} && {is_so}; }}; }}"
        return self.guest.wait(condition, seconds=seconds)

    def told_at(self, name):
        """When it told of the device last, in seconds since the guest's boot."""
        return float(self.guest.run(self.last_told(name)).split()[0])

    def last_told(self, name):
        return f"""tac {EVENTS} | grep --max-count=1 '"name":"{name}"'"""

    def scans(self):
        """What was taken in, in order: pairs of a device and a text."""
        query = "SELECT json_array(device, text) FROM intake ORDER BY sequence"
        output = self.guest.run(f'sqlite3 {DATABASE} "{query}"', seconds=120)
        return [tuple(json.loads(line)) for line in output.splitlines()]

    def news(self):
        """What it told since this was asked last: intakes, refusals, devices."""
        output = self.guest.run(f"tail --bytes=+{self.heard_bytes + 1} {EVENTS}", seconds=120)
        whole = output[: output.rfind("\n") + 1]
        self.heard_bytes += len(whole.encode())
        lines = [line.split(" ", 1)[1] for line in whole.splitlines() if " {" in line]
        return [json.loads(line) for line in lines]

    def wait_for_scan(self, text, seconds=30):
        self.guest.wait(f"""grep --quiet -F '"text":"{text}"' {EVENTS}""", seconds=seconds)
