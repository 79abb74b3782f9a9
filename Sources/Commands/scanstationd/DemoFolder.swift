import FoundationEssentials
import Glibc

/// Where the programs and the demo's recordings are.
enum ProgramFolder {
    /// The path of a program that was installed beside this one.
    static func path(_ name: String) -> String { folder + "/" + name }

    static let folder: String = {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        guard count > 0 else { return "/usr/bin" }
        let path = String(decoding: buffer.prefix(count).map(UInt8.init), as: UTF8.self)
        return String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    }()
}

enum DemoFolder {
    /// As it is installed, and as it stands in the source tree beside a build.
    private static let places = [
        "../share/scanstation/demo", "../../config/demo", "../../../config/demo",
    ]

    /// The recordings in `folder`, or in the first place that has some.
    static func recordings(in folder: String?) -> [String] {
        let folders = folder.map { [$0] } ?? places.map { ProgramFolder.path($0) }
        for folder in folders {
            // A folder that is not there has no recordings.
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            let files = names.filter { $0.hasSuffix(".recording") }.sorted()
            if !files.isEmpty { return files.map { "\(folder)/\($0)" } }
        }
        return []
    }
}
