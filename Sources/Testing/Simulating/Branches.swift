/// What enough seeds must have come by. A fault that no seed reaches proves nothing.
public enum Branches {
    public static let faults = [
        "lost request", "lost answer", "torn request", "torn answer", "doubled request",
        "late ops taken", "late ops turned away", "lost feed page", "lost feed request",
        "wrong clock", "station restart", "station killed", "hub restart",
        "hub killed at a commit", "hub backup", "older hub", "older card",
        "older card beside an older hub", "cloned card", "forked life", "decided at the hub",
    ]
    /// Too rare to be asked for: what a card and the hub both lost, "held by a bystander alone".
    public static let outcomes = [
        "refused operation", "recount", "contested", "clone alarm", "fork", "made anew",
        "snapshot", "snapshot gone on with", "audit",
    ]
}
