public import Replication

extension WorkflowBatch {
    /// The same batch, with each operation by the name that `name` gives it.
    public func renamed(_ name: (OperationID) -> OperationID) -> WorkflowBatch {
        var batch = self
        batch.entries = entries.map {
            BatchEntry(line: name($0.line), subject: $0.subject, quantity: $0.quantity)
        }
        for index in batch.tallies.indices {
            batch.tallies[index].settled = batch.tallies[index].settled.map(name)
        }
        return batch
    }
}
