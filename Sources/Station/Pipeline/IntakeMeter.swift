public import Scans

/// Who wants to know how the intake fares: called on its thread, so it must not take long.
public struct IntakeMeter: Sendable {
    /// After a transaction: how long it took until it was durable.
    public var committed: @Sendable (Duration) -> Void
    /// After an answer. `device`: nil for what people and programs say. `result`: the signal, or
    /// `not-stored`.
    public var answered: @Sendable (_ device: DeviceName?, _ result: String) -> Void

    public init(
        committed: @escaping @Sendable (Duration) -> Void,
        answered: @escaping @Sendable (DeviceName?, String) -> Void
    ) {
        self.committed = committed
        self.answered = answered
    }

    /// For nobody.
    public static let none = IntakeMeter(committed: { _ in }, answered: { _, _ in })
}

extension IntakeMeter {
    func note(_ receipt: IntakeReceipt, of entrance: Entrance) {
        answered(
            entrance.device,
            receipt.sequence == nil ? "not-stored" : receipt.feedback.signal.rawValue)
    }
}
