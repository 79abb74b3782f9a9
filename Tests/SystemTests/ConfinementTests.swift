import Foundation
import LinuxIO
import Testing

/// What a driver's process can't do, once somebody has taken it over; and that the same can be done
/// where nothing is confined, so that it is the confinement that refuses.
@Suite struct ConfinementTests {
    /// Acts that anybody may do, on a file that is the test's own.
    static let acts = [
        "read", "write", "chmod", "truncate", "make", "remove", "tcp", "tcp6", "udp", "netlink",
        "unix", "memory", "limits", "wx", "mprotect", "fork", "signal", "ptrace",
    ]
    /// Acts that some machines allow nobody, or root alone.
    static let rareActs = ["keyring", "io_uring", "mount"]
    static let drivers = ["camera", "nfc", "voice", "serial", "wedge", "hidpos"]
    /// Its second engine is a process that it starts and ends.
    static let ofTheCamera: Set = ["fork", "signal"]

    @Test(arguments: drivers)
    func refuses(driver: String) throws {
        let free = try Place().tries(Self.acts, by: driver, "free")
        let confined = try Place().tries(Self.acts, by: driver, "reading")
        for act in Self.acts where driver != "camera" || !Self.ofTheCamera.contains(act) {
            #expect(free[act] == 0, "\(act)")
            #expect(Self.isRefusal(confined[act]), "\(act) \(String(describing: confined[act]))")
        }
    }

    @Test(arguments: drivers)
    func refusesWhatFewMayDo(driver: String) throws {
        let free = try Place().tries(Self.rareActs, by: driver, "free")
        let confined = try Place().tries(Self.rareActs, by: driver, "reading")
        // Where nobody may do it there is nothing to refuse.
        for act in Self.rareActs where free[act] == 0 {
            #expect(Self.isRefusal(confined[act]), "\(act) \(String(describing: confined[act]))")
        }
    }

    /// A program among the files, and one that is in memory alone.
    @Test(arguments: drivers, ["run", "memfd"])
    func runsNoOtherProgram(driver: String, act: String) throws {
        let place = try Place()
        // The program says nothing and ends well.
        #expect(try place.tries([act], by: driver, "free") == [:])
        #expect(Self.isRefusal(try place.tries([act], by: driver, "reading")[act]))
    }

    @Test(arguments: drivers)
    func shadowAndOtherDevicesAreOutOfReach(driver: String) throws {
        let place = try Place()
        for path in ["/etc/shadow", "/dev/tty", "/proc/self/environ", "/proc/1/status"] {
            #expect(try place.tries("read", path, by: driver) == EACCES, "\(path)")
        }
    }

    @Test(arguments: drivers)
    func itsOwnNodeAndItsLibrariesStayInReach(driver: String) throws {
        let place = try Place()
        for path in [place.node, "/dev/null", "/usr/lib/os-release", "/etc/ld.so.cache"] {
            #expect(try place.tries("read", path, by: driver) == 0, "\(path)")
        }
        #expect(try place.tries("write", place.node, by: driver) == 0)
    }

    /// pcscd and sound servers are asked while the device is opened, and not afterwards.
    @Test(arguments: [("nfc", "unix"), ("voice", "unix"), ("voice", "fork")])
    func whatOnlyOpeningNeedsIsGivenUpAfterIt(driver: String, act: String) throws {
        let place = try Place(microphone: "default")
        #expect(try place.tries([act], by: driver, "opening")[act] == 0)
        #expect(try place.tries([act], by: driver, "reading")[act] == EPERM)
        for other in ["tcp", "run", "read"] {
            #expect(Self.isRefusal(try place.tries([other], by: driver, "opening")[other]))
        }
    }

    /// Of a microphone of the kernel's own there is nothing to be asked of others.
    @Test func aMicrophoneOfTheKernelsNeedsNoSocket() throws {
        #expect(try Place().tries(["unix"], by: "voice", "opening")["unix"] == EPERM)
    }

    /// Started anew it finds no words, and says so.
    @Test func theCameraStartsItself() throws {
        let own = "run=" + Programs.path("scanprobe")
        let result = try Place().run("camera", "reading", [own])
        #expect(result.status == 255 && result.output.contains("scanprobe DRIVER"))
    }

    @Test(arguments: drivers)
    func saysWhatTheKernelGranted(driver: String) throws {
        let result = try Place().run(driver, "reading", ["read=/dev/null"])
        #expect(result.output.contains(#""seccomp"] lacking []"#), "\(result.output)")
    }

    /// It works all the same, and says what is not refused.
    @Test func anOlderKernelIsToldOf() throws {
        let place = try Place()
        let result = try place.run("nfc", "old", ["read=/etc/passwd", "tcp"])
        #expect(
            result.output.contains(
                #"granted ["seccomp"] lacking ["landlock: Function not implemented"]"#))
        #expect(result.lines.contains("read 0") && result.lines.contains("tcp 1"))
    }

    private static func isRefusal(_ number: Int32?) -> Bool { number == EPERM || number == EACCES }
}

extension ConfinementTests {
    /// A folder with a FIFO as device and a file that is none of the driver's business.
    private final class Place {
        private let folder: URL
        private let microphone: String
        let node: String
        private let file: String
        /// Somebody at the other end, so that opening the FIFO does not wait.
        private let other: FileDescriptor

        /// `hw:0` is the kernel's own, which nobody shares.
        init(microphone: String = "hw:0") throws {
            self.microphone = microphone
            folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            node = folder.appending(path: "node").path(percentEncoded: false)
            file = folder.appending(path: "secret").path(percentEncoded: false)
            guard mkfifo(node, 0o600) == 0 else { throw Unexpected("no FIFO") }
            other = try FileDescriptor(opening: node, O_RDWR | O_NONBLOCK)
            try Data("secret".utf8).write(to: URL(filePath: file))
        }

        deinit {
            try? FileManager.default.removeItem(at: folder)  // Only a temporary folder.
        }

        /// One act, while reading.
        func tries(_ act: String, _ object: String, by driver: String) throws -> Int32? {
            Self.answers(try run(driver, "reading", ["\(act)=\(object)"]))[act]
        }

        /// Acts on the file, one after the other: 0 or the errno of each. What becomes another program
        /// has no answer.
        func tries(_ acts: [String], by driver: String, _ stage: String) throws -> [String: Int32] {
            let objects = ["run": "/bin/true", "make": file + ".new", "mount": folder.path()]
            return Self.answers(
                try run(driver, stage, acts.map { "\($0)=\(objects[$0] ?? file)" }))
        }

        func run(_ driver: String, _ stage: String, _ acts: [String]) throws -> Programs.Result {
            try Programs.run("scanprobe", [driver, node, stage, microphone] + acts)
        }

        private static func answers(_ result: Programs.Result) -> [String: Int32] {
            let pairs = result.lines.compactMap { line -> (String, Int32)? in
                let words = line.split(separator: " ")
                return words.count == 2 ? Int32(words[1]).map { (String(words[0]), $0) } : nil
            }
            return Dictionary(pairs) { _, last in last }
        }
    }
}
