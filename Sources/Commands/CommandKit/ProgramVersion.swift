import LocalAPI

/// What every program answers to `--version`: they are built and shipped together.
public enum ProgramVersion {
    public static let text = Version.text
}
