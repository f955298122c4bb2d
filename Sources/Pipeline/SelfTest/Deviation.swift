/// The largest difference between numbers and their references.
struct Deviation {
    /// Whether differences are divided by the larger of 1 and the reference.
    let isRelative: Bool
    private(set) var count = 0
    private(set) var oneSided = 0
    private(set) var largest = 0.0
    private(set) var place: String?
    private var firstOneSided: String?

    init(isRelative: Bool = false) { self.isRelative = isRelative }

    /// Adds one number; NaN = no value, in which both must agree.
    mutating func compare(
        _ found: Double, _ expected: Double, at place: @autoclosure () -> String
    ) {
        count += 1
        if found.isNaN || expected.isNaN {
            if found.isNaN != expected.isNaN {
                oneSided += 1
                firstOneSided = firstOneSided ?? place()
            }
            return
        }
        let scale = isRelative ? max(1, expected.magnitude) : 1
        let difference = found == expected ? 0 : (found - expected).magnitude / scale
        if difference > largest {
            largest = difference
            self.place = place()
        }
    }

    /// Adds a whole series.
    mutating func compare(_ found: [Double], _ expected: [Double], in name: String) {
        let length = max(found.count, expected.count)
        for step in 0..<length {
            compare(
                step < found.count ? found[step] : .nan,
                step < expected.count ? expected[step] : .nan, at: "\(name) step \(step)")
        }
    }

    /// Adds something that is equal or not: a deviation of 0 or 1.
    mutating func match(_ isEqual: Bool, at place: @autoclosure () -> String) {
        compare(isEqual ? 0 : 1, 0, at: place())
    }

    /// Where the deviation is, a value that only one has before all others.
    var worstPlace: String? { firstOneSided ?? place }
}

extension SelfTestCheck {
    /// Compares what `body` adds.
    ///
    /// - Parameter tolerance: nil for what is only told.
    init(
        _ name: String, of source: String, tolerance: Double?, isRelative: Bool = false,
        _ body: (inout Deviation) throws -> Void
    ) rethrows {
        var deviation = Deviation(isRelative: isRelative)
        try body(&deviation)
        self.init(
            name: name, source: source, count: deviation.count, oneSided: deviation.oneSided,
            largestDeviation: deviation.largest, isRelative: isRelative,
            place: deviation.worstPlace, tolerance: tolerance)
    }
}

/// How near numbers must be to their references.
enum SelfTestTolerance {
    /// References of nine or ten digits.
    static let digits = 1e-8
    /// Sums of some numbers of one order.
    static let arithmetic = 1e-10
    /// Half a step of Float32 where a kernel rounds its input, half a step
    /// where it rounds what it computed.
    static let float = 1.2e-7
    /// Whole numbers, words, dates.
    static let exact = 0.0
}
