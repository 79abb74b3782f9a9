import LinuxIO
import Logging
import Scans
import Sound

/// What the thread of the signals does: waits, shines, sounds.
struct SignalLoop {
    /// How long a light tells, after the tone.
    private static let goodShine = Duration.milliseconds(300)
    private static let badShine = Duration.milliseconds(1500)
    /// A device that failed is left alone for so long.
    private static let retryInterval = Duration.seconds(10)

    private let settings: FeedbackSettings
    private let ledFolder: String
    private let queue: SignalQueue
    private var warnings: Warnings
    private var good: [any Light] = []
    private var bad: [any Light] = []
    private var player: ChimePlayer?
    private var nextTry = Duration.zero
    private var samples: [Feedback.Signal: [Int16]] = [:]
    private var speech = SpeechMaker()

    init(
        _ settings: FeedbackSettings, ledFolder: String, queue: SignalQueue, log: Logger
    ) {
        self.settings = settings
        self.ledFolder = ledFolder
        self.queue = queue
        warnings = Warnings(log)
    }

    mutating func run() {
        good = lights(at: settings.goodLight)
        bad = lights(at: settings.badLight)
        if hasSound {
            for signal in Feedback.Signal.allCases {
                samples[signal] = Chime.of(signal).samples(
                    rate: ChimePlayer.rate, volume: Double(settings.volume) / 100)
            }
            openPlayer()
        }
        while !queue.isClosed {
            if let signal = queue.take() {
                show(signal)
            } else if let (utterance, turn) = queue.takeUtterance() {
                say(utterance, turn)
            } else {
                wait(nil)
            }
        }
    }

    private var hasSound: Bool { !settings.soundDevice.isEmpty && settings.volume > 0 }

    private mutating func show(_ signal: Feedback.Signal) {
        let isBad = signal == .error || signal == .unknown
        let (lit, dark) = isBad ? (bad, good) : (good, bad)
        switchLights(dark, false)
        switchLights(lit, true)
        sound(signal)
        if !lit.isEmpty, !queue.interrupts(.ok) { wait(isBad ? Self.badShine : Self.goodShine) }
        switchLights(lit, false)
    }

    /// Until something comes, or the time is over.
    private func wait(_ duration: Duration?) {
        // Fails for want of kernel memory at the most; then the queue is looked at again.
        _ = try? Poll.wait(readable: [queue.wakeup.descriptor], timeout: duration)
        queue.wakeup.drain()
    }
}

extension SignalLoop {
    private mutating func sound(_ signal: Feedback.Signal) {
        guard hasSound else { return }
        if player == nil, SystemTime.monotonic >= nextTry { openPlayer() }
        guard let player else { return }
        do throws(ChimePlayer.Failure) {
            try player.play(samples[signal] ?? []) { queue.interrupts(signal) }
            warnings.forget("sound")
        } catch {
            fail(error)
        }
    }

    private mutating func say(_ utterance: Utterance, _ turn: Int) {
        guard !settings.soundDevice.isEmpty, settings.speechVolume > 0, !utterance.text.isEmpty
        else {
            return
        }
        if player == nil, SystemTime.monotonic >= nextTry { openPlayer() }
        guard let player else { return }
        let samples: [Int16]
        do {
            samples = try speech.samples(of: utterance.quieter(settings.speechVolume))
        } catch {
            return warnings.say("speech", "prompts can't be heard: \(error)")
        }
        var isCutOff = false
        do throws(ChimePlayer.Failure) {
            try player.play(samples) {
                isCutOff = queue.cutsOff(turn: turn)
                return isCutOff
            }
            warnings.forget("sound")
        } catch {
            return fail(error)
        }
        if isCutOff { queue.sayAgain(utterance, turn: turn) }
    }

    private mutating func openPlayer() {
        do throws(ChimePlayer.Failure) {
            player = try ChimePlayer(device: settings.soundDevice)
        } catch {
            fail(error)
        }
    }

    private mutating func fail(_ failure: ChimePlayer.Failure) {
        player = nil
        nextTry = SystemTime.monotonic + Self.retryInterval
        warnings.say("sound", "signals can't be heard: \(failure)")
    }
}

extension SignalLoop {
    private mutating func lights(at places: FeedbackSettings.LightPlaces) -> [any Light] {
        var lights: [any Light] = []
        do throws(LightError) {
            if !places.led.isEmpty { lights.append(try LEDLight(places.led, in: ledFolder)) }
            if places.line >= 0, !settings.lampChip.isEmpty {
                lights.append(try GPIOLamp(chip: settings.lampChip, line: places.line))
            }
        } catch {
            warnings.say("\(places)", "signals can't be seen: \(error)")
        }
        return lights
    }

    private mutating func switchLights(_ lights: [any Light], _ isOn: Bool) {
        for light in lights {
            do throws(LightError) {
                try light.set(isOn)
            } catch {
                warnings.say("\(error)", "signals can't be seen: \(error)")
            }
        }
    }
}

/// Says each trouble once, until it is over.
private struct Warnings {
    private let log: Logger
    private var said: Set<String> = []

    init(_ log: Logger) {
        self.log = log
    }

    mutating func say(_ trouble: String, _ sentence: String) {
        if said.insert(trouble).inserted { log.warning("device: \(sentence)") }
    }

    mutating func forget(_ trouble: String) {
        said.remove(trouble)
    }
}
