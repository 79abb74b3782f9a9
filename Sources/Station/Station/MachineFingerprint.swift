import FoundationEssentials
import Glibc

/// What tells this machine from its clone: a copied card in other hardware has another one.
enum MachineFingerprint {
    private static let files = [
        "/proc/device-tree/serial-number", "/sys/class/dmi/id/product_uuid", "/etc/machine-id",
    ]

    /// The first that this machine has, with what it is.
    static var text: String {
        for file in files {
            // Not every machine has each, and some only show it to root.
            guard let data = try? Data(contentsOf: URL(filePath: file)) else { continue }
            let text = String(decoding: data, as: UTF8.self)
                .filter { $0.isLetter || $0.isNumber || $0 == "-" }
            if !text.isEmpty { return "\(file.split(separator: "/").last ?? "id"):\(text)" }
        }
        return "unknown"
    }
}
