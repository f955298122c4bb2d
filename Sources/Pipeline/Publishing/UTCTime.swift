import Calendar
import Glibc

/// A second of the clock, in UTC.
public struct UTCTime: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Since 1970-01-01T00:00:00Z.
    public var seconds: Int

    public init(seconds: Int) { self.seconds = seconds }

    /// Reads what `description` prints; nil for any other text.
    public init?(iso text: String) {
        let parts = text.split(separator: "T", omittingEmptySubsequences: false)
        guard parts.count == 2, let date = CalendarDate(iso: parts[0]),
            let clock = parts[1].wholeMatch(of: #/([0-9]{2}):([0-9]{2}):([0-9]{2})Z/#)?.output,
            let hour = Int(clock.1), let minute = Int(clock.2), let second = Int(clock.3),
            hour < 24, minute < 60, second < 60
        else { return nil }
        seconds = date.dayNumber * 86_400 + hour * 3600 + minute * 60 + second
    }

    /// This second.
    public static var now: UTCTime { UTCTime(seconds: time(nil)) }

    /// The day that the second lies in.
    public var date: CalendarDate { CalendarDate(dayNumber: floorDivided.day) }

    /// ISO 8601: `2010-12-19T04:05:06Z`.
    public var description: String {
        let second = floorDivided.second
        let parts = [second / 3600, second / 60 % 60, second % 60]
        return "\(date)T" + parts.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":") + "Z"
    }

    private var floorDivided: (day: Int, second: Int) {
        let second = (seconds % 86_400 + 86_400) % 86_400
        return ((seconds - second) / 86_400, second)
    }

    public static func < (a: UTCTime, b: UTCTime) -> Bool { a.seconds < b.seconds }
}
