/// The verdicts of all bases under other assumptions: another time limit,
/// other speeds, another season.
public struct ScenarioVerdicts: Sendable, Hashable {
    /// Such as `time limit +25 %`.
    public var name: String
    /// One per base.
    public var verdicts: [Verdict]

    public init(name: String, verdicts: [Verdict]) {
        self.name = name
        self.verdicts = verdicts
    }
}

/// In how many scenarios the verdict of a base stays.
public struct ScenarioStability: Sendable, Hashable {
    /// Share of the scenarios with the same verdict; nil without scenarios.
    public var unchangedShare: Double?
    /// Names of the others with what the verdict becomes, in their order.
    public var changes: [(name: String, verdict: Verdict)] {
        zip(changedNames, changedVerdicts).map { ($0, $1) }
    }
    private var changedNames: [String]
    private var changedVerdicts: [Verdict]

    /// One per base.
    ///
    /// Precondition: every scenario has a verdict for every base.
    public static func all(of verdicts: [Verdict], scenarios: [ScenarioVerdicts])
        -> [ScenarioStability]
    {
        precondition(
            scenarios.allSatisfy { $0.verdicts.count == verdicts.count },
            "a verdict for every base")
        return verdicts.indices.map { base in
            let changed = scenarios.filter { $0.verdicts[base] != verdicts[base] }
            let share = Double(scenarios.count - changed.count) / Double(scenarios.count)
            return ScenarioStability(
                unchangedShare: scenarios.isEmpty ? nil : share,
                changedNames: changed.map(\.name),
                changedVerdicts: changed.map { $0.verdicts[base] })
        }
    }
}
