import GridCore

/// Steps from a cell to the cells of its neighbourhood.
struct NeighbourhoodSteps: Sendable {
    struct Step: Sendable {
        var rows: Int
        var columns: Int
        var weight: Double
    }

    private let neighbourhood: Neighbourhood
    private let spec: GridSpec
    /// By row and column; empty for nearest neighbours only.
    let fixed: [Step]

    init(_ neighbourhood: Neighbourhood, on spec: GridSpec) {
        self.neighbourhood = neighbourhood
        self.spec = spec
        if case .kernel(let kernel, let radius) = neighbourhood {
            fixed = Self.steps(of: kernel, radius, on: spec)
        } else {
            fixed = neighbourhood.band(on: spec).map(Self.steps) ?? []
        }
    }

    private static func steps(of band: DistanceBand) -> [Step] {
        let furthest = band.halfWidths.count - 1
        return (-furthest...furthest).flatMap { row in
            let halfWidth = band.halfWidths[abs(row)]
            return (-halfWidth...halfWidth).map { Step(rows: row, columns: $0, weight: 1) }
        }
    }

    private static func steps(
        of kernel: DensityKernel, _ radius: Double, on spec: GridSpec
    ) -> [Step] {
        let reach = radius * kernel.reachInRadii
        let band = DistanceBand(radiusInMeters: reach, on: spec)
        return steps(of: band).compactMap { step in
            let dx = Double(step.columns) * spec.columnWidth
            let dy = Double(step.rows) * spec.rowHeight
            let squared = dx * dx + dy * dy
            guard squared < reach * reach else { return nil }
            let weight = kernel.shape(squared / (radius * radius))
            return weight > 0
                ? Step(rows: step.rows, columns: step.columns, weight: weight) : nil
        }
    }

    /// See `Neighbourhood.members(of:valid:)`.
    func members(of cell: CellIndex, valid: Grid<UInt8>) -> [Neighbourhood.Member] {
        switch neighbourhood {
        case .nearest(let count):
            return nearest(cell, valid, count, radius: 0)
        case .distanceBandAtLeast(let radius, let minimum):
            let band = members(of: cell, at: fixed, valid: valid)
            let others = band.count - (band.contains { $0.cell == cell } ? 1 : 0)
            return others >= minimum ? band : nearest(cell, valid, minimum, radius: radius)
        default:
            return members(of: cell, at: fixed, valid: valid)
        }
    }

    private func nearest(
        _ cell: CellIndex, _ valid: Grid<UInt8>, _ count: Int, radius: Double
    ) -> [Neighbourhood.Member] {
        var level = NearestSteps.Level(for: count, radius: radius, on: spec)
        while true {
            let steps = NearestSteps(level, on: spec)
            if let end = steps.end(around: cell, valid: valid, count: count) {
                let list = steps.steps[..<end].map {
                    Step(rows: $0.rows, columns: $0.columns, weight: 1)
                }
                .sorted { ($0.rows, $0.columns) < ($1.rows, $1.columns) }
                return members(of: cell, at: list, valid: valid)
            }
            level = level.next
        }
    }

    private func members(
        of cell: CellIndex, at steps: [Step], valid: Grid<UInt8>
    ) -> [Neighbourhood.Member] {
        steps.compactMap { step in
            let row = cell.row + step.rows
            let column = cell.column + step.columns
            guard row >= 0, row < valid.shape.rows, column >= 0, column < valid.shape.columns,
                valid[row, column] != 0
            else { return nil }
            return .init(cell: CellIndex(row: row, column: column), weight: step.weight)
        }
    }
}
