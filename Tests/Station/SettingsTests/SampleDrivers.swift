import DriverKit

/// Two drivers with an option of each form.
enum SampleDrivers {
    static let kinds = [
        kind(
            "serial", .tty,
            [
                OptionKey("speed", .integer(300...921_600, default: 9600), "In baud."),
                OptionKey(
                    "framing", .choice(["auto", "cr"], default: "auto"), "What ends a line."),
            ]),
        kind(
            "wedge", .input,
            [
                OptionKey("grab", .boolean(default: true), "Nobody else hears it."),
                OptionKey("recording", .text(default: ""), "Where to record."),
            ]),
        kind("camera", .other, [OptionKey("format", .text(default: nil), "Must be given.")]),
    ]

    private static func kind(
        _ name: DriverName, _ subsystem: DeviceDescriptor.Subsystem, _ options: [OptionKey]
    ) -> DriverKind {
        DriverKind(name: name, summary: "A sample.", options: options, subsystem: subsystem) { _ in
            SampleDriver(name: name)
        }
    }
}

private struct SampleDriver: Driver {
    let name: DriverName

    func claim(_ device: DeviceDescriptor) -> Claim? { nil }

    func read(_ session: DeviceSession) throws {}
}
