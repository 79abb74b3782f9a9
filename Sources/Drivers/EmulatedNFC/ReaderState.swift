import LinuxIO

struct PendingFault {
    var fault: LinkFault
    var command: UInt8?
    var count: Int
}

/// Everything an emulated reader is at one moment; changed under a lock, by any thread.
struct ReaderState {
    let timing: EmulatedReader.Timing
    var chip = EmulatedChip()
    var faults: [PendingFault] = []
    var isHanging = false
    var counts: [UInt8: Int] = [:]
    /// What is to be sent, and when.
    var outgoing: [(due: Duration, bytes: [UInt8])] = []
    private(set) var terminal: PseudoTerminal?
    private var held: FileDescriptor?
    private var frames = PN532FrameReader()
    private var last: [UInt8] = []
    /// Of the command that waits for a tag.
    private var pending: (code: UInt8, fault: LinkFault?)?

    init(timing: EmulatedReader.Timing) {
        self.timing = timing
    }

    mutating func connect(_ terminal: PseudoTerminal, _ held: FileDescriptor) {
        disconnect()
        (self.terminal, self.held) = (terminal, held)
        chip.restart()
    }

    mutating func disconnect() {
        (terminal, held, outgoing, pending) = (nil, nil, [], nil)
        frames.clear()
    }

    /// Takes what the host sent.
    mutating func receive(_ bytes: [UInt8], at time: Duration) {
        guard !isHanging else { return }
        for step in frames.push(bytes) {
            switch step {
            case .wakeup: chip.wake()
            case .acknowledge: abort()
            case .refusal: outgoing.append((time, last))
            case .broken: outgoing.append((time, PN532Frame.acknowledge + PN532Frame.error))
            case .command(let command): run(command, at: time)
            }
        }
    }

    /// The answer of a running command is never sent.
    private mutating func abort() {
        chip.search = nil
        (pending, outgoing) = (nil, [])
    }

    private mutating func run(_ command: [UInt8], at time: Duration) {
        counts[command[0], default: 0] += 1
        abort()
        guard chip.hears(command[0]) else { return }
        let fault = takeFault(for: command[0])
        if fault == .mute { return isHanging = true }
        let answer = chip.run(command, at: time)
        let acknowledged = time + wireTime(frames.frameBytes + 6)
        outgoing.append((acknowledged, fault?.acknowledge() ?? PN532Frame.acknowledge))
        switch answer {
        case .error: send(PN532Frame.error, at: acknowledged)
        case .pending: pending = (command[0] + 1, fault)
        case .after(let duration, let payload):
            respond(command[0] + 1, payload, fault, at: acknowledged + chipTime(duration))
        }
    }

    /// A tag may have come for a command that waits for one.
    mutating func search(at time: Duration) {
        guard let waiting = pending, let payload = chip.continueSearch(at: time) else { return }
        pending = nil
        respond(
            waiting.code, payload, waiting.fault,
            at: time + chipTime(EmulatedChip.activationTime))
    }

    var isSearching: Bool { pending != nil }

    private mutating func respond(
        _ code: UInt8, _ payload: [UInt8], _ fault: LinkFault?, at time: Duration
    ) {
        let right = PN532Frame.containing([0xD5, code] + payload)
        guard let frame = fault.map({ $0.answer(code, payload) }) ?? right else { return }
        var due = time + wireTime(frame.count)
        if case .delayed(let duration) = fault { due += duration }
        guard fault == .answerDribbled else { return send(frame, at: due) }
        last = frame
        for (index, byte) in frame.enumerated() {
            outgoing.append((due + .milliseconds(4 * index), [byte]))
        }
    }

    private mutating func send(_ frame: [UInt8], at time: Duration) {
        last = frame
        outgoing.append((time, frame))
    }

    private mutating func takeFault(for command: UInt8) -> LinkFault? {
        let fitting = faults.firstIndex { $0.command == nil || $0.command == command }
        guard let index = fitting else { return nil }
        defer {
            faults[index].count -= 1
            if faults[index].count <= 0 { faults.remove(at: index) }
        }
        return faults[index].fault
    }

    /// Ten bits a byte at 115200 baud.
    private func wireTime(_ count: Int) -> Duration {
        timing == .real ? .microseconds(count * 87) : .zero
    }

    private func chipTime(_ duration: Duration) -> Duration {
        timing == .real || duration >= EmulatedChip.silenceTime ? duration : .zero
    }
}
