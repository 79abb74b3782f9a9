public import ArgumentParser
public import BarcodeReading
import CommandKit
import FoundationEssentials
import Glibc
import LinuxIO
import Pictures

struct DecodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decode", abstract: "Read the barcodes in pictures.",
        discussion: """
            Takes PNG, JPEG and PGM pictures. Exit 1 when any of them could not be read as a \
            picture; a picture without codes is none of these.

            scanstationctl decode image shelf.jpg
            find . -name '*.jpg' | scanstationctl decode image - --json
            """)

    @Argument(help: "The pictures, or - for one path a line on standard input.")
    var paths: [String]
    @Option(help: "Which library reads: zbar, zxing or both.")
    var engine: StillReader.Choice = .both
    @Flag(help: "One JSON object a picture.")
    var json = false

    func run() throws {
        let reader = StillReader(engine, zxingProgram: CameraProgram.zxing)
        var isAllGood = true
        for path in paths {
            if path == "-" {
                while let line = readLine() {
                    if !show(DecodeReport(line, with: reader)) { isAllGood = false }
                }
            } else if !show(DecodeReport(path, with: reader)) {
                isAllGood = false
            }
        }
        if !isAllGood { throw ExitCode(ExitStatus.failed.rawValue) }
    }

    /// Whether it was a picture.
    private func show(_ report: DecodeReport) -> Bool {
        print(json ? report.json : report.text)
        fflush(nil)
        return report.error == nil
    }
}

extension StillReader.Choice: ExpressibleByArgument {}

extension DecodeReport {
    /// On one line.
    var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Only numbers that are none can fail, and here are none of these.
        let data = try? encoder.encode(self)
        return data.map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    var text: String {
        if let error { return "\(file): \(error.message) [\(error.code)]" }
        if codes.isEmpty { return "\(file): no code" }
        return codes.map { "\(file): \($0.symbology) \($0.printable)" }.joined(separator: "\n")
    }
}
