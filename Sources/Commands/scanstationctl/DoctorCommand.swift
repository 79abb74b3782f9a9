import ArgumentParser
import Checkup
import CommandKit
import LocalAPI

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Look for what is wrong, and say how it is put right.",
        discussion: """
            Looks at devices and who may open them, udev's rules, other programs that take
            scanners, the clock, the disk, the store, the hub and the drivers' programs. Changes
            nothing.

            scanstationctl doctor
            scanstationctl doctor --all           also what is all right
            scanstationctl doctor --json          one finding a line

            Exit codes: 0 nothing, or notes only; 7 warnings; 1 faults.
            """)

    @Flag(help: "Say also what is all right.") var all = false
    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let facts = try await CheckupGathering(station).facts()
        let findings = Examination(facts).findings
        output.show(each: findings.filter { all || output.json || $0.state != .ok }) {
            Self.text($0, wellCount: findings.filter { $0.state == .ok }.count)
        }
        switch findings.map(\.state).max() {
        case .fault?: throw ExitCode(ExitStatus.failed.rawValue)
        case .warning?: throw ExitCode(ExitStatus.warned.rawValue)
        default: break
        }
    }

    private static func text(_ findings: [Finding], wellCount: Int) -> String {
        let lines = findings.flatMap { finding in
            let code = finding.state == .ok ? "" : " [\(finding.code.rawValue)]"
            let word = finding.paint(finding.state.rawValue.padded)
            return ["\(word)  \(finding.subject): \(safe(finding.message))\(code)"]
                + (finding.fix.map { ["         \(safe($0))"] } ?? [])
        }
        return (lines + ["\(wellCount) checks found all well."]).joined(separator: "\n")
    }
}

extension Finding {
    fileprivate var paint: Paint {
        switch state {
        case .ok: .good
        case .note: .quiet
        case .warning: .notable
        case .fault: .bad
        }
    }
}

extension String {
    /// As wide as the longest word for a state.
    fileprivate var padded: String {
        self + String(repeating: " ", count: max(0, 7 - count))
    }
}
