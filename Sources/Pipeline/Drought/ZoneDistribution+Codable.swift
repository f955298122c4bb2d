import Foundation
import Sectors

/// Histograms as bytes: thousands of separate numbers would take longer to
/// encode than to count.
extension ZoneDistribution {
    private enum CodingKeys: CodingKey { case ndvi, vci, zscore, people }

    init(from decoder: any Decoder) throws {
        self.init()
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func fill(_ histogram: inout WeightedHistogram, _ key: CodingKeys) throws {
            guard histogram.add(packed: Array(try container.decode(Data.self, forKey: key))) else {
                throw DecodingError.dataCorruptedError(
                    forKey: key, in: container, debugDescription: "not a histogram")
            }
        }
        try fill(&ndvi, .ndvi)
        try fill(&vci, .vci)
        try fill(&zscore, .zscore)
        people = try container.decodeIfPresent(ClassAreaAccumulator.self, forKey: .people)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(Data(ndvi.packed), forKey: .ndvi)
        try container.encode(Data(vci.packed), forKey: .vci)
        try container.encode(Data(zscore.packed), forKey: .zscore)
        try container.encodeIfPresent(people, forKey: .people)
    }
}

extension WeightedHistogram {
    /// Bytes of a bin: its number and its weight, least byte first.
    private static let packedBytes = 2 + 8

    /// The occupied bins.
    var packed: [UInt8] {
        var bytes: [UInt8] = []
        for (bin, weight) in bins {
            let number = UInt16(bitPattern: Int16(clamping: bin))
            bytes.append(UInt8(truncatingIfNeeded: number))
            bytes.append(UInt8(truncatingIfNeeded: number >> 8))
            for shift in stride(from: UInt64(0), to: 64, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: weight.bitPattern >> shift))
            }
        }
        return bytes
    }

    /// Adds packed bins; false when they are no such thing.
    mutating func add(packed bytes: [UInt8]) -> Bool {
        guard bytes.count.isMultiple(of: Self.packedBytes) else { return false }
        for start in stride(from: 0, to: bytes.count, by: Self.packedBytes) {
            let number = UInt16(bytes[start]) | UInt16(bytes[start + 1]) << 8
            let bits = (0..<8).reduce(UInt64(0)) {
                $0 | UInt64(bytes[start + 2 + $1]) << UInt64(8 * $1)
            }
            let bin = Int(Int16(bitPattern: number))
            let weight = Double(bitPattern: bits)
            guard limits.contains(bin), weight > 0, weight.isFinite else { return false }
            add(Float(bin) / Float(binsPerUnit), weight: weight)
        }
        return true
    }
}
