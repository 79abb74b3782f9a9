import OperatorGrants

/// The roster, to be asked by name and by badge.
struct GrantBook {
    let tenant: String
    /// By name.
    let grants: [OperatorGrant]
    private let wearers: [BadgeMark: Int]
    /// Whether some operator shows a printed code.
    let hasCodes: Bool
    /// The hub's clock when it signed: it can't be earlier now.
    let issued: Int64

    init(_ roster: Roster?) {
        let sorted = (roster?.grants ?? []).sorted { $0.name < $1.name }
        tenant = roster?.tenant ?? ""
        issued = roster?.issued ?? 0
        grants = sorted
        let marks = sorted.indices.flatMap { index in
            sorted[index].badges.map { ($0, index) }
        }
        wearers = Dictionary(marks, uniquingKeysWith: { first, _ in first })
        hasCodes = marks.contains { $0.0.kind == .code }
    }

    func grant(of name: String) -> OperatorGrant? {
        grants.first { $0.name == name }
    }

    /// Whose badge it is; nil: nobody's.
    func wearer(of badge: Badge?) -> OperatorGrant? {
        guard let badge, !wearers.isEmpty else { return nil }
        return wearers[badge.mark(tenant: tenant)].map { grants[$0] }
    }
}
