import GridCore

/// The climatology of a tile of cells for one period of the year, in the form
/// that is kept: new samples are added to it without those before.
///
/// Stored units. `@unchecked Sendable`: owned by one worker at a time.
public final class ClimatologyState: @unchecked Sendable {
    /// Samples with a value.
    public let count: UnsafeMutablePointer<UInt16>
    /// Smallest and largest sample; anything where the count is 0.
    public let minimum: UnsafeMutablePointer<Float>
    public let maximum: UnsafeMutablePointer<Float>
    /// Mean of the samples; NaN where the count is 0.
    public let mean: UnsafeMutablePointer<Double>
    /// Sum of the squared deviations from the mean; NaN where the count is 0.
    public let squaredDeviations: UnsafeMutablePointer<Double>
    public let capacity: Int

    /// Most samples of a cell: what `count` holds and the kernels keep exact.
    public static let mostSamples = exactIntegerSamples

    /// Room for `cells` cells, all of them without samples.
    public init(cells: Int) {
        capacity = max(1, cells)
        count = .allocate(capacity: capacity)
        minimum = .allocate(capacity: capacity)
        maximum = .allocate(capacity: capacity)
        mean = .allocate(capacity: capacity)
        squaredDeviations = .allocate(capacity: capacity)
        clear()
    }

    deinit {
        count.deallocate()
        minimum.deallocate()
        maximum.deallocate()
        mean.deallocate()
        squaredDeviations.deallocate()
    }

    /// Forgets all samples.
    public func clear() {
        count.initialize(repeating: 0, count: capacity)
        minimum.initialize(repeating: .infinity, count: capacity)
        maximum.initialize(repeating: -.infinity, count: capacity)
        mean.initialize(repeating: .nan, count: capacity)
        squaredDeviations.initialize(repeating: .nan, count: capacity)
    }

    /// Copies `cells` cells from `start` on into the statistics of `chunk`,
    /// all but the deviation.
    public func load(into chunk: CellChunk, from start: Int, cells: Int) {
        precondition(start >= 0 && cells <= CellChunk.capacity && start + cells <= capacity)
        for i in 0..<cells {
            let samples = count[start + i]
            chunk.count[i] = Int32(samples)
            chunk.minimum[i] = samples > 0 ? minimum[start + i] : .infinity
            chunk.maximum[i] = samples > 0 ? maximum[start + i] : -.infinity
        }
        chunk.mean.update(from: mean + start, count: cells)
        chunk.squaredDeviations.update(from: squaredDeviations + start, count: cells)
    }

    /// Takes the statistics of the first `cells` cells of `chunk` as those of
    /// the cells from `start` on.
    public func store(from chunk: CellChunk, to start: Int, cells: Int) {
        precondition(start >= 0 && cells <= CellChunk.capacity && start + cells <= capacity)
        for i in 0..<cells { count[start + i] = UInt16(clamping: chunk.count[i]) }
        (minimum + start).update(from: chunk.minimum, count: cells)
        (maximum + start).update(from: chunk.maximum, count: cells)
        (mean + start).update(from: chunk.mean, count: cells)
        (squaredDeviations + start).update(from: chunk.squaredDeviations, count: cells)
    }
}
