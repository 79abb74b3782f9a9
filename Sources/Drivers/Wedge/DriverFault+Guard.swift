import DriverKit
import Scans

extension DriverFault {
    /// What the guard found, for the person who has to decide about the device.
    init(_ finding: KeystrokeGuard.Finding, _ device: DeviceDescriptor) {
        switch finding {
        case .shortcuts(let chord):
            self.init(
                .likeAttack,
                "'\(device.name)' pressed the shortcut \(chord), which no scanner types",
                fix: "Unplug it and find out whose it is; its keys reach nobody until then.")
        case .flood:
            self.init(
                .likeAttack,
                "'\(device.name)' typed more than \(KeystrokeGuard.floodLimit) keys "
                    + "within \(KeystrokeGuard.floodWindow), which no scanner does",
                fix: "Unplug it; if it is a scanner, set guard = \"off\" for it.")
        case .hand:
            self.init(
                .typedByHand,
                "'\(device.name)' types like a person and not like a scanner, so it was let go",
                fix: "If it is somebody's keyboard, forget the device; if it is a scanner or a "
                    + "keypad that is to be typed on, set guard = \"attacks\" and enable it.")
        }
    }
}
