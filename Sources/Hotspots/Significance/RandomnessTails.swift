/// Tail probabilities of neighbourhoods, remembered: most cells of a map
/// share a few pairs of count and size.
struct RandomnessTails {
    private let trials: Double
    private let validCells: Int
    private var known: [Entry]

    private struct Entry {
        var units: Int64 = -1
        var cells = 0
        var isUpper = false
        var p = 1.0
    }

    private static let slots = 1024

    /// - Parameters:
    ///   - totalUnits: what all cells hold that are compared.
    ///   - cells: how many they are; in a cube those of all steps compared.
    init(totalUnits: Int64, cells: Int) {
        trials = MassUnits(units: totalUnits).events
        validCells = cells
        known = Array(repeating: Entry(), count: Self.slots)
    }

    /// The two-sided p-value of a neighbourhood of `cells` that holds
    /// `units`, on the side of the score `z`; 1 where z is 0, NaN where it is
    /// NaN.
    mutating func twoSidedP(z: Double, units: Int64, cells: Int) -> Double {
        guard !z.isNaN else { return .nan }
        guard z != 0, validCells > 0 else { return 1 }
        let isUpper = z > 0
        // Spreads counts that are whole events, multiples of 2^20 units.
        let mixed = UInt64(bitPattern: units &* 64 &+ Int64(cells)) &* 0x9E37_79B9_7F4A_7C15
        let slot = Int(mixed >> 54)
        let entry = known[slot]
        if entry.units == units, entry.cells == cells, entry.isUpper == isUpper { return entry.p }
        let tail = BinomialTail(trials: trials, part: cells, of: validCells)
        let count = MassUnits(units: units).events
        let p = min(1, 2 * (isUpper ? tail.orMore(count) : tail.orFewer(count)))
        known[slot] = Entry(units: units, cells: cells, isUpper: isUpper, p: p)
        return p
    }
}
