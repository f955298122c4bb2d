import Drought
import GridCore

/// The layers of one tile for one composite, in value units, NaN = no value.
///
/// Not Sendable: one per worker.
final class TileLayers {
    let ndvi: UnsafeMutablePointer<Float>
    let vci: UnsafeMutablePointer<Float>
    let anomaly: UnsafeMutablePointer<Float>
    let percent: UnsafeMutablePointer<Float>
    let zscore: UnsafeMutablePointer<Float>
    let minimum: UnsafeMutablePointer<Float>
    let maximum: UnsafeMutablePointer<Float>
    let mean: UnsafeMutablePointer<Float>
    let standardDeviation: UnsafeMutablePointer<Float>
    let classes: UnsafeMutablePointer<UInt8>
    let reasons: UnsafeMutablePointer<UInt8>
    let count: UnsafeMutablePointer<UInt8>

    private let floats: UnsafeMutablePointer<Float>
    private let bytes: UnsafeMutablePointer<UInt8>

    init(cells: Int) {
        floats = .allocate(capacity: cells * 9)
        bytes = .allocate(capacity: cells * 3)
        ndvi = floats
        vci = floats + cells
        anomaly = floats + 2 * cells
        percent = floats + 3 * cells
        zscore = floats + 4 * cells
        minimum = floats + 5 * cells
        maximum = floats + 6 * cells
        mean = floats + 7 * cells
        standardDeviation = floats + 8 * cells
        classes = bytes
        reasons = bytes + cells
        count = bytes + 2 * cells
    }

    deinit {
        floats.deallocate()
        bytes.deallocate()
    }

    /// Where the cells of an output are; nil when they are bytes.
    func floats(of output: DroughtOutput) -> UnsafeMutablePointer<Float>? {
        switch output {
        case .ndvi: ndvi
        case .vci: vci
        case .anomaly: anomaly
        case .percent: percent
        case .zscore: zscore
        case .climatologyMinimum: minimum
        case .climatologyMaximum: maximum
        case .climatologyMean: mean
        case .climatologyDeviation: standardDeviation
        case .droughtClass, .reason, .climatologyCount: nil
        }
    }

    /// Where the cells of an output are; nil when they are floats.
    func bytes(of output: DroughtOutput) -> UnsafeMutablePointer<UInt8>? {
        switch output {
        case .droughtClass: classes
        case .reason: reasons
        case .climatologyCount: count
        default: nil
        }
    }

    /// The first `cells` cells of each layer.
    func planes(cells: Int) -> [UnsafeMutableRawBufferPointer] {
        DroughtOutput.allCases.compactMap { output in
            if let floats = floats(of: output) {
                return UnsafeMutableRawBufferPointer(
                    UnsafeMutableBufferPointer(start: floats, count: cells))
            }
            return bytes(of: output).map {
                UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(start: $0, count: cells))
            }
        }
    }

    /// Copies the indices of a chunk to their place in the tile.
    func take(
        _ indices: ChunkIndices, current: UnsafePointer<Float>, at start: Int, count: Int,
        rule: VegetationIndexRule
    ) {
        (vci + start).update(from: indices.vci, count: count)
        (anomaly + start).update(from: indices.anomaly, count: count)
        (percent + start).update(from: indices.percent, count: count)
        (zscore + start).update(from: indices.zscore, count: count)
        (classes + start).update(from: indices.classes, count: count)
        for i in 0..<count {
            ndvi[start + i] = Float(Double(current[i]) * rule.scale + rule.offset)
        }
    }

    /// Copies the reasons of a chunk.
    func take(reasonsOf indices: ChunkIndices, at start: Int, _ cells: Int) {
        (reasons + start).update(from: indices.reasons, count: cells)
    }

    /// Copies the climatology of a chunk, in value units.
    func take(
        climatologyOf chunk: CellChunk, at start: Int, _ cells: Int, rule: VegetationIndexRule
    ) {
        for i in 0..<cells {
            let years = chunk.count[i]
            count[start + i] = UInt8(clamping: years)
            let known = years > 0
            minimum[start + i] =
                known ? Float(Double(chunk.minimum[i]) * rule.scale + rule.offset) : .nan
            maximum[start + i] =
                known ? Float(Double(chunk.maximum[i]) * rule.scale + rule.offset) : .nan
            mean[start + i] = Float(chunk.mean[i] * rule.scale + rule.offset)
            standardDeviation[start + i] = Float(chunk.standardDeviation[i] * abs(rule.scale))
        }
    }

    /// Takes the indices away from cells that a mask keeps nothing of, and
    /// says so in their reasons.
    func mask(by shares: UnsafePointer<Float>, cells: Int) {
        for i in 0..<cells where shares[i] <= 0 {
            vci[i] = .nan
            anomaly[i] = .nan
            percent[i] = .nan
            zscore[i] = .nan
            classes[i] = 0
            reasons[i] = DroughtReason.masked.rawValue
        }
    }

    /// Cells by reason, in the order of `DroughtReason`.
    func reasonCounts(cells: Int) -> [Int] {
        var counts = [Int](repeating: 0, count: 256)
        for i in 0..<cells { counts[Int(reasons[i])] += 1 }
        return DroughtReason.allCases.map { counts[Int($0.rawValue)] }
    }

    /// Statistics of each output over the tile, in the order of the outputs.
    func statistics(cells: Int) -> [OutputStatistics] {
        DroughtOutput.allCases.map { output in
            var result = OutputStatistics()
            if let floats = floats(of: output) {
                for i in 0..<cells where !floats[i].isNaN { result.add(Double(floats[i])) }
            } else if let bytes = bytes(of: output) {
                let nodata = output == .droughtClass ? 0 : -1
                for i in 0..<cells where Int(bytes[i]) != nodata { result.add(Double(bytes[i])) }
            }
            result.total = cells
            return result
        }
    }
}
