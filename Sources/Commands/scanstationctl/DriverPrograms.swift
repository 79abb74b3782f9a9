import Checkup
import CommandKit
import Glibc
import LinuxIO

/// The programs of drivers that stand beside this one, tried.
enum DriverPrograms {
    private static let drivers = ["serial", "camera", "nfc", "voice"]
    private static let patience = Duration.seconds(5)
    private static let outputLimitBytes = 1 << 20

    /// Each by its name, and whether it starts at all.
    static func tried() -> [String: CheckupFacts.Program] {
        var programs: [String: CheckupFacts.Program] = [:]
        for driver in drivers {
            let name = Examination.program(of: driver)
            programs[name] = program(at: SiblingProgram(name).path)
        }
        return programs
    }

    private static func program(at path: String) -> CheckupFacts.Program {
        guard access(path, F_OK) == 0 else { return .missing }
        guard access(path, X_OK) == 0 else { return .broken("it may not be run") }
        do {
            let ending = try output(of: [path, "--help"]).ending
            return ending == .exited(status: 0)
                ? .runs : .broken(ending.map { "\($0)" } ?? "it doesn't end")
        } catch {
            return .broken("\(error)")
        }
    }

    /// Listens for a moment, where a voice is designated and nobody else listens.
    static func microphone(for device: CheckupFacts.Device?) -> CheckupFacts.Microphone? {
        let path = SiblingProgram(Examination.program(of: "voice")).path
        guard let device, access(path, X_OK) == 0 else { return nil }
        let place = device.node.map { ["--device", $0] } ?? []
        // A microphone that can't be opened is told of as a device.
        guard let heard = try? output(of: [path, "level"] + place),
            heard.ending == .exited(status: 0), let decibels = Double(heard.text)
        else { return nil }
        return CheckupFacts.Microphone(peakDecibels: decibels)
    }

    /// Its first lines, and how it ended; nil: not in time.
    static func output(
        of command: [String], linesLimit: Int = 1
    ) throws(LinuxError) -> (text: String, ending: ChildProcess.Ending?) {
        let child = try ChildProcess(command)
        child.closeInput()
        let deadline = SystemTime.monotonic + patience
        var bytes: [UInt8] = []
        while bytes.count < outputLimitBytes, SystemTime.monotonic < deadline {
            let left = deadline - SystemTime.monotonic
            guard try Poll.wait(readable: [child.output], timeout: left).readable[0] else { break }
            guard case .bytes(let more) = try child.output.read(limit: outputLimitBytes) else {
                break
            }
            bytes += more
        }
        let ending = try child.waitForEnd(patience: max(.zero, deadline - SystemTime.monotonic))
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        return (lines.prefix(linesLimit).joined(separator: "\n"), ending)
    }
}
