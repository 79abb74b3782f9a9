import Foundation

extension Data {
    /// In hexadecimal digits, two a byte.
    var hexText: String {
        map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
