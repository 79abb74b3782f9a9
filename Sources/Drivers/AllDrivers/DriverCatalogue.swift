public import DriverKit
import HIDPOS
import Replay
import SeparateDrivers
import Serial
import Wedge

/// Every driver that the daemon knows.
public enum DriverCatalogue {
    public static let kinds: [DriverKind] = [
        WedgeDriver.kind, HIDPOSDriver.kind, SerialDriver.kind, ReplayDriver.kind,
        .camera, .nfc, .voice,
    ]

    public static func kind(_ name: DriverName) -> DriverKind? {
        kinds.first { $0.name == name }
    }
}
