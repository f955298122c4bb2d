/// Numbers as text: `.` as decimal mark, no grouping, the same in any locale.
public enum DecimalText {
    /// The shortest decimal that reads back as the same number.
    ///
    /// Plain digits for 1e-6 <= |value| < 1e21, else with an exponent
    /// (`1.5e-9`), as in ECMA-262 `Number::toString`. Whole numbers have no
    /// fraction and zero has no sign. nil when `value` is not finite.
    public static func shortest(_ value: Double) -> String? {
        guard value.isFinite else { return nil }
        if value == 0 { return "0" }
        if let whole = Int(exactly: value), whole.magnitude < 1 << 53 { return String(whole) }
        let digits = Digits(value)
        let sign = value < 0 ? "-" : ""
        guard (-5...21).contains(digits.point) else { return sign + digits.scientific }
        return sign + digits.plain
    }

    /// `value` rounded to exactly `decimals` places, trailing zeros kept.
    ///
    /// The shortest decimal is what is rounded, half away from zero, so that
    /// 2.675 with two places gives 2.68 as a reader of the number expects. A
    /// number that rounds to zero has no sign. nil when not finite.
    ///
    /// - Precondition: 0 <= decimals <= 30.
    public static func fixed(_ value: Double, decimals: Int) -> String? {
        precondition((0...30).contains(decimals), "decimals must be 0...30")
        guard value.isFinite else { return nil }
        var digits = value == 0 ? Digits.zero : Digits(value)
        digits.round(decimals: decimals)
        let text = digits.fixed(decimals: decimals)
        return value < 0 && !digits.isZero ? "-" + text : text
    }

    /// `value` rounded as `fixed` rounds; the nearest number to that decimal.
    /// Numbers that are not finite stay as they are.
    public static func rounded(_ value: Double, decimals: Int) -> Double {
        guard let text = fixed(value, decimals: decimals), let number = Double(text) else {
            return value
        }
        return number
    }
}

/// Significant decimal digits d1 d2 d3 ... of 0.d1d2d3 x 10^point.
private struct Digits {
    var digits: [UInt8]
    var point: Int

    static let zero = Digits(digits: [], point: 0)

    var isZero: Bool { digits.isEmpty }

    init(digits: [UInt8], point: Int) {
        self.digits = digits
        self.point = point
    }

    /// From the shortest round-trip text that Swift prints for a finite
    /// number other than zero: `123.25`, `5e-324`, `1.5e+300`.
    init(_ value: Double) {
        digits = []
        point = 0
        var exponent = 0
        var exponentIsNegative = false
        var isInExponent = false
        var isInFraction = false
        for byte in value.magnitude.description.utf8 {
            switch byte {
            case UInt8(ascii: "."): isInFraction = true
            case UInt8(ascii: "e"): isInExponent = true
            case UInt8(ascii: "-"): exponentIsNegative = true
            case UInt8(ascii: "+"): break
            default:
                let digit = byte - UInt8(ascii: "0")
                if isInExponent {
                    exponent = exponent * 10 + Int(digit)
                } else {
                    digits.append(digit)
                    if !isInFraction { point += 1 }
                }
            }
        }
        point += exponentIsNegative ? -exponent : exponent
        let leadingZeros = digits.prefix { $0 == 0 }.count
        digits.removeFirst(leadingZeros)
        point -= leadingZeros
        dropTrailingZeros()
    }

    private mutating func dropTrailingZeros() {
        while digits.last == 0 { digits.removeLast() }
        if digits.isEmpty { point = 0 }
    }

    mutating func round(decimals: Int) {
        let kept = point + decimals
        guard kept < digits.count else { return }
        guard kept >= 0 else {
            self = .zero
            return
        }
        let roundsUp = digits[kept] >= 5
        digits.removeSubrange(kept...)
        if roundsUp {
            var place = kept - 1
            while place >= 0, digits[place] == 9 {
                digits[place] = 0
                place -= 1
            }
            if place >= 0 {
                digits[place] += 1
            } else {
                digits.insert(1, at: 0)
                point += 1
            }
        }
        dropTrailingZeros()
    }

    private func text(_ slice: some Sequence<UInt8>) -> String {
        String(decoding: slice.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
    }

    private var wholePart: String {
        guard point > 0 else { return "0" }
        let zeros = max(0, point - digits.count)
        return text(digits.prefix(point)) + String(repeating: "0", count: zeros)
    }

    private var fraction: String {
        point >= digits.count
            ? ""
            : String(repeating: "0", count: max(0, -point)) + text(digits.dropFirst(max(0, point)))
    }

    var plain: String { fraction.isEmpty ? wholePart : wholePart + "." + fraction }

    var scientific: String {
        let tail = digits.count > 1 ? "." + text(digits.dropFirst()) : ""
        return text(digits.prefix(1)) + tail + "e" + String(point - 1)
    }

    func fixed(decimals: Int) -> String {
        guard decimals > 0 else { return wholePart }
        let fraction = self.fraction
        let zeros = max(0, decimals - fraction.utf8.count)
        return wholePart + "." + fraction + String(repeating: "0", count: zeros)
    }
}
