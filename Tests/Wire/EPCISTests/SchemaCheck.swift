import Foundation
import Testing

/// A validator that others wrote, Debian's `python3-jsonschema`.
enum SchemaCheck {
    /// Whether it is installed: tests are skipped otherwise.
    static let isThere: Bool = {
        (try? run(["-c", "import jsonschema"], input: Data()))?.isEmpty == true
    }()

    /// What it finds wrong; empty when every document is valid.
    static func faults(in documents: [Data]) throws -> String {
        let folder = try #require(Bundle.module.resourceURL).appending(path: "Data")
        return try run(
            [
                folder.appending(path: "validate.py").path(),
                folder.appending(path: "epcis-2.0-events.schema.json").path(),
            ], input: Data(documents.joined(separator: Data("\n".utf8))))
    }

    private static func run(_ arguments: [String], input: Data) throws -> String {
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try input.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }  // Only a temporary file.
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = arguments
        process.standardInput = try FileHandle(forReadingFrom: file)
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let said = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: said, as: UTF8.self)
    }
}
