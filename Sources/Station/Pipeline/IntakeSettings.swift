public import ScanRules
public import Scans
import Synchronization

/// What the configuration says of how scans are understood and worked on.
public struct IntakeSettings: Sendable, Equatable {
    public var rules: InterpretationRules
    /// Asked before anybody looks at what a code means.
    public var scanRules: RuleSet
    public var workflow: WorkflowSettings

    public init(
        rules: InterpretationRules, scanRules: RuleSet, workflow: WorkflowSettings
    ) {
        self.rules = rules
        self.scanRules = scanRules
        self.workflow = workflow
    }
}

/// The settings as they were last read, for the intake's thread and those who look.
final class StandingSettings: Sendable {
    private let settings: Mutex<IntakeSettings>

    init(_ settings: IntakeSettings) {
        self.settings = Mutex(settings)
    }

    var value: IntakeSettings { settings.withLock { $0 } }

    func set(_ settings: IntakeSettings) {
        self.settings.withLock { $0 = settings }
    }
}
