import CConfinement
import Glibc

extension Confinement {
    /// Gives up all that opening does not need. To be called while this is the only thread: others that
    /// run already keep their files.
    ///
    /// What the kernel lacks is told and no reason to stop: a scanner that works matters more.
    public func begin() -> ConfinementReport {
        var report = ConfinementReport()
        limitResources(&report)
        guard cconfinement_no_new_privileges() == 0, cconfinement_not_dumpable() == 0 else {
            report.lacking.append("privileges: \(Self.reason)")
            return report
        }
        confineFiles(&report)
        if filter(opening) {
            report.granted.append("seccomp")
        } else {
            report.lacking.append("seccomp: \(Self.reason)")
        }
        return report
    }

    /// Gives up what only opening needed. Holds for every thread.
    public func tighten(_ report: ConfinementReport) -> ConfinementReport {
        guard reading != opening, report.granted.contains("seccomp"), !filter(reading) else {
            return report
        }
        var report = report
        report.lacking.append("seccomp, once open: \(Self.reason)")
        return report
    }

    private func filter(_ calls: Calls) -> Bool {
        let families = calls.sockets.reduce(UInt64(0)) { $0 | 1 << $1.rawValue }
        var filter = cconfinement_filter(
            socket_families: families, may_start: calls.mayStart ? 1 : 0,
            may_change_modes: calls.mayChangeModes ? 1 : 0)
        return cconfinement_filter(&filter) == 0
    }

    private func confineFiles(_ report: inout ConfinementReport) {
        // The kernel's account is out of reach afterwards.
        let others = ProcessImage.threadCount - 1
        let version = cconfinement_landlock_version()
        let rules = version > 0 ? cconfinement_landlock_begin(version) : -1
        guard rules >= 0 else { return report.lacking.append("landlock: \(Self.reason)") }
        for place in places {
            let access = place.access.rawValue
            let result = cconfinement_landlock_allow(rules, version, place.path, access)
            // What is not there needs no permission.
            if result != 0, errno != ENOENT, errno != ENOTDIR, errno != EACCES {
                report.lacking.append("landlock for \(place.path): \(Self.reason)")
            }
        }
        guard cconfinement_landlock_end(rules) == 0 else {
            return report.lacking.append("landlock: \(Self.reason)")
        }
        report.granted.append("landlock \(version)")
        if others > 0 { report.lacking.append("landlock in \(others) other threads") }
    }

    /// Not by the number of processes: the kernel counts all of a user's, and the user is the daemon's.
    private func limitResources(_ report: inout ConfinementReport) {
        var limits = [(RLIMIT_CORE, rlim_t(0)), (RLIMIT_NOFILE, rlim_t(openFilesLimit))]
        // A sanitiser needs more than any process of ours.
        if ProcessImage.addressSpaceBytes < memoryLimitBytes / 2 {
            limits.append((RLIMIT_AS, rlim_t(memoryLimitBytes)))
        } else {
            report.lacking.append("a limit of memory: the process is larger already")
        }
        for (resource, most) in limits {
            var limit = rlimit(rlim_cur: most, rlim_max: most)
            let kind = __rlimit_resource_t(resource.rawValue)
            // One that is lower already stays.
            var before = rlimit()
            if getrlimit(kind, &before) == 0, before.rlim_max < most { limit = before }
            if setrlimit(kind, &limit) != 0 {
                report.lacking.append("a limit of resources: \(Self.reason)")
            }
        }
    }

    private static var reason: String { String(cString: strerror(errno)) }
}
