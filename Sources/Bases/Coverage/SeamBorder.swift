import GridCore
import Sectors

/// A border cut into pieces of at most half a cell, each with the cell it
/// lies in.
struct SeamBorder: Sendable {
    private struct Piece: Sendable {
        let meters: Double
        /// nil outside the grid.
        let cell: Int?
        let minutes: Double
    }

    /// One list per line of the border.
    private let lines: [(pieces: [Piece], isClosed: Bool)]
    var nearestOfFirst: SeamBase?
    var nearestOfSecond: SeamBase?

    init(_ seam: SectorSeam, measure: MapMeasure, travel: TravelTimes) {
        let spec = travel.spec
        let step = min(spec.geotransform.cellWidth, -spec.geotransform.cellHeight) / 2
        lines = seam.border.map { line in
            var pieces: [Piece] = []
            for (from, to) in zip(line, line.dropFirst()) {
                let x = to.x - from.x
                let y = to.y - from.y
                let parts = max(1, Int(((x * x + y * y).squareRoot() / step).rounded(.up)))
                let meters = measure.meters(from: from, to: to) / Double(parts)
                for part in 0..<parts {
                    let t = (Double(part) + 0.5) / Double(parts)
                    let middle = Coordinate(x: from.x + x * t, y: from.y + y * t)
                    let cell = spec.cell(containing: middle)
                    pieces.append(
                        Piece(
                            meters: meters,
                            cell: cell.map { $0.row * spec.shape.columns + $0.column },
                            minutes: cell.map { travel.firstMinutes[$0] } ?? 0))
                }
            }
            return (pieces, line.first == line.last)
        }
    }

    /// The border cell with the least time, the first of equals; nil when all
    /// are infinite.
    func nearest(_ minutes: UnsafeBufferPointer<Double>) -> Int? {
        var best: Int?
        for line in lines {
            for cell in line.pieces.compactMap(\.cell)
            where minutes[cell] < (best.map { minutes[$0] } ?? .infinity) { best = cell }
        }
        return best
    }

    /// The longest stretch without interruption with times above `limit`.
    /// What lies outside the grid interrupts it.
    func longestUncovered(_ limit: Double) -> Double {
        var longest = 0.0
        for line in lines {
            let total = line.pieces.reduce(0) { $0 + $1.meters }
            var stretch = 0.0
            // Twice around a ring, for a stretch across its first position.
            for piece in line.isClosed ? line.pieces + line.pieces : line.pieces {
                stretch = piece.minutes <= limit ? 0 : stretch + piece.meters
                longest = max(longest, min(stretch, total))
            }
        }
        return longest
    }
}
