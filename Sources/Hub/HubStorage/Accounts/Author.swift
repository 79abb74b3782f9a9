/// Who does something, for the log of what people did.
public struct Author: Sendable, Equatable {
    /// `ada`, `token:erp`, `shell:root`.
    public var name: String
    /// Where from; empty: this machine's shell.
    public var address: String

    public init(name: String, address: String = "") {
        (self.name, self.address) = (name, address)
    }

    /// The hub itself.
    public static let hub = Author(name: "hub")
}
