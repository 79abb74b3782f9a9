import Floor

/// The statements that one of our stores ran, to be run again by a C program.
///
/// So the floor does exactly what the store does: the same schema, statements and values. What it
/// doesn't do is decide which statements those are.
final class Tape {
    private let tape: OpaquePointer

    /// Records what `body` does between `start` and `stop` on databases that it opens.
    init(_ body: (Tape) async throws -> Void) async throws {
        guard let tape = floor_tape_new() else { throw FloorError(code: 7, "make a tape") }
        self.tape = tape
        try FloorError.check(floor_tape_open(tape), "open the tape")
        do {
            try await body(self)
        } catch {
            floor_tape_close(tape)
            throw error
        }
        try FloorError.check(floor_tape_close(tape), "record")
    }

    deinit {
        floor_tape_free(tape)
    }

    func start() { floor_tape_run(tape, 1) }
    func stop() { floor_tape_run(tape, 0) }

    var statements: Int { Int(floor_tape_statements(tape)) }

    /// Plays it on the database at `path`. Answers with the nanoseconds of each transaction.
    func play(on path: String, _ what: floor_play) throws -> [UInt64] {
        var times = [UInt64](repeating: 0, count: Int(floor_tape_commits(tape)))
        try FloorError.check(floor_tape_play(tape, path, what, &times), "play on \(path)")
        return times
    }
}

/// Why a floor could not be measured.
struct FloorError: Error, CustomStringConvertible {
    var code: Int32
    var tried: String

    init(code: Int32, _ tried: String) {
        self.code = code
        self.tried = tried
    }

    var description: String { "floor: could not \(tried): code \(code)" }

    static func check(_ code: Int32, _ tried: String) throws {
        if code != 0 { throw FloorError(code: code, tried) }
    }
}

/// Appending to a file, each group made durable with fdatasync: less than that, nothing can do.
enum AppendFloor {
    static let recordBytes = 200

    static func run(path: String, operations: Int, group: Int) throws -> [UInt64] {
        var times = [UInt64](repeating: 0, count: operations / group)
        let count = Int32(operations / group * group)
        try FloorError.check(
            floor_append(path, count, Int32(recordBytes), Int32(group), &times), "append to \(path)"
        )
        return times
    }
}
