public import DriverKit
import Glibc

/// Marks for udev: one empty file for each designated keyboard, so that its rules keep desktops away
/// from it also while the daemon does not run.
public struct GrabMarks: Sendable {
    /// In the state directory; `udev/60-scanstation.rules` looks there.
    public static let folderName = "grabbed"
    /// Only keyboards type into what is not theirs.
    private static let driver: DriverName = "wedge"

    private let folder: String

    public init(folder: String) {
        self.folder = folder
    }

    /// Makes the marks those of `devices`. A mark that can't be written costs silence at the desktop
    /// while the daemon is down, so the answer is what went wrong, and nothing is thrown.
    public func keep(_ devices: [ConfiguredDevice]) -> [String] {
        let wanted = Set(devices.compactMap(Self.name))
        guard !wanted.isEmpty || access(folder, F_OK) == 0 else { return [] }
        guard mkdir(folder, 0o755) == 0 || errno == EEXIST else { return [failure(folder)] }
        var failures: [String] = []
        for name in wanted {
            let file = open("\(folder)/\(name)", O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
            if file >= 0 { close(file) } else { failures.append(failure(name)) }
        }
        for name in present where !wanted.contains(name) && unlink("\(folder)/\(name)") != 0 {
            failures.append(failure(name))
        }
        return failures
    }

    /// nil: no keyboard, not grabbed, or nothing that udev could know it by.
    static func name(of device: ConfiguredDevice) -> String? {
        guard device.driver == driver, !device.isDisabled,
            device.options["grab"] != .boolean(false),
            case .identity(let match) = device.location
        else { return nil }
        if let vendor = match.vendorID, let product = match.productID, let serial = match.serial {
            return plain("\(digits(vendor)):\(digits(product)):\(serial)")
        }
        return match.portPath.flatMap { plain("port:\($0)") }
    }

    /// A name that is a file's and no path's.
    private static func plain(_ name: String) -> String? {
        let marks = Set("-._: ".utf8)
        let isPlain = name.utf8.allSatisfy { byte in
            byte < 0x80
                && (Unicode.Scalar(byte).properties.isAlphabetic || byte >= 0x30 && byte < 0x3A)
                || marks.contains(byte)
        }
        return isPlain && name.utf8.count < 200 ? name : nil
    }

    private static func digits(_ number: UInt16) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: 4 - text.count) + text
    }

    private var present: [String] {
        // A folder that can't be read has nothing to take away.
        (try? TextFile.names(in: folder, suffix: "")) ?? []
    }

    private func failure(_ name: String) -> String {
        "the mark \(name) can't be kept: \(String(cString: strerror(errno)))"
    }
}
