import GridCore

/// Count, sum and sum of squares of values in whole units, exact.
///
/// Whole numbers make the order of additions irrelevant and let what was
/// added be taken off again without a trace.
struct GridMoments: Hashable, Sendable {
    var count = 0
    var total: Int64 = 0
    /// At most 2^100, as the magnitudes add up to at most 2^50.
    var squares: Int128 = 0
    /// Sum of the magnitudes.
    var magnitude: Int64 = 0

    /// Whether the magnitudes add up to more than `MassUnits.largest`; the
    /// other numbers then mean nothing.
    var isTooLarge: Bool { magnitude > MassUnits.largest }

    static func + (a: GridMoments, b: GridMoments) -> GridMoments {
        var sum = a
        sum += b
        return sum
    }

    static func += (a: inout GridMoments, b: GridMoments) {
        guard !a.isTooLarge else { return }
        guard !b.isTooLarge else {
            a.magnitude = b.magnitude
            return
        }
        a.count += b.count
        a.total += b.total
        a.squares += b.squares
        a.magnitude += b.magnitude
    }

    static func - (a: GridMoments, b: GridMoments) -> GridMoments {
        var rest = a
        rest.count -= b.count
        rest.total -= b.total
        rest.squares -= b.squares
        rest.magnitude -= b.magnitude
        return rest
    }

    /// A value takes the place of another. Precondition: both are at most
    /// `MassUnits.largest` from 0.
    mutating func replace(_ old: Int64, by new: Int64) {
        total += new - old
        squares += Int128(new) * Int128(new) - Int128(old) * Int128(old)
        magnitude += abs(new) - abs(old)
    }

    /// Without one of the values.
    func without(_ value: Int64) -> GridMoments {
        var rest = self
        rest.count -= 1
        rest.total -= value
        rest.squares -= Int128(value) * Int128(value)
        rest.magnitude -= abs(value)
        return rest
    }

    /// Mean in units; 0 without values.
    var mean: Double { count == 0 ? 0 : Double(total) / Double(count) }

    /// Standard deviation in units, divisor n; exactly 0 if and only if all
    /// values are equal.
    ///
    /// n sum x^2 - (sum x)^2 is formed before anything is rounded: with
    /// floating-point sums a large mean would eat the digits of a small
    /// spread.
    var standardDeviation: Double {
        guard count > 0 else { return 0 }
        let spread = Int128(count) * squares - Int128(total) * Int128(total)
        return Double(spread).squareRoot() / Double(count)
    }
}
