import Diagnostics

/// The observations that take part, and what their statistics need of all of
/// them together.
struct MoranSample: Sendable {
    /// Places of the observations that take part, ascending.
    let members: [Int]
    /// The place of each observation among the members; -1 for those left
    /// out.
    let memberOf: [Int32]
    /// I_i is `own[i]` times the lag of `around`.
    let own: [Double]
    let around: [Double]
    /// Sum of the squares of `around`.
    let squares: Double
    /// Mean fourth power over squared mean square of `around`, the b2 of the
    /// total moments.
    let kurtosis: Double
    /// The largest magnitude in `around`.
    let largest: Double
    /// Whether either variable is the same everywhere.
    let isConstant: Bool

    /// One variable: `own` is z / m2, `around` is z.
    init(_ values: [Double]) throws(HotspotError) {
        try Self.checkFinite(values, name: "value")
        let members = values.indices.filter { !values[$0].isNaN }
        let deviations = Deviations(members.map { values[$0] })
        let meanSquare = deviations.squares / Double(max(1, members.count))
        self.init(
            count: values.count, members: members,
            own: deviations.values.map { $0 / meanSquare }, around: deviations,
            isConstant: deviations.isConstant)
    }

    /// Two variables, both in sample standard deviations.
    init(_ x: [Double], around y: [Double]) throws(HotspotError) {
        guard x.count == y.count else {
            throw HotspotError(
                .mismatch, "the second variable has \(y.count) values (expected \(x.count))",
                mend: "Give both variables for the same observations")
        }
        try Self.checkFinite(x, name: "value of the first variable,")
        try Self.checkFinite(y, name: "value of the second variable,")
        let members = x.indices.filter { !x[$0].isNaN && !y[$0].isNaN }
        let first = Deviations(members.map { x[$0] })
        let second = Deviations(members.map { y[$0] })
        self.init(
            count: x.count, members: members, own: first.standardized.values,
            around: second.standardized, isConstant: first.isConstant || second.isConstant)
    }

    private init(
        count: Int, members: [Int], own: [Double], around: Deviations, isConstant: Bool
    ) {
        var memberOf = [Int32](repeating: -1, count: count)
        for (member, i) in members.enumerated() { memberOf[i] = Int32(member) }
        let n = Double(max(1, members.count))
        let meanSquare = around.squares / n
        let fourth = around.values.reduce(0) { $0 + ($1 * $1) * ($1 * $1) }
        self.members = members
        self.memberOf = memberOf
        self.own = own
        self.around = around.values
        squares = around.squares
        kurtosis = fourth / n / (meanSquare * meanSquare)
        largest = around.values.reduce(0) { max($0, $1.magnitude) }
        self.isConstant = isConstant
    }

    private static func checkFinite(_ values: [Double], name: String) throws(HotspotError) {
        guard values.count <= Int(Int32.max) else {
            throw HotspotError(
                .mismatch, "\(values.count) observations (expected at most \(Int32.max))",
                mend: "Use larger cells or parts of the area")
        }
        guard let i = values.firstIndex(where: \.isInfinite) else { return }
        throw HotspotError(
            .unsuitableValue, "\(name) \(i) is infinite (expected a number, or NaN for none)",
            mend: "Correct the value or set it to NaN")
    }
}

/// Numbers less their mean.
private struct Deviations {
    var values: [Double]
    var squares: Double
    let isConstant: Bool

    init(_ numbers: [Double]) {
        isConstant = numbers.allSatisfy { $0 == numbers[0] }
        let n = Double(max(1, numbers.count))
        let rough = numbers.reduce(0, +) / n
        // The mean of what is left makes up for the rounding of a large sum.
        let mean = rough + numbers.reduce(0) { $0 + ($1 - rough) } / n
        values = isConstant ? numbers.map { _ in 0 } : numbers.map { $0 - mean }
        squares = values.reduce(0) { $0 + $1 * $1 }
    }

    /// In sample standard deviations; zeros when all are equal.
    var standardized: Deviations {
        guard squares > 0 else { return self }
        let deviation = (squares / Double(values.count - 1)).squareRoot()
        var scaled = self
        scaled.values = values.map { $0 / deviation }
        scaled.squares = scaled.values.reduce(0) { $0 + $1 * $1 }
        return scaled
    }
}
