public import Foundation
public import LinuxIO

/// What a device did in a file of its own, with what must come of it.
public struct Recording: Sendable, CustomStringConvertible {
    public let name: String
    public let lines: [RecordingLine]

    public var description: String { name }

    public init(contentsOf file: URL) throws {
        name = file.deletingPathExtension().lastPathComponent
        lines = try RecordingLine.all(in: String(contentsOf: file, encoding: .utf8))
    }

    /// Every `*.recording` in the bundle's folder `Recordings`, by name.
    public static func all(in bundle: Bundle, folder: String = "Recordings") throws -> [Recording] {
        let url = bundle.resourceURL?.appendingPathComponent(folder)
        let files = try FileManager.default.contentsOfDirectory(
            at: url ?? bundle.bundleURL, includingPropertiesForKeys: nil)
        return try files.filter { $0.pathExtension == "recording" }
            .sorted { $0.path < $1.path }
            .map { try Recording(contentsOf: $0) }
    }

    /// The codes that must come out, in order.
    public var expected: [[UInt8]] {
        lines.compactMap { line in
            if case .expect(let bytes) = line { bytes } else { nil }
        }
    }
}
