import Foundation

/// Numbers as text, the same in every locale.
enum NumberText {
    /// With a fixed number of decimals (0 ... 9), halves away from zero;
    /// numbers too large for that in Swift's own shortest form.
    static func fixed(_ value: Double, decimals: Int) -> String {
        guard value.isFinite else { return "no value" }
        let decimals = min(max(decimals, 0), 9)
        var scale = 1
        for _ in 0..<decimals { scale *= 10 }
        let scaled = (abs(value) * Double(scale)).rounded()
        // Beyond 2^53 a Double has no decimals left to print.
        guard scaled < 9_007_199_254_740_992 else { return "\(value)" }
        let digits = Int(scaled)
        let sign = value < 0 && digits != 0 ? "\u{2212}" : ""
        let whole = grouped(digits / scale)
        guard decimals > 0 else { return sign + whole }
        let fraction = String(digits % scale)
        return sign + whole + "." + String(repeating: "0", count: decimals - fraction.count)
            + fraction
    }

    /// A whole number with commas between thousands.
    static func grouped(_ value: Int) -> String {
        var text = ""
        for (index, digit) in String(value.magnitude).reversed().enumerated() {
            if index > 0, index.isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return (value < 0 ? "\u{2212}" : "") + String(text.reversed())
    }

    /// With about three digits that matter for values spread over `span`;
    /// very small and very large spans as powers of ten.
    static func readable(_ value: Double, span: Double) -> String {
        guard value.isFinite else { return "no value" }
        let span = abs(span)
        guard span.isFinite, span > 0 else { return readable(value, span: max(abs(value), 1)) }
        let exponent = Int(floor(log10(span)))
        guard (-4...6).contains(exponent) else { return scientific(value) }
        return fixed(value, decimals: max(0, 2 - exponent))
    }

    /// As `1.25×10⁻⁷`: two decimals and a power of ten.
    static func scientific(_ value: Double) -> String {
        guard value.isFinite else { return "no value" }
        guard value != 0 else { return "0" }
        var exponent = Int(floor(log10(abs(value))))
        var mantissa = value / pow(10, Double(exponent))
        // 9.996 would print as 10.00.
        if abs(mantissa) >= 9.995 {
            mantissa /= 10
            exponent += 1
        }
        let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
        let power = String(exponent.magnitude).compactMap(\.wholeNumberValue).map { digits[$0] }
        return fixed(mantissa, decimals: 2) + "×10" + (exponent < 0 ? "⁻" : "") + String(power)
    }

    /// A share of a whole as a percentage; "0 %" and "100 %" only when exact.
    static func percent(_ part: Int, of whole: Int) -> String {
        guard whole > 0 else { return "0 %" }
        if part == 0 { return "0 %" }
        if part == whole { return "100 %" }
        let share = 100 * Double(part) / Double(whole)
        if share < 0.1 { return "< 0.1 %" }
        if share > 99.9 { return "> 99.9 %" }
        return fixed(share, decimals: 1) + " %"
    }
}
