extension Examination {
    private static let reinstall = "sudo apt-get install --reinstall scanstation"
    private static let reload = "sudo udevadm control --reload && sudo udevadm trigger"

    /// Whether the system knows scanners when it sees them.
    var udev: [Finding] {
        guard machine.hasUdev else {
            return [
                Finding(
                    .note, "udev", .udevMissing,
                    "udev does not run: devices are found by their paths alone.",
                    fix: "sudo systemctl start systemd-udevd.service")
            ]
        }
        return [rules, table]
    }

    private var rules: Finding {
        switch machine.rules {
        case .missing:
            Finding(
                .warning, "udev", .rulesMissing,
                "The rules that open scanners to the station are not installed.",
                fix: "\(Self.reinstall) && \(Self.reload)")
        case .current(let path): .ok("udev", "\(path) is current.")
        case .differs(let path): differing(.rulesDiffer, path, then: Self.reload)
        }
    }

    private var table: Finding {
        let compile = "sudo systemd-hwdb update && sudo udevadm trigger"
        switch machine.hardwareTable {
        case .missing:
            return Finding(
                .warning, "hwdb", .tableMissing,
                "The table of scanners is not installed: none is known by its number.",
                fix: "\(Self.reinstall) && \(compile)")
        case .differs(let path): return differing(.tableDiffers, path, then: compile)
        case .current where !machine.isTableCompiled:
            return Finding(
                .warning, "hwdb", .tableNotCompiled,
                "The table of scanners was not compiled since it was installed.", fix: compile)
        case .current(let path): return .ok("hwdb", "\(path) is current.")
        }
    }

    /// A file of the administrator's own is what they wanted.
    private func differing(_ code: Finding.Code, _ path: String, then: String) -> Finding {
        let isOwn = path.hasPrefix("/etc/")
        return Finding(
            isOwn ? .note : .warning, path.hasSuffix(".rules") ? "udev" : "hwdb", code,
            isOwn
                ? "\(path) stands in place of the one of this version."
                : "\(path) is not of this version.",
            fix: isOwn ? nil : "\(Self.reinstall) && \(then)")
    }
}
