import Diagnostics
import GridCore

/// Who is whose neighbour, and how much: the rows of a weights matrix w_ij,
/// of which only entries other than 0 are kept.
public struct SpatialWeights: Hashable, Sendable {
    /// One entry of a row.
    public struct Neighbour: Hashable, Sendable {
        public var index: Int
        /// At least 0 and finite.
        public var weight: Double

        public init(index: Int, weight: Double = 1) {
            self.index = index
            self.weight = weight
        }
    }

    /// The neighbours of each observation, in the order of their indices.
    public let rows: [[Neighbour]]

    /// - Parameter rows: one per observation, in any order inside a row.
    /// - Throws: `.mismatch` when an index is out of range or named twice in
    ///   a row; `.unsuitableParameter` when a weight is negative or not
    ///   finite.
    public init(rows: [[Neighbour]]) throws(HotspotError) {
        for (i, row) in rows.enumerated() {
            guard row.allSatisfy({ $0.weight >= 0 && $0.weight.isFinite }) else {
                throw HotspotError(
                    .unsuitableParameter,
                    "observation \(i) has a weight below 0 or not a number (expected 0 or more)",
                    mend: "Give weights that say how much a neighbour counts")
            }
            guard row.allSatisfy({ rows.indices.contains($0.index) }),
                Set(row.map(\.index)).count == row.count
            else {
                throw HotspotError(
                    .mismatch,
                    "observation \(i) names a neighbour twice or one outside 0...\(rows.count - 1)",
                    mend: "Name each neighbour once")
            }
        }
        self.rows = rows.map { row in
            row.filter { $0.weight != 0 }.sorted { $0.index < $1.index }
        }
    }

    private init(unchecked rows: [[Neighbour]]) { self.rows = rows }

    /// Weight 1 for all points at most `radius` away (inclusive), oneself
    /// too.
    ///
    /// - Complexity: O(n^2): for some thousands of points.
    public static func distanceBand(_ points: [Coordinate], radius: Double) -> SpatialWeights {
        SpatialWeights(
            unchecked: points.map { a in
                points.indices.compactMap { j in
                    let dx = points[j].x - a.x
                    let dy = points[j].y - a.y
                    return dx * dx + dy * dy <= radius * radius ? Neighbour(index: j) : nil
                }
            })
    }

    /// Weight 1 for the up to eight cells that share an edge or corner, and
    /// for the cell itself; observations are the cells, row after row.
    public static func queen(_ shape: Shape) -> SpatialWeights {
        contiguity(shape) { _, _ in true }
    }

    /// Weight 1 for the up to four cells that share an edge, and for the cell
    /// itself; observations are the cells, row after row.
    public static func rook(_ shape: Shape) -> SpatialWeights {
        contiguity(shape) { $0 == 0 || $1 == 0 }
    }

    private static func contiguity(
        _ shape: Shape, _ touches: (_ rowStep: Int, _ columnStep: Int) -> Bool
    ) -> SpatialWeights {
        SpatialWeights(
            unchecked: (0..<shape.count).map { i in
                let (row, column) = i.quotientAndRemainder(dividingBy: shape.columns)
                var neighbours: [Neighbour] = []
                for r in max(0, row - 1)...min(shape.rows - 1, row + 1) {
                    for c in max(0, column - 1)...min(shape.columns - 1, column + 1)
                    where touches(r - row, c - column) {
                        neighbours.append(Neighbour(index: r * shape.columns + c))
                    }
                }
                return neighbours
            })
    }
}
