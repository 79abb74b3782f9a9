public import Foundation

/// Inputs that together reach all that is known to be reachable in a target: one file, one input a
/// line, in base64.
public struct Corpus: Sendable {
    /// What is longer reaches little that others don't, and would fill the repository.
    public static let inputLimitBytes = 512

    public var inputs: [[UInt8]]

    public init(_ inputs: [[UInt8]]) {
        self.inputs = inputs
    }

    public init(reading file: URL) throws {
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        inputs = lines.compactMap { Data(base64Encoded: String($0)).map(Array.init) }
    }

    public func write(to file: URL) throws {
        let lines = inputs.map { Data($0).base64EncodedString() + "\n" }.sorted()
        try lines.joined().write(to: file, atomically: true, encoding: .utf8)
    }

    /// One file for each input, as libFuzzer wants them.
    public init(unpacked folder: URL) throws {
        let files = try FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: nil)
        inputs = try files.map { Array(try Data(contentsOf: $0)) }
    }

    public func unpack(into folder: URL) throws {
        for (number, input) in inputs.enumerated() {
            try Data(input).write(to: folder.appending(path: "\(number)"))
        }
    }
}
