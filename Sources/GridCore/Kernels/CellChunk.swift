/// The working memory of the per-cell kernels: a run of cells small enough
/// that all its planes and statistics stay in the L2 cache.
///
/// `planes` holds one Float per cell and sample (NaN = no value), sample after
/// sample, `CellChunk.planeStride` apart. Kernels work on whole vectors of eight
/// cells; the cells between the count and the next multiple of eight hold
/// leftovers that nobody reads.
///
/// `@unchecked Sendable`: owned by one worker at a time.
public final class CellChunk: @unchecked Sendable {
    /// Cells in a chunk: 1024 cells of 20 years are 80 KiB.
    public static let capacity = 1024
    /// From a plane to the next. Not 1024: addresses 4 KiB apart share their
    /// place in the first-level cache, and all planes would push each other
    /// out.
    public static let planeStride = capacity + 16

    public let planeCapacity: Int
    public let planes: UnsafeMutablePointer<Float>
    /// Samples with a value.
    public let count: UnsafeMutablePointer<Int32>
    /// Smallest and largest sample, stored units; +inf and -inf when none.
    public let minimum: UnsafeMutablePointer<Float>
    public let maximum: UnsafeMutablePointer<Float>
    /// Mean of the samples, stored units; NaN when none.
    public let mean: UnsafeMutablePointer<Double>
    /// Sum of the squared deviations from the mean (M2), stored units
    /// squared; NaN when none.
    public let squaredDeviations: UnsafeMutablePointer<Double>
    /// Sample standard deviation (n - 1), stored units; NaN when n < 2, and
    /// exactly 0 when all samples are equal.
    public let standardDeviation: UnsafeMutablePointer<Double>

    private let memory: UnsafeMutableRawPointer

    public init(planeCapacity: Int) {
        self.planeCapacity = max(1, planeCapacity)
        let cells = Self.capacity
        // A cache line more between arrays, as between planes.
        let gap = 64
        let floats = MemoryLayout<Float>.stride * cells + gap
        let doubles = MemoryLayout<Double>.stride * cells + gap
        let planeBytes = MemoryLayout<Float>.stride * Self.planeStride * self.planeCapacity
        let total = planeBytes + gap + floats * 3 + doubles * 3
        let memory = UnsafeMutableRawPointer.allocate(byteCount: total, alignment: 64)
        memory.initializeMemory(as: UInt8.self, repeating: 0, count: total)
        var offset = 0
        func carve<T>(_ type: T.Type, _ count: Int) -> UnsafeMutablePointer<T> {
            defer { offset += MemoryLayout<T>.stride * count + gap }
            return (memory + offset).bindMemory(to: type, capacity: count)
        }
        mean = carve(Double.self, cells)
        squaredDeviations = carve(Double.self, cells)
        standardDeviation = carve(Double.self, cells)
        planes = carve(Float.self, Self.planeStride * self.planeCapacity)
        minimum = carve(Float.self, cells)
        maximum = carve(Float.self, cells)
        count = carve(Int32.self, cells)
        self.memory = memory
    }

    deinit { memory.deallocate() }

    public func plane(_ index: Int) -> UnsafeMutablePointer<Float> {
        precondition(index >= 0 && index < planeCapacity, "no such plane")
        return planes + index * Self.planeStride
    }
}
