import Floor
import Foundation

/// What the figures were measured on. They mean little without it.
enum Machine {
    static func line(folder: String) -> String {
        [
            processor, "\(ProcessInfo.processInfo.activeProcessorCount) cores", memory,
            "Linux \(kernel)", "\(fileSystem(folder)) on \(folder)",
            "SQLite \(String(cString: floor_sqlite_version()))", "load \(load)",
        ].joined(separator: ", ")
    }

    static var load: String {
        read("/proc/loadavg").split(separator: " ").first.map(String.init) ?? "unknown"
    }

    private static var processor: String {
        value(of: ["model name", "Model", "Hardware"], in: read("/proc/cpuinfo")) ?? "unknown CPU"
    }

    private static var memory: String {
        let text = value(of: ["MemTotal"], in: read("/proc/meminfo")) ?? "0 kB"
        let kibibytes = text.split(separator: " ").first.flatMap { Int($0) } ?? 0
        return "\(kibibytes / 1024) MiB"
    }

    private static var kernel: String {
        read("/proc/sys/kernel/osrelease").filter { $0 != "\n" }
    }

    /// The type and device of the longest mount point above `folder`.
    private static func fileSystem(_ folder: String) -> String {
        let mounts = read("/proc/self/mounts").split(separator: "\n").map {
            $0.split(separator: " ")
        }
        let above = mounts.filter {
            $0.count > 2 && (folder + "/").hasPrefix($0[1] == "/" ? "/" : $0[1] + "/")
        }
        guard let mount = above.max(by: { $0[1].count < $1[1].count }) else { return "unknown" }
        return "\(mount[2]) (\(mount[0]))"
    }

    private static func value(of names: [String], in text: String) -> String? {
        let lines = text.split(separator: "\n").map { $0.split(separator: ":", maxSplits: 1) }
        for name in names {
            let line = lines.first {
                $0.count == 2 && $0[0].trimmingCharacters(in: .whitespaces) == name
            }
            if let line { return line[1].trimmingCharacters(in: .whitespaces) }
        }
        return nil
    }

    /// What a machine doesn't tell is left out.
    private static func read(_ path: String) -> String {
        (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    }
}
