import EmulatedNFC
import Foundation
import LinuxIO
import Pictures
import ScanTesting
import Testing

/// The real driver programs under the daemon: confined in every thread, and at work all the same.
@Suite struct ConfinedDriverTests {
    @Test func anNFCReaderIsReadByAConfinedProcess() throws {
        let rig = try Rig()
        let reader = try EmulatedReader(path: "\(rig.folder)/reader")
        try rig.startStation(
            """
            [[device]]
            name = "reader"
            driver = "nfc"
            path = "\(rig.folder)/reader"

            """)
        let tail = try Tail(rig)
        reader.place(try TagSpecification("ntag213:text=CONFINED").tag, as: "a")
        try tail.wait(for: "CONFINED")
        try expectConfined("reader", "scanstation-driver-nfc", rig)
    }

    /// ZXing is a second process, which the confined one starts; Aztec codes are its work alone.
    @Test func aCameraIsReadByTwoConfinedProcesses() throws {
        let rig = try Rig()
        let pipe = "\(rig.folder)/camera"
        #expect(mkfifo(pipe, 0o600) == 0)
        try rig.startStation(
            """
            [[device]]
            name = "camera"
            driver = "camera"
            path = "\(pipe)"
            engines = "zxing"
            budget-milliseconds = 1000

            """)
        let tail = try Tail(rig)
        let picture = try Self.picture("aztec/000.png")
        let camera = try FileDescriptor(opening: pipe, O_RDWR | O_NONBLOCK)
        try tail.wait(for: "Code 2D!") {
            // A pipe that is full has pictures enough.
            try? camera.writeAll(picture, patience: .milliseconds(100))
        }
        try expectConfined("camera", "scanstation-driver-camera", rig, processes: 2)
    }

    private static func picture(_ name: String) throws -> [UInt8] {
        let tests = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent()
        let bytes = try Data(
            contentsOf: tests.appending(path: "Drivers/BarcodeReadingTests/Data/\(name)"))
        return try GreyPicture(decoding: Array(bytes)).jpeg(quality: 90)
    }

    private func expectConfined(
        _ device: String, _ program: String, _ rig: Rig, processes: Int = 1
    ) throws {
        let report = try rig.successfully(["devices", "--json"]).lines
            .compactMap { try json($0) }.first { $0["name"] as? String == device }
        let confined = report?["confined"] as? String ?? "nothing"
        #expect(confined.contains("seccomp"), "\(String(describing: report))")
        let ids = Self.processes(program, under: try #require(rig.station?.processID))
        #expect(ids.count == processes, "\(ids)")
        for status in ids.flatMap(Self.threads) {
            #expect(status.contains("NoNewPrivs:\t1"), "\(status)")
            #expect(status.contains("Seccomp:\t2"), "\(status)")
        }
    }

    /// Those below `parent` that run `program`.
    private static func processes(_ program: String, under parent: Int32) -> [Int32] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        let parents = Dictionary(
            all.compactMap { Int32($0) }.map { ($0, Self.parent(of: $0)) }
        ) { first, _ in first }
        return parents.keys.sorted().filter { id in
            let words = try? String(contentsOfFile: "/proc/\(id)/cmdline", encoding: .utf8)
            guard words?.contains(program) == true || words?.contains("/proc/self/exe") == true
            else { return false }
            var ancestor: Int32? = id
            while let next = ancestor, next > 1 {
                if next == parent { return true }
                ancestor = parents[next] ?? nil
            }
            return false
        }
    }

    private static func parent(of process: Int32) -> Int32? {
        let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        let line = status?.split(separator: "\n").first { $0.hasPrefix("PPid:") }
        return line.flatMap { Int32($0.split(separator: "\t").last ?? "") }
    }

    private static func threads(of process: Int32) -> [String] {
        let folder = "/proc/\(process)/task"
        let all = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return all.compactMap {
            try? String(contentsOfFile: "\(folder)/\($0)/status", encoding: .utf8)
        }
    }
}
