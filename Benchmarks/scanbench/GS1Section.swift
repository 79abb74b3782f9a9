import Foundation
import GS1

/// Element strings taken apart and checked.
struct GS1Section {
    let bench: Bench

    func run() async throws -> Report {
        var report = Report(
            title: "gs1: element strings taken apart and checked",
            about: """
                Ten kinds of labels, from a GTIN alone to a pallet's content with dates and weight, \
                each checked by character, length, check digit and date; processor time of one \
                core. Floor: the same bytes parted at GS and nothing looked at. Peer: biip from \
                PyPI, in Python, where it is installed.
                """,
            columns: ["", "element strings/s", "of the floor"])
        let texts = Self.texts(bench.operations(200_000, quick: 2000))
        let standings = try await Race.run(
            [
                Contender("GS1.ElementString") { try read(texts) },
                Contender("parted at GS") { part(texts) },
            ], rounds: bench.rounds(5))
        for standing in standings {
            report.rows.append([
                standing.name, Figure.of(standing.rate),
                Figure.ratio(standing.ratio(to: standings[1])),
            ])
        }
        peer(of: standings[1].rate, &report)
        report.missing.append("GS1's own Syntax Engine: PyPI has no package of it")
        let rate = standings[0].rate
        report.expect("\(Figure.of(rate)) element strings/s a core, goal 100,000", rate >= 100_000)
        return report
    }

    private func read(_ texts: [String]) throws -> Lap {
        var elements = 0
        let time = try Stopwatch.processorTime {
            for text in texts { elements += try ElementString(unbracketed: text).elements.count }
        }
        precondition(elements > texts.count)
        return Lap(operations: texts.count, nanoseconds: Double(time))
    }

    private func part(_ texts: [String]) -> Lap {
        var parts = 0
        let time = Stopwatch.processorTime {
            for text in texts { parts += text.utf8.split(separator: 0x1D).count }
        }
        precondition(parts >= texts.count)
        return Lap(operations: texts.count, nanoseconds: Double(time))
    }

    private func peer(of floor: Double, _ report: inout Report) {
        do {
            let rate = try Self.biip()
            report.rows.append(["biip (Python)", Figure.of(rate), Figure.ratio(rate / floor)])
        } catch {
            report.missing.append("biip: \(error)")
        }
    }

    /// Element strings a second, by its own clock.
    private static func biip() throws -> Double {
        let script = """
            import sys, time
            from biip.gs1_messages import GS1Message
            texts = [line.rstrip("\\n").replace("^", "\\x1d") for line in sys.stdin]
            start = time.process_time()
            for text in texts: GS1Message.parse(text)
            print(len(texts) / (time.process_time() - start))
            """
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script]
        let (input, output) = (Pipe(), Pipe())
        (process.standardInput, process.standardOutput) = (input, output)
        process.standardError = FileHandle.nullDevice
        try process.run()
        // Fewer than a pipe holds, so that nobody waits for the other.
        let lines = texts(600).map { $0.replacing("\u{1D}", with: "^") }.joined(separator: "\n")
        try input.fileHandleForWriting.write(contentsOf: Data(lines.utf8))
        try input.fileHandleForWriting.close()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let word = String(decoding: text, as: UTF8.self).split(separator: "\n").first
        guard process.terminationStatus == 0, let rate = word.flatMap({ Double($0) }) else {
            throw PeerError.notInstalled
        }
        return rate
    }

    private enum PeerError: Error, CustomStringConvertible {
        case notInstalled

        var description: String { "not installed (pip install biip)" }
    }

    private static func texts(_ count: Int) -> [String] {
        let kinds = [
            "0109521234543213", "00106141412345678908", "010952123454321310LOT%\u{1D}21S%",
            "010952123454321317301231" + "10LOT%", "0209521234543213" + "3748" + "\u{1D}10L%",
            "0109521234543213" + "3103001250" + "15301231", "4149521234543213254B-%",
            "800309521234543213AB%",
            "0109521234543213" + "11251125" + "17301231" + "10L%\u{1D}21S%",
            "0209521234543213" + "15301231" + "3103001250" + "37%\u{1D}10LOT%",
        ]
        return (0..<count).map {
            kinds[$0 % kinds.count].replacing("%", with: String($0 % 9000 + 1000))
        }
    }
}
