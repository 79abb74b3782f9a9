public import Confining

/// A driver as the catalogue knows it: its name, its options, and how to make one.
public struct DriverKind: Sendable {
    public let name: DriverName
    /// One sentence for `--help` and the sample configuration.
    public let summary: String
    public let options: [OptionKey]
    /// Where its devices live.
    public let subsystem: DeviceDescriptor.Subsystem
    /// Overrides for listening to a device that is not ours: nothing is grabbed.
    public let listeningOptions: [String: OptionValue]
    /// The same for `identify --calibrate`, where keys are wanted and no text. nil: it has no keys.
    public let calibrationOptions: [String: OptionValue]?
    /// Whether its devices can beep or light up when asked to.
    public let canSignal: Bool
    /// Whether it always runs in a process of its own, `scanstation-driver-NAME`, because its
    /// libraries parse what strangers send. The daemon then knows its options and no more.
    public let isSeparate: Bool
    /// What its process keeps, where it has one of its own, once it knows its device.
    public let confinement: @Sendable (DeviceDescriptor) -> Confinement
    private let build: @Sendable (OptionTable) throws -> any Driver

    public init(
        name: DriverName, summary: String, options: [OptionKey],
        subsystem: DeviceDescriptor.Subsystem, listeningOptions: [String: OptionValue] = [:],
        calibrationOptions: [String: OptionValue]? = nil, canSignal: Bool = false,
        isSeparate: Bool = false,
        confinement: @escaping @Sendable (DeviceDescriptor) -> Confinement = { .toNode(of: $0) },
        build: @escaping @Sendable (OptionTable) throws -> any Driver
    ) {
        self.name = name
        self.summary = summary
        self.options = options
        self.subsystem = subsystem
        self.listeningOptions = listeningOptions
        self.calibrationOptions = calibrationOptions
        self.canSignal = canSignal
        self.isSeparate = isSeparate
        self.confinement = confinement
        self.build = build
    }

    /// The same kind where its libraries are: in the driver's own program.
    public func building(
        _ build: @escaping @Sendable (OptionTable) throws -> any Driver
    ) -> DriverKind {
        DriverKind(
            name: name, summary: summary, options: options, subsystem: subsystem,
            listeningOptions: listeningOptions, calibrationOptions: calibrationOptions,
            canSignal: canSignal, isSeparate: isSeparate, confinement: confinement, build: build)
    }

    /// Whether its devices listen for the sentences of a grammar, which can be another at any time.
    public var takesGrammar: Bool { options.contains { $0.name == "grammar" } }

    /// Checks every option, then makes the driver. Throws `OptionError`.
    public func make(_ values: [String: OptionValue]) throws -> any Driver {
        try build(OptionTable(values, for: self))
    }
}
