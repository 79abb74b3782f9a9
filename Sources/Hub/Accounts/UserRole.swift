/// What somebody may do at the hub. They are no ladder: each route says who may use it.
public enum UserRole: String, Sendable, CaseIterable, Codable {
    /// Everything: users, tokens, stations, the log of what people did.
    case admin
    /// Also decides what stations disagree about.
    case supervisor
    /// Reads, and says what was counted where a recount is asked for.
    case `operator`
    /// Reads.
    case viewer
    /// For programs: reads, and decides as a supervisor does; nothing of users and stations.
    case integrator
}
