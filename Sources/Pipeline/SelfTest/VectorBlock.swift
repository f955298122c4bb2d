import GridCore

extension SeriesBlock {
    /// A block whose cells are series of one length, rounded to Float32.
    static func holding(_ series: [[Double]]) -> SeriesBlock {
        let steps = series.first?.count ?? 0
        let block = SeriesBlock(cells: series.count, steps: steps)
        block.prepare(cells: series.count, steps: steps)
        for (cell, values) in series.enumerated() {
            for (step, value) in values.enumerated() { block.plane(step)[cell] = Float(value) }
        }
        return block
    }
}

/// Room for what a kernel writes: a few numbers of each cell.
final class ResultPlane<Element: BitwiseCopyable> {
    let pointer: UnsafeMutablePointer<Element>
    private let count: Int

    init(_ count: Int, _ value: Element) {
        self.count = count
        pointer = .allocate(capacity: max(1, count))
        pointer.initialize(repeating: value, count: max(1, count))
    }

    deinit { pointer.deallocate() }

    var values: [Element] { Array(UnsafeBufferPointer(start: pointer, count: count)) }
}
