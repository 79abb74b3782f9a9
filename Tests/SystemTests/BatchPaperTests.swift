import Foundation
import Testing

/// The commands of docs/batches.md, in their order, by the real programs.
@Suite struct BatchPaperTests {
    @Test(.timeLimit(.minutes(2)))
    func thePageSaysWhatTheProgramsSay() throws {
        let rig = try Rig()
        try rig.startStation()
        let root = URL(filePath: #filePath).deletingLastPathComponent().path + "/../.."
        let page = try String(contentsOfFile: root + "/docs/batches.md", encoding: .utf8)
        let steps = Self.steps(of: page)
        #expect(steps.count > 4)
        for step in steps {
            let output = try run(step.commands, rig)
            #expect(Self.missing(step.expected, in: output) == nil, "\(step.commands)\n\(output)")
        }
        let report = try String(contentsOfFile: "\(rig.folder)/report.html", encoding: .utf8)
        #expect(report.contains("<h1>Received at DOCK</h1>"))
        #expect(report.contains("2 missing, 1 wrong"))
    }

    private func run(_ commands: String, _ rig: Rig) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        let program = Programs.path("scanstationctl")
        process.arguments = [
            "-c", "scanstationctl() { '\(program)' \"$@\" --state '\(rig.state)'; }\n" + commands,
        ]
        process.currentDirectoryURL = URL(filePath: rig.folder)
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: text, as: UTF8.self)
    }

    /// A block of commands, and the lines of the block of text behind it.
    private static func steps(of page: String) -> [(commands: String, expected: [String])] {
        var steps: [(commands: String, expected: [String])] = []
        for block in page.matches(of: #/(?ms)^```(sh|text)\n(.*?)^```$/#) {
            let text = String(block.output.2)
            if block.output.1 == "sh" {
                steps.append((text, []))
            } else if !steps.isEmpty {
                steps[steps.count - 1].expected += text.split(separator: "\n").map(String.init)
            }
        }
        return steps
    }

    /// The first line that doesn't come after those before it; spaces count as one.
    private static func missing(_ expected: [String], in output: String) -> String? {
        var said = output.split(separator: "\n").map(spaced)[...]
        for line in expected {
            guard let index = said.firstIndex(where: { $0.contains(spaced(line[...])) }) else {
                return line
            }
            said = said[(index + 1)...]
        }
        return nil
    }

    private static func spaced(_ line: Substring) -> String {
        line.split(separator: " ").joined(separator: " ")
    }
}
