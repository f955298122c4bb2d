import Calendar

/// Order of day and month in a date written with numbers, the year last. The
/// raw value is the word of a pipeline file.
public enum DateOrder: String, CaseIterable, Hashable, Sendable {
    case dayMonthYear = "DD/MM/YYYY"
    case monthDayYear = "MM/DD/YYYY"
}

/// Dates as event tables write them.
enum EventDate {
    enum Reading: Hashable {
        case date(CalendarDate)
        /// Day and month cannot be told apart.
        case ambiguous
        case unreadable
    }

    /// Reads, by pattern: `YYYY-MM-DD` and `YYYY/MM/DD`, `05 January 2024`
    /// and `05-Jan-2024`, and, in the stated order, `dd-mm-yyyy` and
    /// `dd/mm/yyyy`. A time of day may follow; it is dropped.
    /// - Parameter dashedOrder: order for numbers joined by hyphens.
    /// - Parameter order: order for numbers joined by anything; without it
    ///   such a date is ambiguous, even where one number exceeds 12, because
    ///   the same column holds others that could be read both ways.
    static func read(_ text: String, order: DateOrder?, dashedOrder: DateOrder?) -> Reading {
        // Most dates are in this form, and this way of reading it is faster.
        if let date = plainDate(text) { return .date(date) }
        var parts = text.trimmed.split(omittingEmptySubsequences: true) { " -/.,".contains($0) }
        if parts.count >= 3, let time = parts[2].firstIndex(of: "T") {
            parts[2] = parts[2][..<time]
            parts.removeSubrange(3...)
        }
        if parts.count > 3 {
            guard isTimeOfDay(parts[3...]) else { return .unreadable }
            parts.removeSubrange(3...)
        }
        guard parts.count == 3 else { return .unreadable }
        if isNumber(parts[0], digits: 4...4) {
            return date(parts[0], parts[1], parts[2])
        }
        guard isNumber(parts[2], digits: 4...4), isNumber(parts[0], digits: 1...2) else {
            return .unreadable
        }
        if let month = month(parts[1]) { return date(parts[2], month, parts[0]) }
        guard isNumber(parts[1], digits: 1...2) else { return .unreadable }
        let isDashed = text.trimmed.utf8.prefix(6).contains(UInt8(ascii: "-"))
        switch order ?? (isDashed ? dashedOrder : nil) {
        case .dayMonthYear: return date(parts[2], parts[1], parts[0])
        case .monthDayYear: return date(parts[2], parts[0], parts[1])
        case nil: return .ambiguous
        }
    }

    /// `YYYY-MM-DD` and nothing else.
    private static func plainDate(_ text: String) -> CalendarDate? {
        var text = text
        return text.withUTF8 { bytes in
            guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == bytes[4] else {
                return nil
            }
            func number(_ range: Range<Int>) -> Int? {
                var value = 0
                for i in range {
                    guard (0x30...0x39).contains(bytes[i]) else { return nil }
                    value = value * 10 + Int(bytes[i] - 0x30)
                }
                return value
            }
            guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10)
            else { return nil }
            return CalendarDate(year: year, month: month, day: day)
        }
    }

    private static func date(
        _ year: Substring, _ month: some StringProtocol, _ day: Substring
    ) -> Reading {
        guard isNumber(day, digits: 1...2), let year = Int(year), let month = Int(month),
            let day = Int(day), let date = CalendarDate(year: year, month: month, day: day)
        else { return .unreadable }
        return .date(date)
    }

    private static func isNumber(_ text: Substring, digits: ClosedRange<Int>) -> Bool {
        digits.contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// `00:00:00`, with a fraction, which the split has parted, or a zone.
    private static func isTimeOfDay(_ parts: ArraySlice<Substring>) -> Bool {
        guard let clock = parts.first, clock.utf8.contains(UInt8(ascii: ":")) else { return false }
        return parts.allSatisfy { part in
            part.utf8.allSatisfy { (0x30...0x3A).contains($0) || "+Z".utf8.contains($0) }
        }
    }

    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september",
        "october", "november", "december",
    ]

    /// Number of an English month by its name or first three letters.
    private static func month(_ text: Substring) -> String? {
        let word = text.lowercased()
        guard word.utf8.count >= 3,
            let index = months.firstIndex(where: { $0 == word || $0.prefix(3) == word })
        else { return nil }
        return String(index + 1)
    }
}
