import DriverKit
import Glibc

/// Finds the backend for a node, and says who is in the way.
struct ReaderOpening {
    private let node: String
    private let options: NFCOptions

    init(_ node: String, options: NFCOptions) {
        self.node = node
        self.options = options
    }

    func open() throws -> any NFCReader {
        let place = try ReaderPlace(node, speed: options.speed)
        do throws(OpeningFault) {
            return try open(place)
        } catch {
            // A pulled cable looks like silence.
            if place.isGone {
                throw DriverFault(.unplugged, "\(node) went away", fix: "Plug it in.")
            }
            throw error.fault(at: node)
        }
    }

    private func open(_ place: ReaderPlace) throws(OpeningFault) -> any NFCReader {
        switch place.bus {
        case .serial: return try LibNFCReader(at: place)
        case .usb:
            if let module = KernelDriver.holding { throw .kernelHolds(module: module) }
            let isPCSC = PCSCReader.names().contains { PCSCReader.fits($0, options.readerName) }
            if isPCSC { throw .pcscdHolds }
            return try LibNFCReader(at: place)
        case .pcsc:
            do throws(OpeningFault) {
                return try PCSCReader(named: options.readerName)
            } catch .noPCSCReader {
                if let module = KernelDriver.holding { throw .kernelHolds(module: module) }
                throw .noPCSCReader
            }
        }
    }
}

/// The kernel's own drivers of NFC readers, which keep libusb out.
enum KernelDriver {
    private static let modules = ["pn533_usb", "pn533", "nfcsim", "port100"]

    /// The module that holds an interface of some reader; nil: none does.
    static var holding: String? { holding(in: "/sys/bus/usb/drivers") }

    /// Interfaces are links named `1-1:1.0`.
    static func holding(in folder: String) -> String? {
        modules.first { module in
            guard let listing = opendir("\(folder)/\(module)") else { return false }
            defer { closedir(listing) }
            while let entry = readdir(listing) {
                let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                }
                if name.contains(":") { return true }
            }
            return false
        }
    }
}
