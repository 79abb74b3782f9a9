public import DriverKit

extension DriverFault {
    /// The grab ends, and the device stays off until somebody enables it.
    public static func panicChord(_ device: DeviceDescriptor) -> DriverFault {
        DriverFault(
            .panicChord, "Backspace, Esc and Enter were held together on '\(device.name)'",
            fix: "Enable the device again when its keyboard is no longer needed.")
    }
}
