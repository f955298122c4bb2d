import GridCore

/// Weights as whole numbers, which add up to the same in any order.
///
/// A unit is a power of two of its own for every zone, so that all the weight
/// of the zone is about 2^60 units: a cell of a zone of a million cells is
/// known to 2^-40, one of a zone smaller than a cell to the last bit.
struct ZonalUnits: Sendable {
    private let scales: [Double]

    /// Binary exponent of the weight of a zone in units.
    private static let exponent = 60

    /// - Parameter totals: the weight of every zone, or more.
    init(totals: [Double]) {
        scales = totals.map { total in
            guard total > 0, total.isFinite else { return 1 }
            let exponent = min(max(Self.exponent - Int(total.exponent), -900), 900)
            return Double(sign: .plus, exponent: exponent, significand: 1)
        }
    }

    @inline(__always)
    func units(_ weight: Double, zone: Int) -> Int {
        Int((weight * scales[zone]).rounded(.toNearestOrEven))
    }

    /// The same of a whole cell; 0 where the zone is so much lighter that it
    /// cannot hold one.
    func wholeCellUnits(_ weight: Double, zone: Int) -> Int {
        weight * scales[zone] < 0x1p62 ? units(weight, zone: zone) : 0
    }
}
