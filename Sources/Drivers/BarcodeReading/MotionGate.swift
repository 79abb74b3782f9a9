import Pictures

/// Tells frames that show something new from those that only differ by noise.
struct MotionGate {
    /// In 1/16 grey levels: below this a picture stands still, whatever the noise.
    private static let floorLimit = 40
    private var reference: GreyPicture?
    /// What noise makes of two frames of the same scene.
    private var noise = 0

    /// Whether this frame differs from the last one that did.
    mutating func isNews(_ frame: GreyPicture) -> Bool {
        guard let reference, let change = frame.change(since: reference) else {
            self.reference = frame
            return true
        }
        let isNews = change > max(Self.floorLimit, noise * 7 / 4)
        // A still scene soon shows its noise; a moving one raises the estimate slowly.
        noise = change < noise || noise == 0 ? change : noise + (min(change, 400) - noise) / 32
        if isNews { self.reference = frame }
        return isNews
    }
}
