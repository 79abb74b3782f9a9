import Foundation

/// The files of this package, as they lie on the disk.
struct SourceTree {
    struct File {
        /// From the package's root: `Sources/Domain/Scans/Capture.swift`.
        let path: String
        let text: String

        var name: String { path.split(separator: "/").last.map(String.init) ?? path }
        var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
        var isGenerated: Bool { path.hasSuffix(".pb.swift") }

        /// `Domain` of `Sources/Domain/Scans/Capture.swift`.
        var layer: String? { component(1) }
        /// `Scans` of `Sources/Domain/Scans/Capture.swift`.
        var module: String? { component(2) }

        private func component(_ index: Int) -> String? {
            let parts = path.split(separator: "/")
            return parts.first == "Sources" && parts.count > index ? String(parts[index]) : nil
        }
    }

    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Everything in `folders` that ends so.
    static func files(in folders: [String], suffix: String = ".swift") throws -> [File] {
        try folders.flatMap { folder in
            try FileManager.default.subpathsOfDirectory(
                atPath: root.appending(path: folder).path(percentEncoded: false)
            )
            .filter { $0.hasSuffix(suffix) }
            .sorted()
            .map { try file("\(folder)/\($0)") }
        }
    }

    static func file(_ path: String) throws -> File {
        let text = try String(contentsOf: root.appending(path: path), encoding: .utf8)
        return File(path: path, text: text)
    }

    /// The folders of modules under `Sources`: layer and name.
    static func modules() throws -> [(layer: String, name: String)] {
        try folders("Sources").flatMap { layer in
            try folders("Sources/\(layer)").map { (layer, $0) }
        }
    }

    private static func folders(_ path: String) throws -> [String] {
        let folder = root.appending(path: path)
        return try FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: [.isDirectoryKey]
        )
        .filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true }
        .map(\.lastPathComponent)
        .sorted()
    }
}
