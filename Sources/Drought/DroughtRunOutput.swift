import GridCore

/// Planes for the droughts of a block of cells, allocated once per worker.
///
/// `@unchecked Sendable`: owned by one worker at a time.
public final class DroughtRunOutput: @unchecked Sendable {
    public let cellCapacity: Int
    public let targets: DroughtRunTargets

    /// The drought that nothing has ended up to the last step.
    public var current: DroughtRunPlanes { targets.current }
    /// The drought of the largest severity.
    public var worst: DroughtRunPlanes { targets.worst }
    /// Number of droughts; -1 without any value.
    public var count: UnsafeMutablePointer<Int32> { targets.count }
    /// Steps of the longest; -1 without any value.
    public var longest: UnsafeMutablePointer<Int32> { targets.longest }

    private let integers: UnsafeMutablePointer<Int32>
    private let floats: UnsafeMutablePointer<Float>

    /// Room for `cells` cells.
    public init(cells: Int) {
        let capacity = max(1, cells)
        cellCapacity = capacity
        let integers = UnsafeMutablePointer<Int32>.allocate(capacity: capacity * 8)
        integers.initialize(repeating: -1, count: capacity * 8)
        let floats = UnsafeMutablePointer<Float>.allocate(capacity: capacity * 4)
        floats.initialize(repeating: .nan, count: capacity * 4)
        func planes(_ index: Int) -> DroughtRunPlanes {
            DroughtRunPlanes(
                onset: integers + (3 * index) * capacity,
                end: integers + (3 * index + 1) * capacity,
                duration: integers + (3 * index + 2) * capacity,
                severity: floats + (2 * index) * capacity,
                peak: floats + (2 * index + 1) * capacity)
        }
        targets = DroughtRunTargets(
            current: planes(0), worst: planes(1), count: integers + 6 * capacity,
            longest: integers + 7 * capacity)
        self.integers = integers
        self.floats = floats
    }

    deinit {
        integers.deallocate()
        floats.deallocate()
    }
}
