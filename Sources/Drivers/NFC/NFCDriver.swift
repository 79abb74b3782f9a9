public import DriverKit
import LinuxIO
import SeparateDrivers

/// Readers of NFC tags: a PN53x through libnfc, or whatever pcscd drives.
///
/// What a tag says is a scan like any other. One reader, one backend: the node decides which.
public struct NFCDriver: Driver {
    public let name: DriverName = "nfc"
    private let options: NFCOptions

    /// The catalogue's kind, where libnfc is.
    public static let kind = DriverKind.nfc.building { table in
        NFCDriver(options: try NFCOptions(table))
    }

    init(options: NFCOptions) {
        self.options = options
    }

    public func claim(_ device: DeviceDescriptor) -> Claim? {
        device.designatedDriver == name ? .certain : nil
    }

    public func read(_ session: DeviceSession) throws {
        let reader = try ReaderOpening(session.device.node, options: options).open()
        var loop = TapLoop(reader: reader, session: session, options: options)
        try loop.run()
    }
}
