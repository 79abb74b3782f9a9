public import DriverKit

extension DriverKind {
    public static let voice = DriverKind.separate(
        "voice", "Microphones: spoken commands, recognised offline.", options: [], subsystem: .sound
    )
}
