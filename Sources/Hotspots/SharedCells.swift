/// Memory that several threads write to, each to its own part.
///
/// `@unchecked Sendable`: every user gives each index of a parallel loop its
/// own rows, and the loop ends before the memory is read or given back.
struct SharedCells<Element>: @unchecked Sendable {
    let cells: UnsafeMutableBufferPointer<Element>

    init(_ cells: UnsafeMutableBufferPointer<Element>) { self.cells = cells }
}

/// Memory that several threads read and nobody writes to.
///
/// `@unchecked Sendable`: it comes from a `withCells` or similar scope that
/// the parallel loop does not outlive.
struct SharedInput<Element>: @unchecked Sendable {
    let cells: UnsafeBufferPointer<Element>

    init(_ cells: UnsafeBufferPointer<Element>) { self.cells = cells }
}
