import Glibc
import LinuxIO

/// A contactless card in a reader of pcscd's, by way of vsmartcard's vpcd: for tests of the PC/SC
/// backend. vpcd listens at every address of the machine, so it belongs in a network of its own.
///
/// Its protocol: two bytes of length, then a message. One byte is for the reader (0 off, 1 on, 2
/// reset, 4 the ATR), more are a command for the card.
public struct EmulatedCard {
    private var tag: any EmulatedTag
    private var keys: [UInt8] = []

    public init(_ tag: any EmulatedTag) {
        self.tag = tag
    }

    /// Serves until vpcd hangs up.
    public mutating func serve(port: UInt16) throws {
        let socket = try Self.connect(port)
        while let message = try Self.read(2, socket).flatMap({ header in
            try Self.read(Int(header[0]) << 8 | Int(header[1]), socket)
        }) {
            let answer =
                message.count > 1 ? execute(message) : message == [0x04] ? answerToReset : nil
            guard let answer else { continue }
            let length = [UInt8(answer.count >> 8), UInt8(answer.count & 0xFF)]
            try socket.writeAll(length + answer)
        }
    }

    /// PC/SC part 3, section 3.1.3.2.3: a storage card says which, others their own bytes.
    var answerToReset: [UInt8] {
        guard case .a(_, let sak, let ats) = tag.technology else { return [] }
        let body: [UInt8]
        if sak & 0x20 != 0 {
            let history = Array(ats.dropFirst(5))
            body = [0x80 | UInt8(history.count), 0x80, 0x01] + history
        } else {
            let name: [UInt8] = sak == 0x08 ? [0x00, 0x01] : [0x00, 0x03]
            body =
                [0x8F, 0x80, 0x01, 0x80, 0x4F, 0x0C, 0xA0, 0x00, 0x00, 0x03, 0x06, 0x03] + name
                + [0, 0, 0, 0]
        }
        return [0x3B] + body + [body.reduce(0, ^)]
    }

    private mutating func execute(_ command: [UInt8]) -> [UInt8] {
        guard command.count >= 5 else { return [0x67, 0x00] }
        let instruction = command[1]
        guard command[0] == 0xFF else { return result(of: tag.exchange(command), plain: true) }
        switch instruction {
        case 0xCA: return tag.uid + [0x90, 0x00]
        case 0xB0: return result(of: tag.exchange([0x30, command[3]]))
        case 0xD6: return result(of: tag.exchange(writing(command)))
        case 0x82:
            keys = Array(command[5...])
            return [0x90, 0x00]
        case 0x86 where command.count >= 8:
            return result(of: tag.exchange([0x60, command[7]] + keys + tag.uid))
        default: return [0x6A, 0x81]
        }
    }

    /// Four bytes are a page, sixteen a block.
    private func writing(_ command: [UInt8]) -> [UInt8] {
        [command[4] == 4 ? 0xA2 : 0xA0, command[3]] + command[5...]
    }

    private func result(of answer: ExchangeAnswer, plain: Bool = false) -> [UInt8] {
        guard answer.status == 0 else { return [0x63, 0x00] }
        return plain ? answer.data : answer.data + [0x90, 0x00]
    }

    private static func connect(_ port: UInt16) throws -> FileDescriptor {
        let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard number >= 0 else {
            throw LinuxError.failed("open", on: "a socket", number: errno)
        }
        let descriptor = FileDescriptor(owning: number, path: "vpcd")
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            throw LinuxError.failed("connect to", on: "vpcd", number: errno)
        }
        return descriptor
    }

    /// nil: the other side has gone.
    private static func read(_ count: Int, _ socket: FileDescriptor) throws -> [UInt8]? {
        var bytes: [UInt8] = []
        while bytes.count < count {
            // vpcd writes length and body apart, and would wait for our acknowledgement between.
            var yes: Int32 = 1
            setsockopt(
                socket.rawValue, Int32(IPPROTO_TCP), TCP_QUICKACK, &yes,
                socklen_t(MemoryLayout<Int32>.size))
            guard case .bytes(let more) = try socket.read(limit: count - bytes.count) else {
                return nil
            }
            bytes += more
        }
        return bytes
    }
}
