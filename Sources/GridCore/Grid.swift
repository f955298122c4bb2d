/// Row-major cells in contiguous, 64-byte aligned memory, with their place on
/// earth.
///
/// A value: copies share memory until one of them is written to.
public struct Grid<Element: BitwiseCopyable & Sendable>: Sendable {
    public let spec: GridSpec
    @usableFromInline var storage: GridStorage<Element>

    /// A grid with every cell set to `value`.
    @inlinable
    public init(_ spec: GridSpec, filledWith value: Element) {
        self.spec = spec
        storage = GridStorage(count: spec.shape.count)
        storage.base.initialize(repeating: value, count: storage.count)
    }

    /// A grid of the given row-major cells. Precondition: as many as the
    /// shape has.
    @inlinable
    public init(_ spec: GridSpec, cells: some Collection<Element>) {
        precondition(cells.count == spec.shape.count, "cells do not fill the shape")
        self.spec = spec
        storage = GridStorage(count: spec.shape.count)
        _ = UnsafeMutableBufferPointer(start: storage.base, count: storage.count)
            .initialize(from: cells)
    }

    /// A grid whose cells `body` writes, without filling them first.
    ///
    /// `body` gets the uninitialized cells, row after row, and must write
    /// every one of them; it may do so on several threads.
    @inlinable
    public init<E: Error>(
        _ spec: GridSpec, writtenBy body: (UnsafeMutableBufferPointer<Element>) throws(E) -> Void
    ) throws(E) {
        self.spec = spec
        storage = GridStorage(count: spec.shape.count)
        try body(UnsafeMutableBufferPointer(start: storage.base, count: storage.count))
    }

    @inlinable
    public var shape: Shape { spec.shape }
    @inlinable
    public var count: Int { storage.count }

    public subscript(row: Int, column: Int) -> Element {
        @inlinable
        get {
            precondition(isInside(row, column), "cell outside the grid")
            return storage.base[row * spec.shape.columns + column]
        }
        @inlinable
        set {
            precondition(isInside(row, column), "cell outside the grid")
            makeUnique()
            storage.base[row * spec.shape.columns + column] = newValue
        }
    }

    public subscript(cell: CellIndex) -> Element {
        @inlinable
        get { self[cell.row, cell.column] }
        @inlinable
        set { self[cell.row, cell.column] = newValue }
    }

    /// The cells, row after row.
    @inlinable
    public func withCells<R, E: Error>(
        _ body: (UnsafeBufferPointer<Element>) throws(E) -> R
    ) throws(E) -> R {
        let storage = storage
        return try withExtendedLifetime(storage) { () throws(E) -> R in
            try body(UnsafeBufferPointer(start: storage.base, count: storage.count))
        }
    }

    /// The cells, row after row, to be written.
    @inlinable
    public mutating func withMutableCells<R, E: Error>(
        _ body: (UnsafeMutableBufferPointer<Element>) throws(E) -> R
    ) throws(E) -> R {
        makeUnique()
        return try body(UnsafeMutableBufferPointer(start: storage.base, count: storage.count))
    }

    /// The cells as an array, row after row.
    @inlinable
    public var cells: [Element] { withCells { Array($0) } }

    @inlinable
    func isInside(_ row: Int, _ column: Int) -> Bool {
        row >= 0 && row < spec.shape.rows && column >= 0 && column < spec.shape.columns
    }

    @inlinable
    mutating func makeUnique() {
        guard !isKnownUniquelyReferenced(&storage) else { return }
        let copy = GridStorage<Element>(count: storage.count)
        copy.base.initialize(from: storage.base, count: storage.count)
        storage = copy
    }
}

/// Owned, aligned memory.
///
/// `@unchecked Sendable`: written to only by `Grid`, which first makes sure
/// that it holds the single reference.
@usableFromInline
final class GridStorage<Element: BitwiseCopyable>: @unchecked Sendable {
    @usableFromInline let base: UnsafeMutablePointer<Element>
    @usableFromInline let count: Int

    @inlinable
    init(count: Int) {
        self.count = count
        // 64 bytes: a cache line, and the widest vector register in use.
        let raw = UnsafeMutableRawPointer.allocate(
            byteCount: max(1, count) * MemoryLayout<Element>.stride, alignment: 64)
        base = raw.bindMemory(to: Element.self, capacity: count)
    }

    @inlinable
    deinit { UnsafeMutableRawPointer(base).deallocate() }
}
