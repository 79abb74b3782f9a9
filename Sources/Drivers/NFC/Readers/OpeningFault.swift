import DriverKit

/// Why a reader can't be opened.
enum OpeningFault: Error, Equatable {
    /// Nothing answers as a reader does.
    case silent
    case noMemory
    /// The kernel's own NFC driver holds it: its modules.
    case kernelHolds(module: String)
    /// pcscd holds it.
    case pcscdHolds
    /// pcscd does not run, or does not let us in; its number.
    case noPCSC(UInt32)
    case noPCSCReader

    /// Stable and documented.
    var code: String {
        switch self {
        case .silent: "nfc-reader-silent"
        case .noMemory: "nfc-no-memory"
        case .kernelHolds: "nfc-kernel-driver"
        case .pcscdHolds: "nfc-pcscd-holds"
        case .noPCSC: "nfc-no-pcscd"
        case .noPCSCReader: "nfc-no-pcsc-reader"
        }
    }

    /// Silence and absence count as a device that is not there: it is looked for until it is, and
    /// what keeps it away is not the driver's failure.
    func fault(at node: String) -> DriverFault {
        switch self {
        case .silent:
            DriverFault(
                .missing, "no reader answers at \(node) [\(code)]",
                fix: "Check its power, its wires (TX to RX) and that it is switched to HSU (UART).")
        case .noMemory:
            DriverFault(.inputOutput, "libnfc can't start [\(code)]", fix: "Free some memory.")
        case .kernelHolds(let module):
            DriverFault(
                .busy, "the kernel's driver \(module) holds the reader [\(code)]",
                fix: "Run 'rmmod \(module)', and keep the blacklist that libnfc installs.")
        case .pcscdHolds:
            DriverFault(
                .busy, "pcscd holds the reader [\(code)]",
                fix: "Set the device's path to \(ReaderPlace.pcscSocket), or stop pcscd.")
        case .noPCSC(let number):
            DriverFault(
                .missing, "pcscd does not answer (\(String(number, radix: 16))) [\(code)]",
                fix: "Install pcscd and libccid, and run 'systemctl enable --now pcscd.socket'.")
        case .noPCSCReader:
            DriverFault(
                .missing, "pcscd knows no contactless reader [\(code)]",
                fix: "Plug it in; 'pcsc_scan' shows what pcscd sees.")
        }
    }
}
