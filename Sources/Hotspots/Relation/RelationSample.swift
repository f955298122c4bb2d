import GridCore
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The pairs of steps of one or all zones at one lag, by block.
struct RelationSample {
    private let zone: String?
    private let lag: Int
    private let years: Int
    /// Names the random numbers.
    private let stream: UInt64
    private let blockCount: Int
    private let anomalies: RankedPairs
    private let hasFlags: Bool
    /// One per block; empty without flags.
    private let tables: [RelationTable]

    /// - Parameter isPooled: `zones` are all zones.
    init(
        _ zones: [ZoneAnomalies], isPooled: Bool, steps: [RelationStep], lag: Int,
        options: RelationOptions
    ) {
        var blocks = RelationBlocks()
        var years: Set<Int> = []
        var pairs: [RankedPairs.Pair] = []
        var tables: [RelationTable] = []
        hasFlags = zones.contains { $0.isHot != nil }
        for (index, zone) in zones.enumerated() {
            let owner = isPooled && options.pooledBlocks == .years ? 0 : index
            for t in steps.indices.dropFirst(lag) {
                let dryness = zone.dryness[t - lag]
                let incidents = zone.incidents[t]
                let isPair =
                    !dryness.isNaN && !incidents.isNaN && (zone.varies || !isPooled)
                let flags = Self.flags(zone, at: t, lag: lag)
                guard isPair || flags != nil else { continue }
                let block = blocks.number(owner: owner, year: steps[t].year)
                if block == tables.count { tables.append(RelationTable()) }
                if isPair {
                    years.insert(steps[t].year)
                    pairs.append(.init(x: dryness, y: incidents, block: block))
                }
                if let flags { tables[block].add(isDry: flags.isDry, isHot: flags.isHot) }
            }
        }
        zone = isPooled ? nil : zones.first?.name
        self.lag = lag
        self.years = years.count
        stream = isPooled ? 0 : Self.hash(zones.first?.name ?? "")
        blockCount = tables.count
        anomalies = RankedPairs(pairs)
        self.tables = tables
    }

    private static func flags(
        _ zone: ZoneAnomalies, at t: Int, lag: Int
    ) -> (isDry: Bool, isHot: Bool)? {
        guard let isDry = zone.isDry[t - lag], let isHot = zone.isHot?[t] else { return nil }
        return (isDry, isHot)
    }

    /// Never 0, which is the pool's.
    private static func hash(_ name: String) -> UInt64 {
        max(1, CounterRandom.stream(named: name))
    }

    /// The estimates and their intervals.
    func row(_ options: RelationOptions) -> RelationRow {
        let once = [Int](repeating: 1, count: blockCount)
        let value = statistics(weights: once)
        var samples = (0..<4).map { _ in [Double]() }
        for resample in 0..<(blockCount == 0 ? 0 : options.resamples) {
            let drawn = statistics(weights: draw(options.seed, resample))
            for (i, number) in drawn.all.enumerated() where !number.isNaN {
                samples[i].append(number)
            }
        }
        let table = sum(weights: once)
        let enough =
            blockCount >= RelationSupport.fewestBlocks
            && years >= RelationSupport.fewestYears
        let enoughPairs = enough && anomalies.count >= RelationSupport.fewestPairs
        let enoughFlags =
            blockCount >= RelationSupport.fewestBlocks
            && table.count >= RelationSupport.fewestPairs
            && [table.dry, table.hot, table.count - table.dry, table.count - table.hot]
                .allSatisfy { $0 >= RelationSupport.fewestFlags }
        func estimate(_ i: Int, none: Double, _ isSupported: Bool) -> RelationEstimate {
            RelationEstimate(
                value.all[i], samples: samples[i], of: options.resamples, none: none,
                isSupported: isSupported)
        }
        return RelationRow(
            zone: zone, lag: lag, pairs: anomalies.count, years: years,
            pearson: estimate(0, none: 0, enoughPairs),
            spearman: estimate(1, none: 0, enoughPairs), table: hasFlags ? table : nil,
            lift: hasFlags ? estimate(2, none: 1, enoughFlags) : nil,
            logOddsRatio: hasFlags ? estimate(3, none: 0, enoughFlags) : nil)
    }

