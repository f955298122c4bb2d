import Diagnostics

/// Area by code of one part of a zone.
struct ZonalClassTally: Sendable {
    private struct Cover {
        var cells = 0.0
        var squareMeters = 0.0
        var weight = 0.0

        mutating func add(_ other: Cover) {
            cells += other.cells
            squareMeters += other.squareMeters
            weight += other.weight
        }
    }

    /// More codes than any legend has; a raster with more holds measurements.
    static let mostCodes = 4096
    /// Larger whole numbers are not all Doubles.
    private static let largestCode = 9_007_199_254_740_992.0

    private var covers: [Int: Cover] = [:]
    /// A value that is no whole number.
    private(set) var oddValue: Double?

    /// Adds a segment whose cells are `cellArea` square metres large. Equal
    /// neighbours that are covered in whole are counted first.
    mutating func add<Value>(_ segment: ZonalSegment<Value>, cellArea: Double) {
        var start = 0
        while start < segment.count {
            let value = segment.values[start]
            var end = start + 1
            guard value == value else {
                start = end
                continue
            }
            var cells = segment.fraction(start)
            var weight = segment.weight(start)
            while end < segment.count, segment.values[end] == value {
                cells += segment.fraction(end)
                weight += segment.weight(end)
                end += 1
            }
            start = end
            let number = Double(value)
            guard abs(number) <= Self.largestCode, let code = Int(exactly: number) else {
                oddValue = oddValue ?? number
                continue
            }
            covers[code, default: Cover()].add(
                Cover(cells: cells, squareMeters: cells * cellArea, weight: weight))
        }
    }

    /// Takes in another part of the same zone.
    mutating func merge(_ other: ZonalClassTally) {
        // Every code is a sum of its own: their order does not matter.
        oddValue = oddValue ?? other.oddValue
        for (code, cover) in other.covers {
            covers[code, default: Cover()].add(cover)
        }
    }

    /// - Throws: `ZonalError` when the values are no codes.
    func check(_ place: Place) throws(ZonalError) {
        if let oddValue {
            throw ZonalError(
                .notAClass, at: place,
                "holds \(oddValue), so it has no classes (expected whole numbers)",
                mend: "Leave out the class areas, or give a raster of codes")
        }
        if covers.count > Self.mostCodes {
            throw ZonalError(
                .tooManyClasses, at: place,
                "holds more than \(Self.mostCodes) different whole numbers in one zone, so they are "
                    + "no classes",
                mend: "Leave out the class areas, or give a raster of codes")
        }
    }

    /// By ascending code.
    ///
    /// - Parameter sign: what stored numbers were multiplied by: 1 or -1.
    func classes(sign: Int) -> [ZonalClassCover] {
        covers.map { code, cover in
            ZonalClassCover(
                code: code * sign, cells: cover.cells, squareMeters: cover.squareMeters,
                weight: cover.weight)
        }.sorted { $0.code < $1.code }
    }
}
