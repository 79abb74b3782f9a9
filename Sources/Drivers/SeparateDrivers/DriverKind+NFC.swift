import Confining
public import DriverKit

extension DriverKind {
    public static let nfc = DriverKind.separate(
        "nfc", "NFC readers: tags and badges.",
        options: [
            OptionKey(
                "speed", .integer(9600...460_800, default: 115_200),
                "In baud, of a PN532 at a serial port."),
            OptionKey(
                "numbers", .choice(["blank", "never", "always"], default: "blank"),
                "When a tag's number stands for it: where it holds no text, never, always."),
            OptionKey(
                "repeat-milliseconds", .integer(0...60_000, default: 1000),
                "A tag that comes back sooner had only moved, and is not read again."),
            OptionKey(
                "reader", .text(default: ""),
                "Part of the name of a reader that pcscd drives; empty takes the first."),
            OptionKey(
                "badges", .choice(["none", "number", "dna"], default: "none"),
                "Which tags are badges: none, those without text, NTAG 424 DNA with our key."),
            OptionKey(
                "badge-key-file", .text(default: ""),
                "A file with the badges' master key, 32 hexadecimal digits."),
        ],
        subsystem: .tty, confinement: nfcConfinement)

    private static let usbFolder = "/dev/bus/usb"

    /// pcscd is asked over a socket when a reader is opened, and never again.
    private static func nfcConfinement(_ device: DeviceDescriptor) -> Confinement {
        // Among the nodes of USB the library finds its own.
        let isUSB = device.node.hasPrefix(usbFolder)
        var places = Confinement.libraries
        places.append(isUSB ? .init(usbFolder, [.read, .write, .device]) : .node(device.node))
        places += [.init("/etc/nfc", .read), .init("/sys/bus/usb", .read)]
        if let folder = TapFolder.made { places.append(.init(folder, [.read, .write, .keep])) }
        let isSerial = device.node.hasPrefix("/dev/") && !isUSB
        return Confinement(
            places: places, opening: .init(sockets: isSerial ? [] : [.unix]),
            memoryLimitBytes: 1 << 30)
    }
}
