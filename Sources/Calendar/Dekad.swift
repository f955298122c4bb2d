/// A dekad: days 1-10, 11-20 or 21-end of one month of one year (WMO).
///
/// `rawValue = 36 year + 3 (month - 1) + (dekad of the month - 1)`, so that
/// dekads that follow each other have integers that follow each other.
public struct Dekad: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible {
    public let rawValue: Int

    /// nil outside the years 0...9999.
    public init?(rawValue: Int) {
        guard (0..<360_000).contains(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    /// The dekad that holds a day.
    public init(containing date: CalendarDate) {
        rawValue = 36 * date.year + PeriodScheme.dekad.slot(of: date)
    }

    /// - Parameter dekadOfYear: 1...36.
    ///
    /// nil when there is no such dekad, or the year is outside 0...9999.
    public init?(year: Int, dekadOfYear: Int) {
        guard (0...9999).contains(year), (1...36).contains(dekadOfYear) else { return nil }
        rawValue = 36 * year + dekadOfYear - 1
    }

    /// Parses `YYYYMMdX` with X in 1...3, such as `202402d3`, and nothing
    /// else.
    public init?(label: some StringProtocol) {
        let bytes = Array(label.utf8)
        guard bytes.count == 8, bytes[6] == UInt8(ascii: "d"),
            bytes.indices.allSatisfy({ $0 == 6 || (48...57).contains(bytes[$0]) })
        else { return nil }
        func number(_ range: Range<Int>) -> Int {
            bytes[range].reduce(0) { $0 * 10 + Int($1 - 48) }
        }
        let month = number(4..<6)
        let dekad = number(7..<8)
        guard (1...12).contains(month), (1...3).contains(dekad) else { return nil }
        rawValue = 36 * number(0..<4) + 3 * (month - 1) + dekad - 1
    }

    public var year: Int { rawValue / 36 }
    /// 1...12.
    public var month: Int { rawValue % 36 / 3 + 1 }
    /// 1...3.
    public var dekadOfMonth: Int { rawValue % 3 + 1 }
    /// 1...36.
    public var dekadOfYear: Int { rawValue % 36 + 1 }

    public var first: CalendarDate {
        PeriodScheme.dekad.firstDay(ofSlot: dekadOfYear - 1, year: year)
    }
    public var last: CalendarDate { PeriodScheme.dekad.period(containing: first).last }
    /// 10, or 8 to 11 for the third of a month.
    public var lengthInDays: Int { last.days(since: first) + 1 }

    /// The dekad `dekads` later (earlier when negative); nil outside the
    /// years 0...9999.
    public func adding(_ dekads: Int) -> Dekad? { Dekad(rawValue: rawValue + dekads) }

    /// `YYYYMMdX`.
    public var description: String {
        let digits = String(year * 100 + month)
        return String(repeating: "0", count: max(0, 6 - digits.count)) + digits
            + "d\(dekadOfMonth)"
    }

    public static func < (a: Dekad, b: Dekad) -> Bool { a.rawValue < b.rawValue }
}
