import CZXing
import Confining
import Glibc
import LinuxIO

/// The process in which ZXing runs, for it may end at any picture: reads requests, writes answers.
public enum ZXingServer {
    /// The exit status of a process that a picture ended.
    static let brokenStatus: Int32 = 70

    /// Serves until its input ends.
    public static func run() throws {
        let streams = try StandardStreams.takeOver()
        silence()
        czxing_end_quietly(brokenStatus)
        // What the kernel lacks is told of the process that started this one.
        _ = Confinement.nothing.begin()
        while let header = try readExactly(ZXingRequest.headerBytes, from: streams.input),
            let request = ZXingRequest(header: header),
            let pixels = try readExactly(request.width * request.height, from: streams.input)
        {
            try answer(request, pixels, to: streams.output)
        }
    }

    private static func answer(
        _ request: ZXingRequest, _ pixels: [UInt8], to output: FileDescriptor
    ) throws {
        var report: UnsafeMutablePointer<UInt8>?
        var length = 0
        let count = czxing_read(
            pixels, Int32(request.width), Int32(request.height), request.options.rawValue, &report,
            &length)
        defer { free(report) }
        let isTooLong = length > ZXingRequest.reportLimitBytes
        let answer = [isTooLong ? -1 : count, isTooLong || count < 0 ? 0 : Int32(length)]
        var bytes = answer.withUnsafeBytes { Array($0) }
        bytes += UnsafeBufferPointer(start: report, count: Int(answer[1]))
        try output.writeAll(bytes)
    }

    /// nil: the end came first.
    private static func readExactly(
        _ count: Int, from input: FileDescriptor
    ) throws -> [UInt8]? {
        var isWhole = true
        let bytes = try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            let memory = UnsafeMutableRawBufferPointer(buffer)
            while filled < count {
                let rest = UnsafeMutableRawBufferPointer(rebasing: memory[filled...])
                guard let read = try input.read(into: rest) else {
                    isWhole = false
                    return
                }
                if read == 0 { _ = try Poll.wait(readable: [input]) }
                filled += read
            }
        }
        return isWhole ? bytes : nil
    }

    /// A failed assertion prints; a picture that ends this process is no news.
    private static func silence() {
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        // Without the limit, a core file more.
        _ = setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        let nothing = open("/dev/null", O_WRONLY)
        guard nothing >= 0 else { return }
        _ = dup2(nothing, STDERR_FILENO)
        _ = close(nothing)
    }
}
