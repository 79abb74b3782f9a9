import LinuxIO
import Pictures

/// ZXing in a process of its own, started when it is needed and again when a picture ended it.
///
/// Belongs to one thread.
final class ZXingClient {
    enum Outcome: Equatable {
        case read([RawReading])
        /// The library failed at this picture; the next is welcome.
        case broken
        /// The process can't be started, or there is none.
        case unavailable
    }

    private static let pipeBytes: Int32 = 1_048_576

    private let program: [String]
    private var child: ChildProcess?
    /// Consecutive starts without one answer; then it is given up.
    private var failedStarts = 0
    private static let failedStartLimit = 3

    /// `program` runs `ZXingServer.run`. Empty: there is no ZXing.
    init(program: [String]) {
        self.program = program
    }

    func read(
        _ picture: GreyPicture, _ options: ZXingRequest.Options, patience: Duration = .seconds(5)
    ) -> Outcome {
        guard let child = running() else { return .unavailable }
        do {
            let readings = try exchange(picture, options, with: child, patience)
            failedStarts = 0
            return readings.map { .read($0) } ?? .broken
        } catch {
            let ending = child.kill()
            self.child = nil
            // A picture's fault ends it with a status or a signal; a missing program ends it too.
            if case .exited(status: ZXingServer.brokenStatus) = ending { return .broken }
            failedStarts += 1
            return .broken
        }
    }

    private func running() -> ChildProcess? {
        if let child { return child }
        guard !program.isEmpty, failedStarts < Self.failedStartLimit else { return nil }
        // Cannot be started: without it the other engine reads alone.
        child = try? ChildProcess(program)
        child?.input?.widenPipe(toBytes: Self.pipeBytes)
        if child == nil { failedStarts += 1 }
        return child
    }

    private func exchange(
        _ picture: GreyPicture, _ options: ZXingRequest.Options, with child: ChildProcess,
        _ patience: Duration
    ) throws -> [RawReading]? {
        guard let input = child.input else { throw LostProcess() }
        let deadline = SystemTime.monotonic + patience
        let request = ZXingRequest(
            width: picture.width, height: picture.height, options: options)
        try request.header.withUnsafeBytes { try send($0, to: input, until: deadline) }
        try picture.withPixels { pixels in
            let memory = UnsafeRawBufferPointer(
                start: pixels, count: picture.width * picture.height)
            try send(memory, to: input, until: deadline)
        }
        let head = try receive(
            ZXingRequest.answerHeaderBytes, from: child.output, until: deadline)
        let numbers = head.withUnsafeBytes { Array($0.bindMemory(to: Int32.self)) }
        let (count, length) = (Int(numbers[0]), Int(numbers[1]))
        guard (0...ZXingRequest.reportLimitBytes).contains(length) else { throw LostProcess() }
        let report = try receive(length, from: child.output, until: deadline)
        return count < 0 ? nil : ZXingReport.readings(report, count: count)
    }
}

/// The other process ended, or takes too long.
private struct LostProcess: Error {}

extension ZXingClient {
    private func send(
        _ memory: UnsafeRawBufferPointer, to input: FileDescriptor, until deadline: Duration
    ) throws {
        var rest = memory
        while !rest.isEmpty {
            let count = try input.write(memory: rest)
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
            if rest.isEmpty { return }
            let ready = try Poll.wait(
                writable: [input], timeout: max(deadline - SystemTime.monotonic, .zero))
            if ready.isTimeout { throw LostProcess() }
        }
    }

    private func receive(
        _ count: Int, from output: FileDescriptor, until deadline: Duration
    ) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            switch try output.read(limit: count - bytes.count) {
            case .bytes(let more): bytes += more
            case .end: throw LostProcess()
            case .wouldBlock:
                let ready = try Poll.wait(
                    readable: [output], timeout: max(deadline - SystemTime.monotonic, .zero))
                if ready.isTimeout { throw LostProcess() }
            }
        }
        return bytes
    }
}
