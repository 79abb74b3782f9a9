import Foundation
import LinuxIO
import Testing

/// What a driver's process can't do, once somebody has taken it over; and that the same can be done
/// where nothing is confined, so that it is the confinement that refuses.
@Suite struct ConfinementTests {
    /// Acts that anybody may do, on a file that is the test's own.
    static let acts = [
        "read", "write", "remove", "chmod", "truncate", "make", "tcp", "tcp6", "udp", "netlink",
        "unix", "ptrace", "memory", "limits", "wx", "mprotect", "run", "fork", "signal",
    ]
    /// Acts that some machines allow nobody, or root alone.
    static let rareActs = ["keyring", "io_uring", "mount", "memfd"]
    static let drivers = ["camera", "nfc", "voice", "serial", "wedge", "hidpos"]
    /// Its second engine is a process that it starts.
    static let isOfTheCamera: Set = ["fork", "signal"]

    @Test(arguments: drivers, acts)
    func refuses(driver: String, act: String) throws {
        let place = try Place()
        try #require(place.tries(act, by: driver, "free") == 0)
        try place.prepare()
        let answer = try place.tries(act, by: driver, "reading")
        if driver == "camera", Self.isOfTheCamera.contains(act) { return }
        #expect(answer == EPERM || answer == EACCES, "\(String(cString: strerror(answer)))")
    }

    @Test(arguments: drivers, rareActs)
    func refusesWhatFewMayDo(driver: String, act: String) throws {
        let place = try Place()
        // Where nobody may do it there is nothing to refuse.
        guard try place.tries(act, by: driver, "free") == 0 else { return }
        try place.prepare()
        let answer = try place.tries(act, by: driver, "reading")
        #expect(answer == EPERM || answer == EACCES, "\(String(cString: strerror(answer)))")
    }

    @Test(arguments: drivers)
    func shadowAndOtherDevicesAreOutOfReach(driver: String) throws {
        let place = try Place()
        for path in ["/etc/shadow", "/dev/tty", "/proc/self/environ", "/proc/1/status"] {
            #expect(try place.tries("read", by: driver, "reading", path) == EACCES, "\(path)")
        }
    }

    @Test(arguments: drivers)
    func itsOwnNodeAndItsLibrariesStayInReach(driver: String) throws {
        let place = try Place()
        for path in [place.node, "/dev/null", "/usr/lib/os-release", "/etc/ld.so.cache"] {
            #expect(try place.tries("read", by: driver, "reading", path) == 0, "\(path)")
        }
        #expect(try place.tries("write", by: driver, "reading", place.node) == 0)
    }

    /// pcscd and sound servers are asked while the device is opened, and not afterwards.
    @Test func whatOnlyOpeningNeedsIsGivenUpAfterIt() throws {
        let place = try Place()
        for (act, driver) in [("unix", "nfc"), ("unix", "voice"), ("fork", "voice")] {
            #expect(try place.tries(act, by: driver, "opening") == 0, "\(act) \(driver)")
            #expect(try place.tries(act, by: driver, "reading") == EPERM, "\(act) \(driver)")
        }
        #expect(try place.tries("tcp", by: "nfc", "opening") == EPERM)
        #expect(try place.tries("run", by: "voice", "opening", "/bin/true") == EACCES)
    }

    /// Of a microphone of the kernel's own there is nothing to be asked of others.
    @Test func aMicrophoneOfTheKernelsNeedsNoSocket() throws {
        let place = try Place()
        let result = try place.run(["voice", "/dev/snd/pcmC0D0c", "opening", "unix", "-"])
        #expect(result.status == EPERM)
    }

    @Test func theCameraStartsItselfAndNothingElse() throws {
        let place = try Place()
        let own = Programs.path("scanprobe")
        #expect(try place.tries("run", by: "camera", "reading", "/bin/true") == EACCES)
        // Started anew it finds too few words, and says so.
        #expect(try place.tries("run", by: "camera", "reading", own) == 255)
    }

    @Test func saysWhatTheKernelGranted() throws {
        let place = try Place()
        let result = try place.run(["camera", place.node, "reading", "read", "/dev/null"])
        #expect(result.output.contains(#""seccomp""#), "\(result.output)")
        #expect(result.output.contains("lacking []"), "\(result.output)")
    }
}

extension ConfinementTests {
    /// A folder with a FIFO as device and a file that is none of the driver's business.
    final class Place {
        private let folder: URL
        let node: String
        private let file: String

        init() throws {
            folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            node = folder.appending(path: "node").path(percentEncoded: false)
            file = folder.appending(path: "secret").path(percentEncoded: false)
            guard mkfifo(node, 0o600) == 0 else { throw Unexpected("no FIFO") }
            try prepare()
        }

        deinit {
            try? FileManager.default.removeItem(at: folder)  // Only a temporary folder.
        }

        /// As it was before somebody acted.
        func prepare() throws {
            try Data("secret".utf8).write(to: URL(filePath: file))
            unlink(file + ".new")
        }

        func tries(
            _ act: String, by driver: String, _ stage: String, _ object: String? = nil
        ) throws -> Int32 {
            let own = ["run": "/bin/true", "make": file + ".new", "mount": folder.path()]
            // Somebody at the other end, so that opening a FIFO does not wait.
            let other = try FileDescriptor(opening: node, O_RDWR | O_NONBLOCK)
            defer { _ = other.rawValue }
            return try run([driver, node, stage, act, object ?? own[act] ?? file]).status
        }

        func run(_ words: [String]) throws -> Programs.Result {
            try Programs.run("scanprobe", words)
        }
    }
}
