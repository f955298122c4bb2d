/// What a layer of a mask shows.
public enum LandRole: String, Sendable, Hashable, CaseIterable {
    case cropland, rangeland, water, built, other

    /// Whether the land it shows is kept when nothing else is said; nil when
    /// that has to be said.
    public var isKept: Bool? {
        switch self {
        case .cropland, .rangeland: true
        case .water, .built: false
        case .other: nil
        }
    }
}

/// How layers of shares of cells become the weight of each cell.
///
/// Cropland and rangeland that are kept are different land of the same cell,
/// so that their shares add up, to 1 at most. Every other layer that is kept
/// multiplies by its share, and one that is left out by what it leaves. A
/// weight below `minimum` is 0: the cell is masked.
public struct LandMask: Sendable, Hashable {
    /// One layer.
    public struct Layer: Sendable, Hashable {
        public var role: LandRole
        /// Whether what the layer shows is kept, or what it does not show.
        public var isKept: Bool

        public init(role: LandRole, isKept: Bool) {
            self.role = role
            self.isKept = isKept
        }

        /// Whether its shares add up with those of others.
        var isUsedLand: Bool { isKept && (role == .cropland || role == .rangeland) }
    }

    public var layers: [Layer]
    /// 0 ... 1; with 0 only cells of no weight are masked.
    public var minimum: Float

    public init(layers: [Layer], minimum: Float) {
        self.layers = layers
        self.minimum = minimum
    }

    /// Sets the weights of cells that no layer has been added to yet.
    public func begin(_ weights: UnsafeMutablePointer<Float>, cells: Int) {
        weights.update(repeating: layers.contains(where: \.isUsedLand) ? 0 : 1, count: cells)
    }

    /// Takes in all layers, in their order.
    ///
    /// - Parameters:
    ///   - shares: gives the shares of a layer, 0 ... 1, NaN = no value,
    ///     which counts as a share of 0. Valid until it is called again.
    ///   - weights: 0 ... 1 afterwards, `cells` many.
    public func combine<Problem: Error>(
        cells: Int, into weights: UnsafeMutablePointer<Float>,
        shares: (_ layer: Int) throws(Problem) -> UnsafePointer<Float>
    ) throws(Problem) {
        begin(weights, cells: cells)
        // Sums first: they are the land that the others take away from.
        for (index, layer) in layers.enumerated() where layer.isUsedLand {
            let values = try shares(index)
            for i in 0..<cells { weights[i] = min(1, weights[i] + Self.share(values[i])) }
        }
        for (index, layer) in layers.enumerated() where !layer.isUsedLand {
            let values = try shares(index)
            for i in 0..<cells {
                let share = Self.share(values[i])
                weights[i] *= layer.isKept ? share : 1 - share
            }
        }
        for i in 0..<cells where weights[i] < minimum { weights[i] = 0 }
    }

    private static func share(_ value: Float) -> Float {
        value.isNaN ? 0 : min(max(value, 0), 1)
    }
}
