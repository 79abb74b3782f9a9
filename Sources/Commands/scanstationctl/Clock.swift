import FoundationEssentials
import Glibc
import LocalAPI

/// Times of the API, as people read them.
enum Clock {
    /// `16:00:01`, here.
    static func timeOfDay(_ time: String) -> String {
        guard let date = APIForm.date(time) else { return time }
        var seconds = time_t(date.timeIntervalSince1970)
        var parts = tm()
        localtime_r(&seconds, &parts)
        return [parts.tm_hour, parts.tm_min, parts.tm_sec].map(twoDigits)
            .joined(separator: ":")
    }

    /// `2026-11-24 16:00`, here.
    static func dayAndTime(_ time: String) -> String {
        guard let date = APIForm.date(time) else { return time }
        var seconds = time_t(date.timeIntervalSince1970)
        var parts = tm()
        localtime_r(&seconds, &parts)
        return "\(1900 + parts.tm_year)-\(twoDigits(parts.tm_mon + 1))-\(twoDigits(parts.tm_mday)) "
            + "\(twoDigits(parts.tm_hour)):\(twoDigits(parts.tm_min))"
    }

    /// `3 s`, `5 min`, `2 h`, `4 days`
    static func age(_ time: String) -> String {
        guard let date = APIForm.date(time) else { return time }
        let seconds = max(0, Int(-date.timeIntervalSinceNow))
        switch seconds {
        case ..<120: return "\(seconds) s"
        case ..<7200: return "\(seconds / 60) min"
        case ..<172_800: return "\(seconds / 3600) h"
        default: return "\(seconds / 86_400) days"
        }
    }

    private static func twoDigits(_ number: Int32) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
