import GridCore

/// Sets of cells that hang together.
struct CellComponents {
    let shape: Shape
    /// The number of each cell's component from 1 on, 0 = in none. Numbers
    /// follow the row-major order of first cells.
    let label: [Int32]
    /// The cells of each component, ascending.
    let members: [[Int]]

    /// - Parameter corners: whether cells that share a corner only hang
    ///   together.
    init(of isMember: [Bool], shape: Shape, corners: Bool) {
        self.shape = shape
        var label = [Int32](repeating: 0, count: isMember.count)
        var members: [[Int]] = []
        for seed in isMember.indices where isMember[seed] && label[seed] == 0 {
            let number = Int32(members.count + 1)
            label[seed] = number
            var cells = [seed]
            var next = 0
            while next < cells.count {
                let (row, column) = cells[next].quotientAndRemainder(dividingBy: shape.columns)
                next += 1
                for r in max(0, row - 1)...min(shape.rows - 1, row + 1) {
                    for c in max(0, column - 1)...min(shape.columns - 1, column + 1)
                    where corners || r == row || c == column {
                        let cell = r * shape.columns + c
                        guard isMember[cell], label[cell] == 0 else { continue }
                        label[cell] = number
                        cells.append(cell)
                    }
                }
            }
            members.append(cells.sorted())
        }
        self.label = label
        self.members = members
    }
}
