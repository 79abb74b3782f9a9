import ArgumentParser
import CommandKit
import EmulatedNFC
import Foundation
import Glibc

/// A reader that is not there, for trying things out: libnfc takes it for a PN532.
struct EmulateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "emulate", abstract: "Play a PN532 at a pseudo terminal, with tags.",
        discussion: """
            Lines on standard input move the tags:
              place NAME KIND:KEY=VALUE,...   remove NAME   tear NAME EXCHANGES
              unplug   plug   hang   unhang
            Kinds: ultralight ntag213 ntag215 ntag216 classic felica type4 dna. Keys: uid, uri, text, \
            ndef, and of dna key and base.

            scanstation-driver-nfc emulate /tmp/nfc --tag a=ntag215:uri=https://example.org/x
            LIBNFC_DEVICE=pn532_uart:/tmp/nfc nfc-list
            """)

    @Argument(help: "A link to the terminal; made here, and taken away in the end.")
    var link: String
    @Option(help: "NAME=KIND:KEY=VALUE,... ; may be given again.") var tag: [String] = []
    @Flag(help: "Answer at once, and not as slowly as the chip.") var quick = false

    func run() throws {
        let reader = try EmulatedReader(path: link, timing: quick ? .quick : .real)
        for text in tag {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { throw ValidationError("--tag is NAME=KIND:...") }
            reader.place(try TagSpecification(parts[1]).tag, as: parts[0])
        }
        print("ready \(link)")
        fflush(nil)
        while let line = readLine() {
            do {
                try Self.obey(line.split(separator: " ").map(String.init), reader)
                print("ok")
            } catch {
                print("error \(error)")
            }
            fflush(nil)
        }
    }

    private static func obey(_ words: [String], _ reader: EmulatedReader) throws {
        switch (words.first, words.count) {
        case ("place", 3): reader.place(try TagSpecification(words[2]).tag, as: words[1])
        case ("remove", 2): reader.remove(words[1])
        case ("tear", 3): reader.tearAway(words[1], after: Int(words[2]) ?? 0)
        case ("unplug", 1): reader.unplug()
        case ("plug", 1): try reader.plugIn()
        case ("hang", 1): reader.setHanging(true)
        case ("unhang", 1): reader.setHanging(false)
        default: throw ValidationError("not known; see --help")
        }
    }
}
