/// The anomalies and flags of a zone.
struct ZoneAnomalies: Sendable {
    let name: String
    /// In standard deviations of the zone; NaN = none.
    let dryness: [Double]
    let incidents: [Double]
    let isDry: [Bool?]
    let isHot: [Bool?]?
    /// Whether both anomalies vary.
    let varies: Bool

    init(_ zone: RelationZone, steps: [RelationStep]) {
        name = zone.name
        let periods = Self.groups(steps)
        let dryness = Self.anomalies(zone.dryness, periods)
        let incidents = Self.anomalies(zone.incidents, periods)
        self.dryness = dryness.values
        self.incidents = incidents.values
        varies = dryness.varies && incidents.varies
        isDry = zip(zone.isDry, zone.dryness).map { $1.isNaN ? nil : $0 }
        isHot = zone.isHot.map { zip($0, zone.incidents).map { $1.isNaN ? nil : $0 } }
    }

    /// The steps of each calendar period, periods ascending.
    private static func groups(_ steps: [RelationStep]) -> [[Int]] {
        let periods = Set(steps.map(\.period)).sorted()
        return periods.map { period in steps.indices.filter { steps[$0].period == period } }
    }

    private static func anomalies(
        _ values: [Double], _ periods: [[Int]]
    ) -> (values: [Double], varies: Bool) {
        var anomalies = [Double](repeating: .nan, count: values.count)
        var count = 0
        var squares = 0.0
        for period in periods {
            let known = period.filter { !values[$0].isNaN }
            guard known.count > 1 else { continue }
            let first = values[known[0]]
            let isConstant = known.allSatisfy { values[$0] == first }
            let rough = known.reduce(0) { $0 + values[$1] } / Double(known.count)
            let mean =
                rough + known.reduce(0) { $0 + (values[$1] - rough) } / Double(known.count)
            for i in known {
                anomalies[i] = isConstant ? 0 : values[i] - mean
                squares += anomalies[i] * anomalies[i]
                count += 1
            }
        }
        guard squares > 0 else { return (anomalies, false) }
        let deviation = (squares / Double(count)).squareRoot()
        return (anomalies.map { $0 / deviation }, true)
    }
}
