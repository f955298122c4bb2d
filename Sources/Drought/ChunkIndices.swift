import GridCore

/// Indices of one chunk of cells for one composite, with class and reason.
///
/// `@unchecked Sendable`: owned by one worker at a time.
public final class ChunkIndices: @unchecked Sendable {
    public let vci: UnsafeMutablePointer<Float>
    public let anomaly: UnsafeMutablePointer<Float>
    public let percent: UnsafeMutablePointer<Float>
    public let zscore: UnsafeMutablePointer<Float>
    public let classes: UnsafeMutablePointer<UInt8>
    public let reasons: UnsafeMutablePointer<UInt8>

    private let floats: UnsafeMutablePointer<Float>
    private let bytes: UnsafeMutablePointer<UInt8>

    public init() {
        let capacity = CellChunk.planeStride
        floats = .allocate(capacity: capacity * 4)
        floats.initialize(repeating: .nan, count: capacity * 4)
        bytes = .allocate(capacity: capacity * 2)
        bytes.initialize(repeating: 0, count: capacity * 2)
        vci = floats
        anomaly = floats + capacity
        percent = floats + 2 * capacity
        zscore = floats + 3 * capacity
        classes = bytes
        reasons = bytes + capacity
    }

    deinit {
        floats.deallocate()
        bytes.deallocate()
    }

    /// Computes indices and classes for `cells` cells of `chunk`, whose
    /// climatology is ready, from the samples in `current`.
    public func compute(
        current: UnsafePointer<Float>, chunk: CellChunk, cells: Int, rule: VegetationIndexRule,
        table: DroughtClassTable, kernels: Kernels
    ) {
        kernels.vegetationIndices(
            current, chunk, cells, rule,
            VegetationIndexOutput(vci: vci, anomaly: anomaly, percent: percent, zscore: zscore))
        classify(cells: cells, table: table)
    }

    /// Class codes by counting the bounds that a VCI reaches; 0 for NaN.
    private func classify(cells: Int, table: DroughtClassTable) {
        let bounds = table.classes.compactMap(\.upperBound).map { Float($0) }
        for i in 0..<cells { classes[i] = vci[i] == vci[i] ? 1 : 0 }
        for bound in bounds {
            for i in 0..<cells { classes[i] &+= vci[i] >= bound ? 1 : 0 }
        }
    }

    /// The reason of each cell; call it after `compute` with the same samples.
    public func explain(
        current: UnsafePointer<Float>, chunk: CellChunk, cells: Int, rule: VegetationIndexRule
    ) {
        for i in 0..<cells {
            let reason: DroughtReason =
                if current[i].isNaN {
                    .inputNodata
                } else if chunk.count[i] < rule.minimumYears {
                    .insufficientBaseline
                } else if vci[i].isNaN {
                    .zeroRange
                } else if zscore[i].isNaN || percent[i].isNaN {
                    .zeroDeviationOrMean
                } else {
                    .ok
                }
            reasons[i] = reason.rawValue
        }
    }
}
