import Glibc
import LinuxIO

/// Whole small files of text.
enum TextFile {
    static let lengthLimitBytes = 1 << 20

    /// nil: there is no such file.
    static func read(_ path: String) throws(ConfigError) -> String? {
        guard let bytes = try bytes(of: path) else { return nil }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ConfigError(.notText, file: path, "This file is not UTF-8 text.")
        }
        return text
    }

    private static func bytes(of path: String) throws(ConfigError) -> [UInt8]? {
        do throws(LinuxError) {
            let file = try FileDescriptor(opening: path, O_RDONLY | O_NONBLOCK)
            var bytes: [UInt8] = []
            while case .bytes(let more) = try file.read(limit: 65_536),
                bytes.count <= lengthLimitBytes
            {
                bytes += more
            }
            if bytes.count <= lengthLimitBytes { return bytes }
        } catch {
            if error.number == ENOENT { return nil }
            throw ConfigError(.unreadable, file: path, "This file can't be read: \(error).")
        }
        throw ConfigError(
            .tooLarge, file: path, "This file has more than \(lengthLimitBytes) bytes.")
    }

    /// The names in a folder, sorted by bytes. A folder that is not there holds nothing.
    static func names(in folder: String, suffix: String) throws(ConfigError) -> [String] {
        guard let stream = opendir(folder) else {
            if errno == ENOENT || errno == ENOTDIR { return [] }
            let reason = String(cString: strerror(errno))
            throw ConfigError(.unreadable, file: folder, "This folder can't be read: \(reason).")
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasSuffix(suffix), !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
