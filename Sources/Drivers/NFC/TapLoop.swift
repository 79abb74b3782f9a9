import DriverKit
import LinuxIO
import Scans

/// Tags come, are read, lie there, and go: one reader from its opening to its end.
struct TapLoop {
    /// A tag that was read and has not left.
    private struct Resting {
        var tag: Tag
        var misses = 0
    }

    /// How often a torn reading is begun anew while the tag is there.
    private static let readAttemptLimit = 8
    /// So many looks in a row must miss a tag before it is gone: one may be a hand's tremor.
    private static let missLimit = 2
    private static let presenceInterval = Duration.milliseconds(100)
    /// The wire may garble one command; a reader that fails so often in a row is lost.
    private static let linkFaultLimit = 4
    private static let recentLimit = 16

    private let reader: any NFCReader
    private let session: DeviceSession
    private let options: NFCOptions
    private let voice: TapVoice
    private let memory: TapMemory
    /// Read before the last process died, and not seen to have left.
    private var remembered: [[UInt8]]
    private var resting: [Resting] = []
    /// Who left a moment ago, and when.
    private var recent: [(tag: Tag, at: Duration)] = []
    private var linkFaults = 0

    init(reader: any NFCReader, session: DeviceSession, options: NFCOptions) {
        self.reader = reader
        self.session = session
        self.options = options
        voice = TapVoice(session: session, options: options)
        memory = TapMemory(device: session.device.name.rawValue)
        remembered = memory.recall()
    }

    /// Until the session is stopped or the reader is lost.
    mutating func run() throws {
        _ = try session.pause(.zero)  // Says that the reader is open.
        while !session.isStopped {
            do {
                if resting.isEmpty { try wait() } else { try watch() }
                linkFaults = 0
            } catch let fault as ReaderFault {
                try weather(fault)
            }
            if reader.isGone { throw DriverFault.unplugged(session.device) }
        }
        memory.forget()
    }

    private mutating func wait() throws {
        if let tag = try reader.awaitTag() { return try arrive(tag) }
        guard !remembered.isEmpty else { return }
        remembered = []
        memory.forget()
    }

    /// Looks after each tag that lies there, and for one that has come beside it.
    private mutating func watch() throws {
        for index in resting.indices {
            if try reader.select(resting[index].tag) {
                resting[index].misses = 0
                try reader.rest()
            } else {
                resting[index].misses += 1
            }
        }
        let now = SystemTime.monotonic
        recent += resting.filter { $0.misses >= Self.missLimit }.map { ($0.tag, now) }
        recent = recent.suffix(Self.recentLimit)
        if resting.contains(where: { $0.misses >= Self.missLimit }) {
            resting.removeAll { $0.misses >= Self.missLimit }
            memory.keep(resting.map(\.tag.uid))
        }
        if let tag = try reader.findTag() { try arrive(tag) }
        if !resting.isEmpty { _ = try session.pause(Self.presenceInterval) }
    }

    /// Once for each tap: a tag that lies there still, or only moved, is no new one.
    private mutating func arrive(_ tag: Tag) throws {
        guard !resting.contains(where: { $0.tag.uid == tag.uid }) else { return }
        let now = SystemTime.monotonic
        let isBack =
            remembered.contains(tag.uid)
            || recent.contains { $0.tag == tag && now - $0.at < options.repeatPause }
        recent.removeAll { $0.tag == tag }
        remembered.removeAll { $0 == tag.uid }
        if !isBack {
            guard let reading = try read(tag) else { return voice.refuse(.torn) }
            try voice.say(reading, of: tag)
        }
        resting.append(Resting(tag: tag))
        memory.keep(resting.map(\.tag.uid))
        try reader.rest()
    }

    /// All of it or nothing. nil: it left first.
    private mutating func read(_ tag: Tag) throws -> TapReading? {
        for _ in 0..<Self.readAttemptLimit where !session.isStopped {
            do {
                let reading = try TapReading(of: tag, by: reader, badges: options.badges)
                if reading != .content(.faulty(.mixedUp)) { return reading }
            } catch {
                try weather(error)
            }
            guard try isStillThere(tag) else { return nil }
        }
        return .unreadable
    }

    /// Selects it anew, from whatever state it was left in.
    private mutating func isStillThere(_ tag: Tag) throws -> Bool {
        for _ in 0..<Self.missLimit {
            do {
                try reader.refresh()
                if try reader.select(tag) { return true }
            } catch {
                try weather(error)
            }
        }
        return false
    }

    /// Whether a fault passes. Silence of a tag always does.
    private mutating func weather(_ fault: ReaderFault) throws {
        guard case .link(let number) = fault else { return }
        if reader.isGone { throw DriverFault.unplugged(session.device) }
        linkFaults += 1
        guard linkFaults < Self.linkFaultLimit else {
            throw DriverFault(
                .unplugged, "the reader at \(session.device.node) stopped answering (\(number))",
                fix: "It is opened anew by itself; if it stays away, check its power and cable.")
        }
    }
}
