import LocalAPI

extension Examination {
    /// Scans of stations whose clocks are further apart stand in a wrong order.
    static let clockLimitSeconds = 60

    /// The clock of this machine, for itself and beside the hub's.
    var clock: [Finding] {
        let fix = "sudo timedatectl set-ntp true"
        if case .reached(let ahead?) = facts.hub?.answer, abs(ahead) > Self.clockLimitSeconds {
            return [
                Finding(
                    .warning, "clock", .clockWrong,
                    "This clock is \(abs(ahead)) s \(ahead > 0 ? "ahead of" : "behind") the hub's.",
                    fix: fix)
            ]
        }
        switch machine.isClockSynchronised {
        case false?:
            return [
                Finding(
                    .note, "clock", .clockFree, "Nothing keeps this machine's clock right.",
                    fix: fix)
            ]
        case true?: return [.ok("clock", "The clock is kept right.")]
        case nil: return []
        }
    }

    var hub: [Finding] {
        guard let hub = facts.hub else {
            guard status != nil else { return [] }
            return [
                Finding(
                    .note, "hub", .notEnrolled, "The station has no hub yet.",
                    fix: "scanstationctl enrol URL CODE")
            ]
        }
        return [finding(on: hub)] + plain(hub)
    }

    private func finding(on hub: HubSight) -> Finding {
        switch hub.answer {
        case .silent(let why):
            return Finding(
                .warning, "hub", .hubUnreachable,
                "\(hub.url) does not answer (\(why)); scans wait here.",
                fix: "curl --verbose \(hub.url)/healthz")
        case .wrongKey:
            return Finding(
                .fault, "hub", .hubKey,
                "What answers at \(hub.url) has another key than the hub that was joined.",
                fix: "scanstationctl enrol URL CODE")
        case .untrusted(let why):
            return Finding(
                .fault, "hub", .hubUntrusted, "Nobody vouches for \(hub.url): \(why).",
                fix: "scanstationctl enrol URL CODE")
        case .reached:
            guard let link = status?.link, link.state == "offline" else {
                return .ok("hub", "\(hub.url) answers.")
            }
            let code = link.code.map { " (\($0))" } ?? ""
            return Finding(
                .fault, "hub", .hubRefuses,
                "The hub answers, and does not take what this station sends: "
                    + "\(link.message ?? "")\(code)",
                fix: "scanstationctl sync")
        }
    }

    private func plain(_ hub: HubSight) -> [Finding] {
        let parts = hub.url.lowercased().split(separator: "/")
        guard parts.count > 1, parts[0] == "http:",
            !["localhost", "127.", "[::1]"].contains(where: { parts[1].hasPrefix($0) })
        else { return [] }
        return [
            Finding(
                .warning, "hub", .hubPlain,
                "The way to \(hub.url) is not encrypted: others can read what is scanned.",
                fix: "scanstationctl enrol https://HUB CODE")
        ]
    }

    var outbox: [Finding] {
        guard let outbox = status?.outbox else { return [] }
        var findings: [Finding] = []
        if outbox.held != nil {
            findings.append(
                Finding(
                    .note, "outbox", .outboxHeld, "The outbox is held: nothing is sent.",
                    fix: "scanstationctl outbox release"))
        }
        if outbox.deadLetters > 0 {
            findings.append(
                Finding(
                    .warning, "outbox", .deadLetters,
                    "The hub refused \(outbox.deadLetters), and nobody has dealt with them.",
                    fix: "scanstationctl outbox --dead"))
        }
        return findings
    }
}
