/// What marks the end of a line.
public enum Framing: String, Sendable, CaseIterable {
    /// Any of CR, LF, CRLF and Tab; silence too, until the device has shown that it sends one.
    case auto
    case carriageReturn = "cr"
    case lineFeed = "lf"
    case carriageReturnLineFeed = "crlf"
    case tab
    /// Between STX and ETX; what stands outside is noise.
    case stxEtx = "stx-etx"
    /// Nothing but silence. Every byte belongs to the line.
    case quietGap = "quiet-gap"

    /// Many scanners send no suffix, so silence ends a line unless a certain ending was asked for.
    public var endsInSilence: Bool { self == .auto || self == .quietGap }
}

/// Cuts a stream of bytes into lines.
///
/// Pure: the caller tells when the device has been quiet. An empty line is no line. All other bytes
/// stay as they came, NULs and broken UTF-8 too: whoever interprets the line judges it. A line that
/// is too long is thrown away whole, because part of a code is a wrong code.
public struct LineFramer: Sendable {
    public enum Step: Sendable, Equatable {
        case line([UInt8], LineTrace.Ending)
        case discarded(Reason)
    }

    public enum Reason: Sendable, Equatable {
        case tooLong(limitBytes: Int)
        /// The device went, or began anew, before the line ended.
        case unfinished
    }

    private let framing: Framing
    private let lengthLimit: Int
    private var line: [UInt8] = []
    /// Set when a line is spoilt, cleared by that line's end.
    private var isSkipping = false
    /// One of the device's own characters has ended a line: it sends them.
    private var hasEnding = false
    /// Between STX and ETX.
    private var isInside = false
    /// A CR has come whose LF has not.
    private var hasReturn = false

    /// `lengthLimit` is in bytes, without the ending.
    public init(framing: Framing, lengthLimit: Int = 8192) {
        self.framing = framing
        self.lengthLimit = lengthLimit
    }

    /// A line has begun and not ended.
    public var isHoldingLine: Bool { !line.isEmpty || isSkipping || hasReturn }

    /// Silence has torn a line: what comes belongs to it, up to its ending or the next silence.
    public var isAwaitingRemainder: Bool { isSkipping && isTornBySilence }

    private var isTornBySilence: Bool { framing == .auto && hasEnding }

    public mutating func push(_ bytes: some Sequence<UInt8>) -> [Step] {
        var steps: [Step] = []
        for byte in bytes {
            if let step = push(byte) { steps.append(step) }
        }
        return steps
    }

    /// The device has said nothing for long enough. Where silence is no ending, the line is torn.
    public mutating func quiet() -> Step? {
        guard framing.endsInSilence else { return finish() }
        guard isTornBySilence else { return endLine(.quietGap) }
        defer { (line, isSkipping) = ([], !line.isEmpty) }
        return line.isEmpty ? nil : .discarded(.unfinished)
    }

    /// Nothing will come any more.
    public mutating func finish() -> Step? {
        defer { (line, isSkipping, isInside, hasReturn) = ([], false, false, false) }
        return isHoldingLine && !isSkipping ? .discarded(.unfinished) : nil
    }

    private mutating func push(_ byte: UInt8) -> Step? {
        switch (framing, byte) {
        case (.auto, 0x0D), (.carriageReturn, 0x0D): endLine(.carriageReturn)
        case (.auto, 0x0A), (.lineFeed, 0x0A): endLine(.lineFeed)
        case (.auto, 0x09), (.tab, 0x09): endLine(.tab)
        case (.carriageReturnLineFeed, _): pushBeforeLineFeed(byte)
        case (.stxEtx, _): pushFramed(byte)
        default: append(byte)
        }
    }

    /// CR LF together end a line; each alone is data.
    private mutating func pushBeforeLineFeed(_ byte: UInt8) -> Step? {
        if hasReturn, byte == 0x0A {
            hasReturn = false
            return endLine(.both)
        }
        let step = hasReturn ? keepReturn() : nil
        if byte == 0x0D {
            hasReturn = true
            return step
        }
        return append(byte) ?? step
    }

    private mutating func keepReturn() -> Step? {
        hasReturn = false
        return append(0x0D)
    }

    private mutating func pushFramed(_ byte: UInt8) -> Step? {
        switch byte {
        case 0x02:
            defer { (line, isSkipping, isInside) = ([], false, true) }
            return line.isEmpty ? nil : .discarded(.unfinished)
        case 0x03:
            isInside = false
            return endLine(.etx)
        default: return isInside ? append(byte) : nil
        }
    }

    private mutating func append(_ byte: UInt8) -> Step? {
        guard !isSkipping else { return nil }
        guard line.count < lengthLimit else {
            (line, isSkipping) = ([], true)
            return .discarded(.tooLong(limitBytes: lengthLimit))
        }
        line.append(byte)
        return nil
    }

    private mutating func endLine(_ ending: LineTrace.Ending) -> Step? {
        defer { (line, isSkipping) = ([], false) }
        if ending != .quietGap && isHoldingLine { hasEnding = true }
        return isSkipping || line.isEmpty ? nil : .line(line, ending)
    }
}
