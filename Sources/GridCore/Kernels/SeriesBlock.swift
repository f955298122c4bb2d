/// The series of a run of cells: one plane of Float for each time step, so
/// that neighbouring cells are neighbouring lanes of a vector.
///
/// `values` holds step after step, `stride` cells apart; NaN = no value. The
/// cells between `cells` and `paddedCells` are NaN at every step: kernels work
/// on whole vectors and nobody reads what they write there.
///
/// `@unchecked Sendable`: owned by one worker at a time.
public final class SeriesBlock: @unchecked Sendable {
    /// Cells of the widest vector; `paddedCells` is a multiple of it.
    public static let lanes = 16

    public let cellCapacity: Int
    public let stepCapacity: Int
    /// From a step to the next. Not a power of two: addresses 4 KiB apart
    /// share their place in the first-level cache.
    public let stride: Int
    public let values: UnsafeMutablePointer<Float>

    /// Cells and steps in use; `prepare` sets them.
    public private(set) var cells = 0
    public private(set) var steps = 0

    /// `cells`, rounded up to whole vectors.
    public var paddedCells: Int { (cells + Self.lanes - 1) / Self.lanes * Self.lanes }

    /// Room for `cells` cells of `steps` steps, none of them in use.
    public init(cells: Int, steps: Int) {
        cellCapacity = max(1, cells)
        stepCapacity = max(1, steps)
        stride = (cellCapacity + Self.lanes - 1) / Self.lanes * Self.lanes + Self.lanes
        let count = stride * stepCapacity
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: count * MemoryLayout<Float>.stride, alignment: 64)
        values = memory.bindMemory(to: Float.self, capacity: count)
        values.initialize(repeating: .nan, count: count)
    }

    deinit { UnsafeMutableRawPointer(values).deallocate() }

    /// Takes `cells` cells of `steps` steps into use and clears their padding;
    /// the caller writes every value of the cells themselves.
    public func prepare(cells: Int, steps: Int) {
        precondition(cells >= 0 && cells <= cellCapacity && steps >= 0 && steps <= stepCapacity)
        self.cells = cells
        self.steps = steps
        for step in 0..<steps {
            (values + step * stride + cells).update(repeating: .nan, count: paddedCells - cells)
        }
    }

    /// The cells of one step.
    @inlinable
    public func plane(_ step: Int) -> UnsafeMutablePointer<Float> {
        precondition(step >= 0 && step < stepCapacity, "no such step")
        return values + step * stride
    }
}
