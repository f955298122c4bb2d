/// How many tests at once are allowed for when p-values are judged.
public enum MultipleTesting: String, Hashable, Sendable, CaseIterable {
    /// At most the level is expected as the share of false finds among all
    /// finds. The default. Benjamini and Hochberg 1995, J. R. Stat. Soc. B
    /// 57(1).
    case benjaminiHochberg = "bh"
    /// The same whatever the dependence between tests, at the price of fewer
    /// finds. Benjamini and Yekutieli 2001, Ann. Stat. 29(4).
    case benjaminiYekutieli = "by"
    /// At most the level is the chance of any false find.
    case bonferroni
    /// Each test for itself.
    case none

    /// The largest p-value that is significant at `level`; nil when none is.
    ///
    /// Every p-value up to it is significant, so that ties are judged alike.
    /// The step-up rules take the largest p_(j) <= j level / m, the bound
    /// included. NaN is no test and does not count in m.
    ///
    /// - Complexity: O(m + s log s), s being the p-values up to `level`.
    public func threshold(of p: [Double], level: Double) -> Double? {
        p.withUnsafeBufferPointer { PValues($0, upTo: level).threshold(self, level: level) }
    }

    /// The smallest level at which each test would be significant, in the
    /// order of `p` and at most 1; NaN for NaN.
    ///
    /// For the step-up rules this is the running minimum, from the largest p
    /// down, of p m / j: the q-value.
    ///
    /// - Complexity: O(m log m).
    public func adjusted(_ p: [Double]) -> [Double] {
        let order = p.indices.filter { !p[$0].isNaN }.sorted { (p[$0], $0) < (p[$1], $1) }
        let tests = effectiveTests(order.count)
        var adjusted = [Double](repeating: .nan, count: p.count)
        var least = 1.0
        for (index, i) in order.enumerated().reversed() {
            let own = p[i] * tests / steps(rank: index + 1)
            least = min(least, own)
            adjusted[i] = isStepUp ? least : min(1, own)
        }
        return adjusted
    }

    private var isStepUp: Bool { self == .benjaminiHochberg || self == .benjaminiYekutieli }

    /// By how much the level is divided.
    fileprivate func effectiveTests(_ m: Int) -> Double {
        switch self {
        case .benjaminiHochberg, .bonferroni: return Double(m)
        case .benjaminiYekutieli:
            // 1 + 1/2 + ... + 1/m, small terms first.
            let harmonic = stride(from: m, through: 1, by: -1).reduce(0.0) { $0 + 1 / Double($1) }
            return Double(m) * harmonic
        case .none: return 1
        }
    }

    /// By how much the level is multiplied for the p-value of rank `j`, the
    /// smallest having rank 1.
    fileprivate func steps(rank j: Int) -> Double { isStepUp ? Double(j) : 1 }
}

/// The p-values of many tests, ready for thresholds at several levels.
struct PValues {
    /// The number of tests, m.
    private let tests: Int
    /// The p-values up to the highest level, ascending: no rule finds a
    /// p-value above its level significant, so the rest need no sorting.
    private let smallest: [Double]

    init(_ p: UnsafeBufferPointer<Double>, upTo highestLevel: Double) {
        var tests = 0
        var smallest: [Double] = []
        for value in p where !value.isNaN {
            tests += 1
            if value <= highestLevel { smallest.append(value) }
        }
        smallest.sort()
        self.tests = tests
        self.smallest = smallest
    }

    /// - Parameters:
    ///   - tests: number of all p-values.
    ///   - smallest: those up to the highest level, in any order.
    init(tests: Int, smallest: [Double]) {
        self.tests = tests
        self.smallest = smallest.sorted()
    }

    /// See `MultipleTesting.threshold(of:level:)`.
    func threshold(_ rule: MultipleTesting, level: Double) -> Double? {
        let divisor = rule.effectiveTests(tests)
        for j in stride(from: smallest.count, through: 1, by: -1)
        where smallest[j - 1] <= rule.steps(rank: j) * level / divisor {
            return smallest[j - 1]
        }
        return nil
    }
}
