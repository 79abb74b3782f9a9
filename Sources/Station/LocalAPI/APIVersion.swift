/// What the paths begin with. Fields are added to it; one that is there keeps its meaning.
public enum APIVersion {
    public static let prefix = "/v1"
    /// Of a request's body.
    public static let bodyLimitBytes = 64 * 1024
}
