public import Foundation
import Glibc

/// A folder for one test, gone when it is let go.
public final class TemporaryFolder: Sendable {
    public let url: URL
    public var path: String { url.path }

    public init() throws {
        url = FileManager.default.temporaryDirectory
            .appendingPathComponent("scanstation-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        // What a test leaves open cannot be helped here.
        try? FileManager.default.removeItem(at: url)
    }

    /// The path of something in it, which need not exist.
    public func path(_ name: String) -> String {
        url.appendingPathComponent(name).path
    }

    @discardableResult
    public func write(_ text: String, to name: String) throws -> String {
        try Data(text.utf8).write(to: url.appendingPathComponent(name))
        return path(name)
    }

    @discardableResult
    public func write(_ bytes: [UInt8], to name: String) throws -> String {
        try Data(bytes).write(to: url.appendingPathComponent(name))
        return path(name)
    }

    /// Makes a named pipe and answers its path.
    public func makeFIFO(_ name: String) throws -> String {
        guard mkfifo(path(name), 0o600) == 0 else {
            throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path(name)])
        }
        return path(name)
    }
}
