import Glibc
import LinuxIO
import ScanTesting
import Testing

@Suite struct FileDescriptorTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func readsToTheEnd() throws {
        let file = try FileDescriptor(opening: folder.write("12345", to: "file"), O_RDONLY)
        #expect(try file.read(limit: 3) == .bytes([0x31, 0x32, 0x33]))
        #expect(try file.read(limit: 3) == .bytes([0x34, 0x35]))
        #expect(try file.read(limit: 3) == .end)
    }

    @Test func nothingYetIsNotTheEnd() throws {
        let path = try folder.makeFIFO("pipe")
        let reader = try FileDescriptor(opening: path, O_RDONLY | O_NONBLOCK)
        #expect(try reader.read(limit: 3) == .end)
        let writer = try FileDescriptor(opening: path, O_WRONLY)
        #expect(try reader.read(limit: 3) == .wouldBlock)
        #expect(try writer.write([1, 2]) == 2)
        #expect(try reader.read(limit: 3) == .bytes([1, 2]))
    }

    @Test func aFullPipeTakesNothing() throws {
        let path = try folder.makeFIFO("pipe")
        let reader = try FileDescriptor(opening: path, O_RDONLY | O_NONBLOCK)
        let writer = try FileDescriptor(opening: path, O_WRONLY)
        try writer.setNonBlocking()
        let much = [UInt8](repeating: 1, count: 1 << 20)
        let taken = try writer.write(much)
        #expect(taken > 0 && taken < much.count)
        #expect(try writer.write(much) == 0)
        #expect(throws: LinuxError.blocked("write", on: path, after: .milliseconds(10))) {
            try writer.writeAll(much, patience: .milliseconds(10))
        }
        #expect(try reader.read(limit: 10) != .wouldBlock)
    }

    @Test func isClosedWithItsLastReference() throws {
        let path = try folder.makeFIFO("pipe")
        let reader = try FileDescriptor(opening: path, O_RDONLY | O_NONBLOCK)
        var writer: FileDescriptor? = try FileDescriptor(opening: path, O_WRONLY)
        var second = writer
        writer = nil
        #expect(try reader.read(limit: 1) == .wouldBlock)
        #expect(second != nil)
        second = nil
        #expect(try reader.read(limit: 1) == .end)
    }

    static let missing: [(path: String, cause: LinuxError.Cause)] = [
        ("/nowhere/at/all", .missing), ("/", .other),
    ]

    @Test(arguments: missing)
    func anErrorNamesCallAndPath(path: String, cause: LinuxError.Cause) {
        do {
            _ = try FileDescriptor(opening: path, O_WRONLY)
            Issue.record("opened \(path) for writing")
        } catch {
            #expect("\(error)".hasPrefix("open \(path): "))
            #expect(error.number.map { LinuxError.Cause(number: $0) } == cause)
        }
    }

    @Test func knowsAFIFO() throws {
        let pipe = try FileDescriptor(opening: folder.makeFIFO("pipe"), O_RDONLY | O_NONBLOCK)
        let file = try FileDescriptor(opening: folder.write("", to: "file"), O_RDONLY)
        #expect(pipe.isFIFO && !file.isFIFO)
    }
}
