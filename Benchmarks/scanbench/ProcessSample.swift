import Foundation

/// What the kernel says of a process at one moment.
struct ProcessSample {
    /// In MiB.
    var residentMebibytes: Double
    /// In MiB: what the process holds for itself alone and a small machine can't drop.
    var anonymousMebibytes: Double
    /// Of all its threads, in seconds.
    var processorSeconds: Double
    /// How often each of its threads, by number, has waited or was pushed off a processor.
    private var switches: [String: Int] = [:]

    var threads: Int { switches.count }

    init(of process: Int32) throws {
        let status = try ProcessSample.fields("/proc/\(process)/status")
        residentMebibytes = Double(status["VmRSS"] ?? 0) / 1024
        anonymousMebibytes = Double(status["RssAnon"] ?? 0) / 1024
        processorSeconds = try ProcessSample.processorSeconds(process)
        let tasks = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")
        for task in tasks {
            // A thread may end between the list and the look.
            let fields = try? ProcessSample.fields("/proc/\(process)/task/\(task)/status")
            switches[task] =
                (fields?["voluntary_ctxt_switches"] ?? 0)
                + (fields?["nonvoluntary_ctxt_switches"] ?? 0)
        }
    }

    /// Context switches since `earlier`, of the threads that are still there.
    func switches(since earlier: ProcessSample) -> Int {
        switches.reduce(0) { $0 + max(0, $1.value - (earlier.switches[$1.key] ?? 0)) }
    }

    /// The greatest resident size so far, in MiB.
    static func peakMebibytes(of process: Int32) throws -> Double {
        Double(try fields("/proc/\(process)/status")["VmHWM"] ?? 0) / 1024
    }

    /// From now on the peak is counted anew.
    static func forgetPeak(of process: Int32) throws {
        try "5".write(toFile: "/proc/\(process)/clear_refs", atomically: false, encoding: .utf8)
    }

    /// The numbers of a status file; units are left out.
    private static func fields(_ path: String) throws -> [String: Int] {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        var result: [String: Int] = [:]
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            let number = parts.last?.split(whereSeparator: \.isWhitespace).first
            if parts.count == 2 { result[String(parts[0])] = number.flatMap { Int($0) } }
        }
        return result
    }

    /// Fields 14 and 15, counted behind the name, which may hold anything but a last bracket.
    private static func processorSeconds(_ process: Int32) throws -> Double {
        let text = try String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
        let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
        let ticks = fields.dropFirst(11).prefix(2).compactMap { Double($0) }.reduce(0, +)
        return ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
    }
}
