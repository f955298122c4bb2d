/// Which values get the end colours of a palette.
public enum ValueStretch: Hashable, Sendable {
    /// From `minimum` to `maximum`, whatever the data: pictures of different
    /// dates can be compared.
    case fixed(minimum: Double, maximum: Double)
    /// Between two percentiles, 0 ... 100, of the pixels drawn.
    case percentiles(lower: Double, upper: Double)
    /// From -v to v, where v is a percentile of the absolute values of the
    /// pixels drawn: keeps the middle of a diverging palette at zero.
    case symmetric(percentile: Double)

    /// The range for the given pixels; always finite and not empty.
    ///
    /// Without a finite pixel, or when all are alike, the range is widened
    /// around what there is.
    func range(of pixels: [Float]) -> ClosedRange<Double> {
        switch self {
        case .fixed(let minimum, let maximum):
            return Self.widened(minimum, maximum)
        case .percentiles(let lower, let upper):
            let ranks = RankedPixels(pixels)
            return Self.widened(ranks.percentile(lower), ranks.percentile(upper))
        case .symmetric(let percentile):
            let end = RankedPixels(pixels.map(abs)).percentile(percentile)
            return Self.widened(-end, end)
        }
    }

    /// As the legend states it.
    var text: String {
        func number(_ value: Double) -> String {
            NumberText.fixed(value, decimals: value == value.rounded() ? 0 : 1)
        }
        return switch self {
        case .fixed: "Fixed range"
        case .percentiles(let lower, let upper):
            "Range: percentiles \(number(lower)) to \(number(upper))"
        case .symmetric(let percentile): "Range: ± percentile \(number(percentile)) of |value|"
        }
    }

    private static func widened(_ first: Double, _ second: Double) -> ClosedRange<Double> {
        guard first.isFinite, second.isFinite else { return 0...1 }
        let lower = min(first, second)
        let upper = max(first, second)
        guard lower == upper else { return lower...upper }
        // One part in a thousand of the value, so that it prints alike.
        let margin = max(abs(lower) * 1e-3, 1e-3)
        return (lower - margin)...(upper + margin)
    }
}

/// The finite pixels of a picture by rank: counted twice instead of sorted,
/// which takes a tenth of the time.
private struct RankedPixels {
    private let pixels: [Float]
    /// Finite pixels by the upper half of their key.
    private var counts = [Int](repeating: 0, count: 1 << 16)
    private var total = 0

    init(_ pixels: [Float]) {
        self.pixels = pixels
        for pixel in pixels where pixel.isFinite {
            counts[Int(Self.key(pixel) >> 16)] += 1
            total += 1
        }
    }

    /// Nearest-rank percentile; 0 when there is no finite pixel.
    func percentile(_ percent: Double) -> Double {
        guard total > 0, percent.isFinite else { return 0 }
        let share = min(max(percent, 0), 100) / 100
        var rank = Int((share * Double(total - 1)).rounded())
        var upper = 0
        while rank >= counts[upper] {
            rank -= counts[upper]
            upper += 1
        }
        var lowerCounts = [Int](repeating: 0, count: 1 << 16)
        for pixel in pixels where pixel.isFinite {
            let key = Self.key(pixel)
            if Int(key >> 16) == upper { lowerCounts[Int(key & 0xFFFF)] += 1 }
        }
        var lower = 0
        while rank >= lowerCounts[lower] {
            rank -= lowerCounts[lower]
            lower += 1
        }
        return Double(Self.value(UInt32(upper) << 16 | UInt32(lower)))
    }

    /// A number that orders as the values do.
    private static func key(_ value: Float) -> UInt32 {
        let bits = value.bitPattern
        return bits >> 31 == 0 ? bits | 1 << 31 : ~bits
    }

    private static func value(_ key: UInt32) -> Float {
        Float(bitPattern: key >> 31 == 0 ? ~key : key & ~(1 << 31))
    }
}
