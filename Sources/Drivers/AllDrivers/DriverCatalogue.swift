public import DriverKit
import Serial

/// Every driver that is built in.
public enum DriverCatalogue {
    public static let kinds: [DriverKind] = [SerialDriver.kind]

    public static func kind(_ name: DriverName) -> DriverKind? {
        kinds.first { $0.name == name }
    }
}
