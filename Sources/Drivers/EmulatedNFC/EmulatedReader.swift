import Glibc
import LinuxIO
import Synchronization

/// A PN532 on a pseudo terminal that unmodified libnfc takes for a reader, with tags that come and
/// go as a test or a demonstration wants it.
public final class EmulatedReader: Sendable {
    /// How long things take.
    public enum Timing: Sendable {
        /// As a chip at 115200 baud.
        case real
        /// At once, but for tags that do not answer.
        case quick
    }

    let state: Mutex<ReaderState>
    private let wakeup: Wakeup
    /// A link that leads to the terminal for as long as the reader is plugged in.
    public let path: String

    /// Plugged in from the beginning. The link at `path` is made, and replaced where there is one.
    public init(path: String, timing: Timing = .quick) throws {
        self.path = path
        wakeup = try Wakeup()
        state = Mutex(ReaderState(timing: timing))
        try plugIn()
        let loop = ReaderLoop(reader: { [weak self] in self }, wakeup: wakeup)
        _ = try KernelThread(name: "emulated nfc") { loop.run() }
    }

    deinit {
        _ = Glibc.unlink(path)
        // The loop sees that nobody holds the reader any more.
        wakeup.signal()
    }

    /// Tags are laid in front of the antenna under a name each.
    public func place(_ tag: any EmulatedTag, as name: String) {
        change { $0.chip.field.place(tag, as: name) }
    }

    /// Takes a tag away, and answers with what it holds now.
    @discardableResult
    public func remove(_ name: String) -> (any EmulatedTag)? {
        change { $0.chip.field.remove(name) }
    }

    public func tag(_ name: String) -> (any EmulatedTag)? {
        state.withLock { $0.chip.field.tag(name) }
    }

    /// Takes the tag away after so many more exchanges with any tag.
    public func tearAway(_ name: String, after exchanges: Int) {
        change { $0.chip.field.tearAway(name, after: exchanges) }
    }

    /// Takes whichever tag is talked to after so many more exchanges.
    public func tearNext(after exchanges: Int) {
        change { $0.chip.field.tearAway(nil, after: exchanges) }
    }

    /// Lays a tag that was torn away down again, with what it holds by now.
    public func putBack(_ name: String) {
        change { $0.chip.field.putBack(name) }
    }

    /// Spoils the next `count` commands, or the next with this code.
    public func spoil(_ fault: LinkFault, command: UInt8? = nil, count: Int = 1) {
        change {
            $0.faults.append(PendingFault(fault: fault, command: command, count: count))
        }
    }

    public func clearFaults() {
        change { $0.faults = [] }
    }

    /// While it hangs, it swallows what it is told.
    public func setHanging(_ isHanging: Bool) {
        change { $0.isHanging = isHanging }
    }

    /// Bytes that nobody asked for.
    public func say(_ noise: [UInt8]) {
        change { $0.outgoing.append((.zero, noise)) }
    }

    /// How often a command came, by its code.
    public func count(of command: UInt8) -> Int {
        state.withLock { $0.counts[command] ?? 0 }
    }

    /// The cable is pulled: whoever has the terminal open reads its end.
    public func unplug() {
        _ = Glibc.unlink(path)
        change { $0.disconnect() }
    }

    /// A new terminal, the same link; the chip begins anew.
    public func plugIn() throws {
        let terminal = try PseudoTerminal()
        try terminal.controller.setNonBlocking()
        // Held open, so that the controller's end does not hang up between two programs.
        let held = try FileDescriptor(opening: terminal.path, O_RDWR | O_NOCTTY)
        change { $0.connect(terminal, held) }
        let temporary = path + ".new"
        _ = Glibc.unlink(temporary)
        guard symlink(terminal.path, temporary) == 0, rename(temporary, path) == 0 else {
            throw LinuxError.failed("link", on: path, number: errno)
        }
    }

    @discardableResult
    private func change<Result: Sendable>(_ body: (inout ReaderState) -> Result) -> Result {
        defer { wakeup.signal() }
        return state.withLock { body(&$0) }
    }
}
