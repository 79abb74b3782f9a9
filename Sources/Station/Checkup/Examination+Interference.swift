import LocalAPI

extension Examination {
    /// What else on this machine wants the same devices, or is needed and not there.
    var interferences: [Finding] {
        kernelNFC + pcscd + serialModules + brltty + modemManager
    }

    private var readers: [CheckupFacts.Device] {
        devices(of: "nfc").filter { $0.report?.state != "disabled" }
    }

    /// The kernel's driver for readers with a PN533, which libnfc can't share them with.
    private var kernelNFC: [Finding] {
        guard !readers.isEmpty, machine.modules.contains("pn533_usb") else { return [] }
        return [
            Finding(
                .fault, "nfc", .nfcKernelDriver, "The kernel's own NFC driver holds the reader.",
                fix: "sudo modprobe -r pn533_usb pn533 nfc")
        ]
    }

    private var pcscd: [Finding] {
        let isRunning = machine.processes.contains("pcscd")
        let (byDaemon, byLibrary) = (
            readers.filter { Self.isPcscd($0.node) }, readers.filter { Self.isUSB($0) }
        )
        var findings: [Finding] = []
        if isRunning, !byLibrary.isEmpty {
            findings.append(
                Finding(
                    .warning, "nfc", .pcscdHolds,
                    "pcscd runs, and takes readers on USB before libnfc does.",
                    fix: "sudo systemctl disable --now pcscd.socket pcscd.service"))
        }
        if !isRunning, !byDaemon.isEmpty {
            findings.append(
                Finding(
                    .fault, "nfc", .noPcscd, "A device is read by pcscd, which does not run.",
                    fix: "sudo systemctl enable --now pcscd.socket"))
        }
        return findings
    }

    private static func isPcscd(_ node: String?) -> Bool { node?.hasPrefix("/run/pcscd") ?? false }

    /// A reader on a serial port is no business of pcscd's.
    private static func isUSB(_ device: CheckupFacts.Device) -> Bool {
        guard let node = device.node else { return true }
        return node.hasPrefix("/dev/bus/usb")
    }

    /// Chips behind which a serial port is, and the kernel's module for each.
    private static let bridges: [(vendor: UInt16, products: Set<UInt16>?, module: String)] = [
        (0x1A86, [0x7523, 0x5523], "ch341"), (0x10C4, [0xEA60, 0xEA61, 0xEA70], "cp210x"),
        (0x0403, [0x6001, 0x6010, 0x6011, 0x6014, 0x6015], "ftdi_sio"),
        (0x067B, [0x2303, 0x23A3, 0x23C3], "pl2303"),
    ]

    private func module(for interface: MachineFacts.USBInterface) -> String? {
        if interface.kind == 2 { return "cdc_acm" }
        return Self.bridges.first {
            $0.vendor == interface.vendorID
                && $0.products?.contains(interface.productID) ?? true
        }?.module
    }

    private var serialModules: [Finding] {
        let missing = Set(machine.interfaces.filter { $0.driver == nil }.compactMap(module))
        return missing.subtracting(machine.modules).sorted().map {
            Finding(
                .fault, "usb", .serialModule,
                "A serial device on USB is plugged in, and nothing drives it.",
                fix: "sudo modprobe \($0)")
        }
    }

    /// The braille daemon takes chips that serial scanners use as well.
    private var brltty: [Finding] {
        guard machine.hasBrltty || machine.processes.contains("brltty") else { return [] }
        let chips = machine.interfaces.filter { $0.kind != 2 && module(for: $0) != nil }
        guard !chips.isEmpty else { return [] }
        let isHeld = chips.contains { $0.driver == "usbfs" }
        return [
            Finding(
                isHeld ? .fault : .warning, "usb", .brltty,
                isHeld
                    ? "brltty has taken a serial device for a braille display."
                    : "brltty may take a serial device for a braille display.",
                fix: "sudo systemctl mask --now brltty-udev.service brltty.service")
        ]
    }

    private var modemManager: [Finding] {
        guard machine.processes.contains("ModemManager") else { return [] }
        let probed = devices(of: "serial").filter { device in
            guard let node = device.node, let known = machine.nodes[node] else { return false }
            return !known.isLeftToUs
        }
        return probed.map { device in
            Finding(
                .warning, "device \(device.name)", .modemManager,
                "ModemManager talks to \(device.node ?? "it"), as nothing tells it not to.",
                fix: "sudo systemctl mask --now ModemManager.service")
        }
    }
}
