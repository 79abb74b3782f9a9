import LocalAPI

extension Examination {
    /// Programs of drivers, in the order of their names.
    public static func program(of driver: String) -> String {
        ["camera", "nfc", "voice"].contains(driver)
            ? "scanstation-driver-\(driver)" : "scanstation-driver"
    }

    /// A quiet room is louder than the one, and nothing is clear above the other.
    static let silentDecibels = -85.0
    static let loudDecibels = -1.0

    var programs: [Finding] {
        let needed = Dictionary(grouping: facts.devices) { Self.program(of: $0.driver) }
        return facts.programs.sorted { $0.key < $1.key }.compactMap { name, program in
            let device = needed[name]?.first?.name
            switch program {
            case .runs: return .ok("program \(name)", "It is installed and runs.")
            case .missing:
                guard let device else { return nil }
                return Finding(
                    .fault, "program \(name)", .programMissing,
                    "Device \(device) needs it, and it is not installed.",
                    fix: "sudo apt-get install --reinstall scanstation")
            case .broken(let why):
                return Finding(
                    device == nil ? .warning : .fault, "program \(name)", .programBroken,
                    "It is installed and does not run: \(why).", fix: "ldd $(command -v \(name))")
            }
        }
    }

    var microphone: [Finding] {
        guard let voice = devices(of: "voice").first(where: { $0.report?.state != "disabled" })
        else { return [] }
        let subject = "microphone of \(voice.name)"
        guard let level = facts.microphone else {
            let fix = "scanstationctl devices disable \(voice.name) && scanstationctl voice check"
            return [
                Finding(
                    .note, subject, .microphoneUnchecked,
                    "It can't be tried while it is in use.", fix: fix)
            ]
        }
        switch level.peakDecibels {
        case ..<Self.silentDecibels:
            return [
                Finding(
                    .fault, subject, .microphoneSilent,
                    "It hears nothing (\(Int(level.peakDecibels)) dB): muted, or not the one meant.",
                    fix: "alsamixer --view=capture")
            ]
        case Self.loudDecibels...:
            return [
                Finding(
                    .warning, subject, .microphoneLoud,
                    "It is set too loud: what it hears is distorted.",
                    fix: "alsamixer --view=capture")
            ]
        default: return [.ok(subject, "It hears (\(Int(level.peakDecibels)) dB).")]
        }
    }
}
