import Glibc
import GridCore

/// Cells of every zone counted by the upper bits of their keys, with their
/// weight: what is needed to know in which narrow range a quantile lies.
///
/// All are whole numbers, so histograms of workers add up to the same
/// whoever saw what. Memory that no value falls into is never touched.
///
/// `@unchecked Sendable`: one worker uses it at a time.
final class ZonalHistogram<Value: ZonalValue>: ZonalVisitor, @unchecked Sendable {
    private let bits: Int
    private let units: ZonalUnits
    /// Units of a whole cell where all weigh the same; their weight is then in
    /// `counts`, and `weights` has only what parts of cells lack.
    private let baseUnits: [Int]
    private let counts: UnsafeMutablePointer<Int>
    private let weights: UnsafeMutablePointer<Int>

    /// Bytes that the histograms of all workers may take.
    private static var largestBytes: Int { 768 << 20 }

    /// Bits that fit the number of zones: 16, 12 or 8.
    static func bits(zones: Int, workers: Int) -> Int {
        [16, 12].first { zones << $0 <= largestBytes / (16 * workers) } ?? 8
    }

    /// - Parameter wholeCell: weight of a whole cell; nil where they differ.
    init(zones: Int, bits: Int, units: ZonalUnits, wholeCell: Double?) {
        self.bits = bits
        self.units = units
        baseUnits = (0..<zones).map { zone in
            wholeCell.map { units.wholeCellUnits($0, zone: zone) } ?? 0
        }
        // Zeroed memory is only laid out when it is written to.
        counts = Self.zeros(zones << bits)
        weights = Self.zeros(zones << bits)
    }

    deinit {
        free(counts)
        free(weights)
    }

    private static func zeros(_ count: Int) -> UnsafeMutablePointer<Int> {
        let capacity = max(1, count)
        guard let memory = calloc(capacity, MemoryLayout<Int>.stride) else {
            preconditionFailure("there is no memory for \(count) bins")
        }
        return memory.bindMemory(to: Int.self, capacity: capacity)
    }

    func visit(zone: Int, _ segment: ZonalSegment<Value>) {
        let counts = counts + (zone << bits)
        let weights = weights + (zone << bits)
        let shift = Value.Key.bitWidth - bits
        let base = baseUnits[zone]
        let values = segment.values
        if let weight = segment.uniformWeight {
            let surplus = units.units(weight, zone: zone) - base
            for i in 0..<segment.count {
                let value = values[i]
                guard value == value else { continue }
                let bin = Int(truncatingIfNeeded: value.key &>> Value.Key(shift))
                counts[bin] &+= 1
                if surplus != 0 { weights[bin] &+= surplus }
            }
            return
        }
        for i in 0..<segment.count {
            let value = values[i]
            let weight = segment.weight(i)
            guard value == value, weight > 0 else { continue }
            let bin = Int(truncatingIfNeeded: value.key &>> Value.Key(shift))
            counts[bin] &+= 1
            weights[bin] &+= units.units(weight, zone: zone) - base
        }
    }

    func endTile(zone: Int, strip: Int) {}

    /// The bins of a zone that hold values, ascending, of several workers.
    static func bins(_ parts: [ZonalHistogram], zone: Int) -> [ZonalBin<Value.Key>] {
        guard let first = parts.first else { return [] }
        let shift = Value.Key.bitWidth - first.bits
        return (0..<1 << first.bits).compactMap { bin in
            let index = (zone << first.bits) + bin
            var count = 0
            var weight = 0
            for part in parts {
                count += part.counts[index]
                weight += part.weights[index]
            }
            guard count > 0 else { return nil }
            let low = Value.Key(bin) << Value.Key(shift)
            return ZonalBin(
                keys: low...(low | ((1 << Value.Key(shift)) - 1)), count: count,
                units: weight + count * first.baseUnits[zone])
        }
    }
}

/// The values of a zone in a range of keys.
struct ZonalBin<Key: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
    let keys: ClosedRange<Key>
    let count: Int
    let units: Int
}
