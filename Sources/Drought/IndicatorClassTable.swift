/// The classes of an indicator, from its lowest values to its highest.
///
/// Every number is in exactly one class; each bound says to which of its two
/// neighbours it belongs.
public struct IndicatorClassTable: Hashable, Sendable {
    /// A word for configuration and manifests.
    public let id: String
    /// Codes 1, 2, ... in order; 0 is nodata in a class raster.
    public let classes: [IndicatorClass]

    /// Why classes make no table.
    public enum Defect: Error, Hashable, Sendable, CustomStringConvertible {
        case noClasses
        case tooManyClasses(Int)
        case namesAndBoundsDiffer(names: Int, bounds: Int)
        case boundNotAscending(Double)

        public var description: String {
            switch self {
            case .noClasses: "a table without classes"
            case .tooManyClasses(let count): "\(count) classes, where 254 fit a raster of bytes"
            case .namesAndBoundsDiffer(let names, let bounds):
                "\(names) classes and \(bounds) bounds, expected one bound fewer than classes"
            case .boundNotAscending(let bound): "bound \(bound) is not above the one before it"
            }
        }
    }

    /// - Parameters:
    ///   - names: of the classes, lowest values first, each with its place on
    ///     the common scale.
    ///   - bounds: ascending, one between two classes.
    ///   - boundsBelong: to which class a value that equals a bound belongs.
    /// - Throws: `Defect` for the first thing that is wrong.
    public init(
        id: String, names: [(name: String, condition: DroughtCondition)], bounds: [Double],
        boundsBelong: (Double) -> IndicatorClass.BoundSide = { _ in .upperClass }
    ) throws(Defect) {
        guard !names.isEmpty else { throw .noClasses }
        guard names.count <= 254 else { throw .tooManyClasses(names.count) }
        guard bounds.count == names.count - 1 else {
            throw .namesAndBoundsDiffer(names: names.count, bounds: bounds.count)
        }
        for (bound, next) in zip(bounds, bounds.dropFirst()) where !(next > bound) {
            throw .boundNotAscending(next)
        }
        if let first = bounds.first, first.isNaN { throw .boundNotAscending(first) }
        self.init(checked: id, names, bounds, boundsBelong)
    }

    init(
        checked id: String, _ names: [(name: String, condition: DroughtCondition)],
        _ bounds: [Double],
        _ boundsBelong: (Double) -> IndicatorClass.BoundSide = { _ in .upperClass }
    ) {
        self.id = id
        classes = names.enumerated().map { position, entry in
            let lower = position > 0 ? bounds[position - 1] : nil
            let upper = position < bounds.count ? bounds[position] : nil
            return IndicatorClass(
                code: UInt8(position + 1), name: entry.name, condition: entry.condition,
                lower: lower, lowerIsInclusive: lower.map { boundsBelong($0) == .upperClass } ?? false,
                upper: upper, upperIsInclusive: upper.map { boundsBelong($0) == .lowerClass } ?? false)
        }
    }

    /// The class of a value; nil for NaN. Infinities are in the first and the
    /// last class.
    public func indicatorClass(of value: Double) -> IndicatorClass? {
        value.isNaN ? nil : classes.first { $0.holdsOrIsAbove(value) }
    }

    /// Codes of a run of cells; 0 for NaN.
    ///
    /// A Float32 that is the nearest to a bound counts as the bound: -1.3 in
    /// a raster is -1.3, although its bits are those of -1.2999999523.
    public func classify(
        _ values: UnsafePointer<Float>, cells: Int, into codes: UnsafeMutablePointer<UInt8>
    ) {
        for i in 0..<cells { codes[i] = values[i] == values[i] ? 1 : 0 }
        for entry in classes {
            guard let upper = entry.upper.map({ Float($0) }) else { continue }
            if entry.upperIsInclusive {
                for i in 0..<cells { codes[i] &+= values[i] > upper ? 1 : 0 }
            } else {
                for i in 0..<cells { codes[i] &+= values[i] >= upper ? 1 : 0 }
            }
        }
    }
}

/// One class of a table.
public struct IndicatorClass: Hashable, Sendable {
    /// Which neighbour a bound belongs to.
    public enum BoundSide: Sendable, Hashable {
        case lowerClass, upperClass
    }

    /// Number in the class raster.
    public let code: UInt8
    public let name: String
    /// Its place on the common scale.
    public let condition: DroughtCondition
    /// nil for the first class.
    public let lower: Double?
    public let lowerIsInclusive: Bool
    /// nil for the last class.
    public let upper: Double?
    public let upperIsInclusive: Bool

    /// Whether the value is not above the class.
    func holdsOrIsAbove(_ value: Double) -> Bool {
        guard let upper else { return true }
        return upperIsInclusive ? value <= upper : value < upper
    }

    /// Whether the class counts as drought in area shares.
    public var isDrought: Bool { condition >= .moderate }
}