    /// How often each block is in a bootstrap sample.
    private func draw(_ seed: UInt64, _ resample: Int) -> [Int] {
        var random = CounterRandom(seed: seed, stream: stream, substream: UInt32(resample))
        var weights = [Int](repeating: 0, count: blockCount)
        for _ in 0..<blockCount {
            let block = random.next().multipliedFullWidth(by: UInt64(blockCount)).high
            weights[Int(block)] += 1
        }
        return weights
    }

    private func sum(weights: [Int]) -> RelationTable {
        var sum = RelationTable()
        for (table, weight) in zip(tables, weights) { sum.add(table, times: weight) }
        return sum
    }

    /// Pearson, Spearman, lift, log odds ratio; NaN where not defined.
    private struct Statistics {
        var all: [Double]
    }

    private func statistics(weights: [Int]) -> Statistics {
        let table = hasFlags ? sum(weights: weights) : RelationTable()
        let correlations = anomalies.correlations(weights)
        return Statistics(all: [
            correlations.pearson, correlations.spearman, table.lift, table.logOddsRatio,
        ])
    }
}

/// Numbers the blocks in the order in which they are first met.
private struct RelationBlocks {
    private struct Key: Hashable {
        var owner: Int
        var year: Int
    }
    private var numbers: [Key: Int] = [:]

    mutating func number(owner: Int, year: Int) -> Int {
        let key = Key(owner: owner, year: year)
        if let number = numbers[key] { return number }
        numbers[key] = numbers.count
        return numbers.count - 1
    }
}

/// What an interval needs to mean something: rules of thumb, not tests.
enum RelationSupport {
    static let fewestBlocks = 8
    static let fewestYears = 8
    static let fewestPairs = 24
    /// Of each kind: dry, not dry, hot, not hot.
    static let fewestFlags = 5
}

extension RelationEstimate {
    /// - Parameter value: NaN = not defined.
    fileprivate init(
        _ value: Double, samples: [Double], of resamples: Int, none: Double, isSupported: Bool
    ) {
        let sorted = samples.sorted()
        let isBounded = !sorted.isEmpty && sorted.count * 10 >= resamples * 9
        self.init(
            value: value.isNaN ? nil : value,
            lower: isBounded ? quantile(sorted, 0.025) : nil,
            upper: isBounded ? quantile(sorted, 0.975) : nil, none: none,
            isSupported: isSupported)
    }
}

/// The quantile of ascending numbers, linear between order statistics: type 7
/// of Hyndman and Fan 1996, The American Statistician 50(4). Precondition:
/// not empty.
func quantile(_ sorted: [Double], _ share: Double) -> Double {
    let place = share * Double(sorted.count - 1)
    let below = Int(place)
    let above = min(sorted.count - 1, below + 1)
    return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
}

extension RelationTable {
    fileprivate mutating func add(isDry: Bool, isHot: Bool) {
        switch (isDry, isHot) {
        case (true, true): dryHot += 1
        case (true, false): dryNotHot += 1
        case (false, true): notDryHot += 1
        case (false, false): notDryNotHot += 1
        }
    }

    fileprivate mutating func add(_ other: RelationTable, times weight: Int) {
        dryHot += other.dryHot * weight
        dryNotHot += other.dryNotHot * weight
        notDryHot += other.notDryHot * weight
        notDryNotHot += other.notDryNotHot * weight
    }

    /// NaN without a dry or without a hot step.
    fileprivate var lift: Double {
        guard dry > 0, hot > 0 else { return .nan }
        return Double(dryHot) * Double(count) / (Double(dry) * Double(hot))
    }

    /// NaN for an empty table.
    fileprivate var logOddsRatio: Double {
        guard count > 0 else { return .nan }
        let with = (Double(dryHot) + 0.5) * (Double(notDryNotHot) + 0.5)
        let without = (Double(dryNotHot) + 0.5) * (Double(notDryHot) + 0.5)
        return log(with / without)
    }
}
