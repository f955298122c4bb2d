import GridCore

/// For every cell, the set of the bases that reach it within a limit; equal
/// sets are kept once.
///
/// The sets form a tree: the set of a node is that of its parent and one base
/// more, with a higher index. Bases are taken in ascending order, and a cell
/// that a base reaches moves from its node to the child for that base.
/// Memory is four bytes per cell and one node per set, not one bit per cell
/// and base.
public struct ReachSets: Sendable {
    /// Time limit in minutes, included.
    public let limitInMinutes: Double
    public let baseCount: Int
    /// Node of every cell, row-major; 0 = the empty set.
    let nodes: [Int32]
    /// Parent of every node; that of 0 is 0.
    let parents: [Int32]
    /// Base that a node adds to its parent; -1 for node 0.
    let added: [Int32]

    /// The sets of all cells.
    ///
    /// - Parameters:
    ///   - reached: for every base, the cells that it reaches within
    ///     `limitInMinutes` or more; slower ones are left out.
    ///   - cellCount: number of cells of the grid.
    /// - Complexity: O(cells + all reached cells).
    public init(_ reached: [ReachedCells], limitInMinutes: Double, cellCount: Int) {
        var nodes = [Int32](repeating: 0, count: cellCount)
        var parents: [Int32] = [0]
        var added: [Int32] = [-1]
        var child: [Int32] = []
        for (base, list) in reached.enumerated() {
            child = Array(repeating: -1, count: parents.count)
            for (cell, minutes) in zip(list.cells, list.minutes) where minutes <= limitInMinutes {
                let node = Int(nodes[Int(cell)])
                if child[node] < 0 {
                    child[node] = Int32(parents.count)
                    parents.append(Int32(node))
                    added.append(Int32(base))
                }
                nodes[Int(cell)] = child[node]
            }
        }
        self.limitInMinutes = limitInMinutes
        baseCount = reached.count
        self.nodes = nodes
        self.parents = parents
        self.added = added
    }

    /// The bases that reach a cell, ascending.
    public func bases(reaching cell: Int) -> [Int] { bases(ofNode: Int(nodes[cell])) }

    func bases(ofNode node: Int) -> [Int] {
        var bases: [Int] = []
        var current = node
        while current > 0 {
            bases.append(Int(added[current]))
            current = Int(parents[current])
        }
        return bases.reversed()
    }

    /// What has exactly the set of each node, summed over the cells of a
    /// zone.
    func totals(of demand: Demand, in cells: ZoneCells) -> [DemandTotals] {
        var sums = [CompensatedSum](
            repeating: CompensatedSum(), count: parents.count * Demand.layerCount)
        let columnCount = demand.spec.shape.columns
        demand.withLayers { layers in
            nodes.withUnsafeBufferPointer { nodes in
                cells.forEachRow { row, columns, fractions in
                    for column in columns {
                        let share = fractions[column - columns.lowerBound]
                        guard share > 0 else { continue }
                        let i = row * columnCount + column
                        for layer in 0..<Demand.layerCount {
                            guard let values = layers[layer], values[i] > 0 else { continue }
                            sums[Int(nodes[i]) * Demand.layerCount + layer]
                                .add(share * Double(values[i]))
                        }
                    }
                }
            }
        }
        return parents.indices.map { node in
            DemandTotals(
                layers: (0..<Demand.layerCount).map { sums[node * Demand.layerCount + $0].value })
        }
    }

    /// Node of a place; that of the empty set when it is off the network.
    func node(of cell: Int?) -> Int { cell.map { Int(nodes[$0]) } ?? 0 }
}
