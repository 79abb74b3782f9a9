/// What every section is told.
struct Bench {
    /// On the disk that is measured.
    var folder: Folder
    /// Where scanhub and scanstationd are.
    var programs: String
    /// Just enough to see that the benchmark works. The figures are worth nothing.
    var isQuick: Bool
    /// nil: as many as the section wants.
    var operations: Int?
    var rounds: Int?

    func operations(_ ordinary: Int, quick: Int) -> Int {
        operations ?? (isQuick ? quick : ordinary)
    }

    func rounds(_ ordinary: Int) -> Int {
        rounds ?? (isQuick ? 1 : ordinary)
    }
}
