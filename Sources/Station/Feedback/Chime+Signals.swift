import Scans
import Sound

extension Chime {
    /// What a signal sounds like. Good news rises, bad news falls; each has its own rhythm, so that
    /// they are told apart without an ear for pitch.
    static func of(_ signal: Feedback.Signal) -> Chime {
        switch signal {
        case .ok: Chime([.init(1760, at: 0, for: 90)])
        case .done: Chime([.init(1175, at: 0, for: 100), .init(1568, at: 90, for: 140)])
        case .batch:
            Chime([
                .init(1047, at: 0, for: 110), .init(1319, at: 90, for: 110),
                .init(1568, at: 180, for: 220),
            ])
        case .unknown: Chime([.init(740, at: 0, for: 110), .init(740, at: 170, for: 110)])
        case .error:
            Chime([.init(330, at: 0, for: 160), .init(220, at: 170, for: 260)], colour: .reed)
        }
    }
}

extension Chime.Note {
    /// In hertz and milliseconds.
    fileprivate init(_ pitch: Double, at start: Int, for length: Int) {
        self.init(pitch: pitch, start: .milliseconds(start), length: .milliseconds(length))
    }
}
