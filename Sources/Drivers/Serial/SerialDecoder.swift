package import DriverKit

/// Turns the bytes of one port into lines, and tells how long each took to come.
///
/// Pure: no clock and no I/O. The caller says when bytes came, and when none came for `patience`.
package struct SerialDecoder {
    package enum Step: Equatable {
        case line([UInt8], LineTrace)
        case discarded(LineFramer.Reason)
    }

    private let options: SerialOptions
    private var framer: LineFramer
    private var firstByte = Duration.zero
    private var lastByte = Duration.zero

    package init(options: SerialOptions) {
        self.options = options
        framer = LineFramer(framing: options.ending, lengthLimit: options.lengthLimitBytes)
    }

    /// How long silence may last before `quiet` must be called; nil between lines.
    package var patience: Duration? {
        guard framer.isHoldingLine else { return nil }
        guard options.ending.endsInSilence else { return SerialOptions.unfinishedLimit }
        return framer.isAwaitingRemainder
            ? max(options.quietGap, SerialOptions.remainderLimit) : options.quietGap
    }

    package mutating func push(_ bytes: [UInt8], at time: Duration) -> [Step] {
        if !framer.isHoldingLine { firstByte = time }
        lastByte = time
        return framer.push(bytes).map { step in
            defer { firstByte = time }
            return timed(step)
        }
    }

    package mutating func quiet() -> Step? {
        framer.quiet().map(timed)
    }

    /// Nothing will come any more.
    package mutating func finish() -> Step? {
        framer.finish().map(timed)
    }

    private func timed(_ step: LineFramer.Step) -> Step {
        switch step {
        case .line(let bytes, let ending):
            .line(bytes, LineTrace(ending: ending, span: lastByte - firstByte))
        case .discarded(let reason): .discarded(reason)
        }
    }
}
