import Glibc
import LinuxIO

/// What this process is made of, by the kernel's account.
enum ProcessImage {
    private static let sizeLimitBytes = 1 << 20

    static var threadCount: Int {
        guard let listing = opendir("/proc/self/task") else { return 1 }
        defer { closedir(listing) }
        var count = 0
        while let entry = readdir(listing) {
            if entry.pointee.d_name.0 != UInt8(ascii: ".") { count += 1 }
        }
        return max(count, 1)
    }

    static var addressSpaceBytes: UInt64 {
        let pages = text("/proc/self/statm").split(separator: " ").first.flatMap { UInt64($0) }
        return (pages ?? 0) * UInt64(sysconf(Int32(_SC_PAGESIZE)))
    }

    /// The program and its libraries, as they were loaded.
    static var files: [String] {
        let paths = text("/proc/self/maps").split(separator: "\n").compactMap { line in
            line.firstIndex(of: "/").map { String(line[$0...]) }
        }
        return Set(paths.filter { !$0.hasSuffix(" (deleted)") }).sorted()
    }

    private static func text(_ path: String) -> String {
        // Without the kernel's account nothing is allowed by it.
        guard let file = try? FileDescriptor(opening: path, O_RDONLY) else { return "" }
        var bytes: [UInt8] = []
        while bytes.count < sizeLimitBytes,
            case .bytes(let more)? = try? file.read(limit: 65_536)
        {
            bytes += more
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Confinement {
    /// What every program may read: libraries that are loaded later, time zones, how many processors
    /// there are.
    public static var libraries: [Place] {
        let folders = Set(
            ProcessImage.files.compactMap { file in
                file.lastIndex(of: "/").map { String(file[..<$0]) }
            })
        let known = [
            "/usr/lib", "/usr/lib64", "/usr/share", "/lib", "/lib64", "/etc/ld.so.cache",
            "/etc/localtime", "/sys/devices/system/cpu",
        ]
        let all = folders.filter { !$0.isEmpty }.sorted() + known
        return all.map { Place($0, .read) }
            + [Place("/dev/null", [.read, .write]), Place("/dev/urandom", .read)]
    }

    /// What it takes to start this very program again: itself and the loader of programs.
    public static var ownProgram: [Place] {
        guard let path = realpath("/proc/self/exe", nil) else { return [] }
        defer { free(path) }
        let loaders = ProcessImage.files.filter {
            ($0.split(separator: "/").last ?? "").hasPrefix("ld-")
        }
        return ([String(cString: path)] + loaders).map { Place($0, [.read, .run]) }
    }
}
