import CZXing
import Pictures

/// One picture for the other process, and how closely to look at it.
///
/// On the pipe: width, height and options as 32-bit numbers, then the pixels. The answer: the
/// number of codes (-1: the library gave up) and the length of the report, then the report.
struct ZXingRequest {
    struct Options: OptionSet {
        let rawValue: Int32

        /// The first code only: its search for several fails an assertion on one picture in 25.
        static let one = Options(rawValue: Int32(CZXING_ONE))
        static let thorough = Options(rawValue: Int32(CZXING_THOROUGH))
        static let oneThreshold = Options(rawValue: Int32(CZXING_ONE_THRESHOLD))
        static let matrix = Options(rawValue: Int32(CZXING_MATRIX))
        static let linear = Options(rawValue: Int32(CZXING_LINEAR))
    }

    static let headerBytes = 12
    static let answerHeaderBytes = 8
    /// 64 codes of the largest kind fit several times.
    static let reportLimitBytes = 1_048_576

    var width: Int
    var height: Int
    var options: Options

    var header: [UInt8] {
        [Int32(width), Int32(height), options.rawValue].flatMap { number in
            withUnsafeBytes(of: number) { Array($0) }
        }
    }

    /// nil: these are not the first bytes of a request.
    init?(header: [UInt8]) {
        let numbers = header.withUnsafeBytes { Array($0.bindMemory(to: Int32.self)) }
        guard numbers.count == 3,
            GreyPicture.allows(width: Int(numbers[0]), height: Int(numbers[1]))
        else { return nil }
        self.init(
            width: Int(numbers[0]), height: Int(numbers[1]), options: Options(rawValue: numbers[2]))
    }

    init(width: Int, height: Int, options: Options) {
        self.width = width
        self.height = height
        self.options = options
    }
}
