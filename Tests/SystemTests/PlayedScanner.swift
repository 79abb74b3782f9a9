import Foundation
import LinuxIO

/// A serial scanner on a pseudo terminal: sends codes, reads ACK and NAK.
///
/// The station finds it by a link, so that it can be unplugged and plugged in again.
final class PlayedScanner {
    private let link: String
    private var terminal: PseudoTerminal
    /// Sent on this terminal and not answered yet, in order.
    private var unanswered: [String] = []
    private(set) var accepted: [String] = []
    private(set) var refused: [String] = []

    /// How many codes may be on their way: a scanner of 4 KiB memory.
    static let windowLimit = 200
    private static let acknowledge: UInt8 = 0x06

    init(link: String) throws {
        self.link = link
        terminal = try PseudoTerminal()
        try terminal.controller.setNonBlocking()
        try plugIn()
    }

    /// The `[[device]]` table that reads it.
    func configuration(_ name: String, more: String = "") -> String {
        """
        [[device]]
        name = "\(name)"
        driver = "serial"
        path = "\(link)"
        ending = "cr"
        acknowledge = "ack-nak"
        \(more)

        """
    }

    /// Sends what fits, then takes the answers that are there. Waits for either.
    func send(_ next: () -> String, until deadline: Duration) throws {
        if unanswered.count < Self.windowLimit {
            let code = next()
            try terminal.controller.writeAll(Array("\(code)\r".utf8))
            unanswered.append(code)
            takeAnswers()
        } else {
            _ = try Poll.wait(
                readable: [terminal.controller], timeout: deadline - SystemTime.monotonic)
            takeAnswers()
        }
    }

    /// Where to write bytes of one's own, which together get one answer.
    func expectAnswer(to name: String) throws -> FileDescriptor {
        unanswered.append(name)
        return terminal.controller
    }

    /// Waits until everything sent is answered.
    func waitForAnswers(within patience: Duration) throws {
        let deadline = SystemTime.monotonic + patience
        while !unanswered.isEmpty {
            let left = deadline - SystemTime.monotonic
            guard left > .zero else {
                throw Unexpected("\(unanswered.count) codes without an answer")
            }
            _ = try Poll.wait(readable: [terminal.controller], timeout: left)
            takeAnswers()
        }
    }

    /// Answers come in the order of the codes.
    private func takeAnswers() {
        // A terminal whose other end is closed gives an error: there is nothing to take.
        guard case .bytes(let answers)? = try? terminal.controller.read(limit: 4096) else { return }
        for answer in answers where !unanswered.isEmpty {
            let code = unanswered.removeFirst()
            if answer == Self.acknowledge { accepted.append(code) } else { refused.append(code) }
        }
    }

    /// The station is gone: what it answered counts, what it didn't answer nobody knows. Comes back
    /// on another terminal with nothing in its memory.
    func replug() throws {
        takeAnswers()
        unanswered = []
        terminal = try PseudoTerminal()
        try terminal.controller.setNonBlocking()
        try plugIn()
    }

    private func plugIn() throws {
        let draft = link + ".new"
        try FileManager.default.createSymbolicLink(
            atPath: draft, withDestinationPath: terminal.path)
        guard rename(draft, link) == 0 else { throw Unexpected("can't link \(link)") }
    }
}
