import Confining
public import DriverKit
import FoundationEssentials
import Glibc

extension DriverKind {
    public static let voice = DriverKind.separate(
        "voice", "Microphones: spoken commands, recognised offline.",
        options: [
            OptionKey(
                "microphone", .text(default: ""),
                "The ALSA name of the microphone; empty: that of the node."),
            OptionKey(
                "listen", .choice(["wake", "push", "open"], default: "wake"),
                "After the wake phrase, while a key is held, or always."),
            OptionKey(
                "talk-key", .text(default: ""), "The input node whose keys are held to talk."),
            OptionKey("grammar", .text(default: "command"), "What can be said."),
            OptionKey(
                "language-pack", .text(default: ""), "A language pack; empty: English."),
            OptionKey(
                "voice", .text(default: ""), "The folder of an enrolled voice; empty: anybody's."),
            OptionKey(
                "threshold-percent", .integer(0...100, default: 35),
                "What is less likely right is rejected."),
        ], subsystem: .sound, confinement: voiceConfinement)

    /// Of a microphone that is named by its card, the kernel's nodes are all it takes. One of another
    /// name may be shared with other programs: ALSA then starts a process to share it, or asks a
    /// sound server, while the microphone is opened.
    private static func voiceConfinement(_ device: DeviceDescriptor) -> Confinement {
        let alsa = ["ALSA_CONFIG_PATH", "ALSA_CONFIG_DIR", "ALSA_PLUGIN_DIR"]
            .compactMap(variable)
        var places = Confinement.libraries + [.node(device.node)]
        places += (alsa + ["/etc/alsa", "/etc/asound.conf"]).map { .init($0, .read) }
        // A sound device of ALSA's that is none reads the other one.
        places += [.init("/dev/snd", [.read, .write, .device]), .init("/dev/full", .read)]
        places += Confinement.Place.option("talk-key", of: device, [.read, .device])
        places += Confinement.Place.option("language-pack", of: device)
        places += Confinement.Place.option("voice", of: device)
        places += modelPlaces(of: device)
        guard isShared(device) else { return Confinement(places: places) }
        return Confinement(
            places: places + sharedPlaces,
            opening: .init(sockets: [.unix], mayStart: true, mayChangeModes: true))
    }

    private static func isShared(_ device: DeviceDescriptor) -> Bool {
        guard case .text(let name)? = device.options["microphone"], !name.isEmpty else {
            return !device.node.hasPrefix("/dev/snd/")
        }
        return !name.hasPrefix("hw:") && !name.hasPrefix("plughw:")
    }

    /// Where programs that share a microphone meet, and what a person says of sound at home.
    private static var sharedPlaces: [Confinement.Place] {
        let home = variable("HOME") ?? "/nonexistent"
        let session = variable("XDG_RUNTIME_DIR") ?? "/nonexistent"
        return [
            .init("/tmp", .keep), .init("/dev/shm", [.read, .write, .keep]),
            .init("/etc/pulse", .read), .init("/etc/machine-id", .read),
            .init("\(home)/.asoundrc", .read), .init("\(home)/.config/pulse", .read),
            .init("\(session)/pulse", .read), .init("\(session)/pipewire-0", .read),
        ]
    }

    private static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    /// A pack of somebody else's names the folder of its acoustic model.
    private static func modelPlaces(of device: DeviceDescriptor) -> [Confinement.Place] {
        guard let place = Confinement.Place.option("language-pack", of: device).first,
            // The driver says what is wrong with it.
            let text = try? Data(contentsOf: URL(filePath: place.path)),
            let pack = try? JSONDecoder().decode(ModelOfPack.self, from: text)
        else { return [] }
        return [.init(pack.model, .read)]
    }
}

/// What is looked at in a language pack here.
private struct ModelOfPack: Decodable {
    var model: String
}
