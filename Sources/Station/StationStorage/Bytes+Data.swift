import FoundationEssentials

extension [UInt8] {
    /// GRDB binds blobs as `Data`.
    var data: Data { Data(self) }
}
