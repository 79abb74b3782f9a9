public import DriverKit
import Replay
import Serial
import Wedge

/// Every driver that is built in.
public enum DriverCatalogue {
    public static let kinds: [DriverKind] = [
        WedgeDriver.kind, SerialDriver.kind, ReplayDriver.kind,
    ]

    public static func kind(_ name: DriverName) -> DriverKind? {
        kinds.first { $0.name == name }
    }
}
