import Pictures

/// The part of each frame that is read, in percent of its sides. What hangs over is cut off.
public struct RegionOfInterest: Sendable, Equatable {
    public var left: Int
    public var top: Int
    public var width: Int
    public var height: Int

    public init(left: Int = 0, top: Int = 0, width: Int = 100, height: Int = 100) {
        self.left = left
        self.top = top
        self.width = width
        self.height = height
    }

    func cut(from frame: GreyPicture) -> GreyPicture {
        guard self != RegionOfInterest() else { return frame }
        return frame.cut(
            x: frame.width * left / 100, y: frame.height * top / 100,
            width: max(frame.width * width / 100, 1), height: max(frame.height * height / 100, 1))
            ?? frame
    }
}
