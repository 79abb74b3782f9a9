public import DriverKit

extension DriverKind {
    public static let camera = DriverKind.separate(
        "camera", "Cameras that read barcodes and QR codes.", options: [], subsystem: .video)
}
