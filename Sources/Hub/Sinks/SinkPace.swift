import LinuxIO

/// How often a sink is looked after, and by which clock.
struct SinkPace: Sendable {
    var look = Duration.seconds(1)
    /// How long between two questions about a capture job.
    var jobLook = Duration.milliseconds(250)
    var firstPause = Duration.seconds(1)
    var pauseLimit = Duration.seconds(300)
    /// Microseconds since 1970.
    var clock: @Sendable () -> Int64 = { SystemTime.wall.microseconds }
}
