import LocalAPI

extension Examination {
    /// Each designated device: whether it is read, and if not why.
    var devices: [Finding] {
        guard !facts.devices.isEmpty else {
            return [
                Finding(
                    .note, "devices", .noDevice, "The station has no device yet.",
                    fix: "scanstationctl identify")
            ]
        }
        return facts.devices.map(finding)
    }

    private func finding(on device: CheckupFacts.Device) -> Finding {
        let subject = "device \(device.name)"
        switch device.report?.state {
        case "reading" where device.report?.unconfined != nil:
            return Finding(
                .warning, subject, .unconfined,
                "The process of \(device.driver) is not wholly confined: "
                    + "\(device.report?.unconfined ?? "").",
                fix: "uname -r; cat /sys/kernel/security/lsm")
        case "reading", "ready":
            let confined = device.report?.confined.map { ", confined by \($0)" } ?? ""
            return .ok(subject, "\(device.driver) reads \(device.node ?? "it")\(confined).")
        case "disabled":
            return Finding(
                .note, subject, .deviceDisabled, "It is switched off.",
                fix: "scanstationctl devices enable \(quoted(device.name))")
        case "missing":
            return Finding(
                .warning, subject, .deviceMissing,
                device.report?.reason ?? "It is not plugged in.", fix: "scanstationctl identify")
        case "busy":
            return Finding(
                .fault, subject, .deviceBusy, device.report?.reason ?? "Somebody else has it.",
                fix: device.node.map { "sudo fuser -v \(quoted($0))" }
                    ?? "scanstationctl devices enable \(quoted(device.name))")
        case "failed":
            let code = device.report?.code.map { " (\($0))" } ?? ""
            return Finding(
                .fault, subject, .deviceFailed, "\(device.report?.reason ?? "It failed.")\(code)",
                fix: "scanstationctl devices enable \(quoted(device.name))")
        default: return access(to: device, subject)
        }
    }

    /// Nobody has opened it, or it could not be: may it be?
    private func access(to device: CheckupFacts.Device, _ subject: String) -> Finding {
        guard let path = device.node else {
            return .ok(subject, "It is found by its identity when it is there.")
        }
        guard let node = machine.nodes[path] else {
            return Finding(
                .warning, subject, .deviceMissing, "There is no \(path) now.",
                fix: "scanstationctl identify")
        }
        let isRefused = device.report?.state == "no-permission"
        guard isRefused || !machine.mayOpen(node) else {
            return .ok(subject, "\(machine.reader.name) may open \(path).")
        }
        return refusal(of: path, node, subject)
    }

    private func refusal(of path: String, _ node: MachineFacts.Node, _ subject: String) -> Finding {
        let user = machine.reader.name
        guard node.group != 0, node.mode & 0o060 == 0o060, let group = machine.group(node.group)
        else {
            return Finding(
                .fault, subject, .nodeForbidden,
                "\(user) may not open \(path), which is for root alone.",
                fix: "sudo udevadm control --reload && sudo udevadm trigger --action=add")
        }
        if group.members.contains(user) {
            return Finding(
                .fault, subject, .groupNotInEffect,
                "\(user) is in the group \(group.name), and what runs began before that.",
                fix: "sudo systemctl restart scanstationd")
        }
        return Finding(
            .fault, subject, .nodeForbidden,
            "\(user) may not open \(path): it is for the group \(group.name).",
            fix: "sudo usermod -aG \(group.name) \(user) && sudo systemctl restart scanstationd")
    }

    /// For a shell.
    private func quoted(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy {
            switch $0 {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            default: "-_./".utf8.contains($0)
            }
        }
        return isPlain ? word : "'" + word.replacing("'", with: #"'\''"#) + "'"
    }
}
