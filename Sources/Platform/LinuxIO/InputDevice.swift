import CLinux
import Glibc

/// A keyboard, mouse or scanner as the kernel's input layer shows it.
///
/// For recordings and tests it also reads a pipe or FIFO that carries the same records; such a
/// stream cannot be grabbed, and has no name.
public final class InputDevice {
    public struct Name: Sendable, Equatable {
        public var name: String
        public var vendorID: UInt16
        public var productID: UInt16
    }

    public let descriptor: FileDescriptor
    /// What the node says it is; nil for a stream.
    public let identity: Name?
    /// A FIFO, which waits for its reader as no keyboard does.
    public var isStream: Bool { identity == nil }
    /// The beginning of a record whose rest is still to come: pipes cut where they like.
    private var partial: [UInt8] = []

    public init(opening path: String) throws(LinuxError) {
        let descriptor = try FileDescriptor(opening: path, O_RDONLY | O_NONBLOCK)
        self.descriptor = descriptor
        identity = Self.identity(of: descriptor)
        guard identity != nil || descriptor.isFIFO else { throw .notAnInputNode(path) }
    }

    /// Takes the device for this program alone. Released when this object is let go.
    public func grab() throws(LinuxError) {
        guard identity != nil else { throw .notAnInputNode(descriptor.path) }
        guard clinux_input_grab(descriptor.rawValue, 1) == 0 else {
            throw .last("grab", on: descriptor.path)
        }
    }

    /// Everything that is there now. nil: the device or the stream has ended.
    public func pendingEvents() throws(LinuxError) -> [InputEvent]? {
        switch try descriptor.read(limit: 64 * InputEvent.recordLengthBytes) {
        case .end: return nil
        case .wouldBlock: return []
        case .bytes(let bytes): return decode(bytes)
        }
    }

    private func decode(_ bytes: [UInt8]) -> [InputEvent] {
        let bytes = partial + bytes
        let length = InputEvent.recordLengthBytes
        let whole = bytes.count / length * length
        partial = Array(bytes[whole...])
        return bytes.withUnsafeBytes { buffer in
            stride(from: 0, to: whole, by: length).map { offset in
                InputEvent(buffer.loadUnaligned(fromByteOffset: offset, as: input_event.self))
            }
        }
    }

    private static func identity(of descriptor: FileDescriptor) -> Name? {
        var version: Int32 = 0
        guard clinux_input_version(descriptor.rawValue, &version) >= 0 else { return nil }
        var id = input_id()
        var name = [CChar](repeating: 0, count: 256)
        // A node without ids or name still types.
        _ = clinux_input_id(descriptor.rawValue, &id)
        _ = clinux_input_name(descriptor.rawValue, &name, name.count - 1)
        let text = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return Name(
            name: String(decoding: text, as: UTF8.self), vendorID: id.vendor, productID: id.product)
    }
}
