/// Places that the same bases reach, merged into one: no coverage model can
/// tell them apart, and thousands of places become a few hundred patterns.
/// The merging loses nothing but the order of additions.
public struct DemandPatterns: Sendable, Hashable {
    /// Places that the same bases reach.
    public struct Pattern: Sendable, Hashable {
        /// Ascending; never empty.
        public var bases: [Int]
        /// Of all its places together.
        public var weight: Double

        public init(bases: [Int], weight: Double) {
            self.bases = bases
            self.weight = weight
        }
    }

    public var baseCount: Int
    /// In the order of their first places.
    public var patterns: [Pattern]
    /// The weight of the places that no base reaches.
    public var unreachedWeight: Double

    public init(baseCount: Int, patterns: [Pattern], unreachedWeight: Double) {
        self.baseCount = baseCount
        self.patterns = patterns
        self.unreachedWeight = unreachedWeight
    }

    /// For each base the patterns that it reaches, ascending.
    var patternsOfBases: [[Int]] {
        var lists = [[Int]](repeating: [], count: baseCount)
        for (index, pattern) in patterns.enumerated() {
            for base in pattern.bases { lists[base].append(index) }
        }
        return lists
    }
}

/// Merges places one after the other.
struct PatternMerging {
    private let baseCount: Int
    private var indices: [BaseSet: Int] = [:]
    private var sets: [BaseSet] = []
    private var weights: [Double] = []
    private var unreachedWeight = 0.0

    init(baseCount: Int) { self.baseCount = baseCount }

    /// The index of the pattern; nil for a place that no base reaches.
    mutating func add(_ weight: Double, reachedBy bases: BaseSet) -> Int? {
        guard !bases.isEmpty else {
            unreachedWeight += weight
            return nil
        }
        if let index = indices[bases] {
            weights[index] += weight
            return index
        }
        indices[bases] = weights.count
        sets.append(bases)
        weights.append(weight)
        return weights.count - 1
    }

    var patterns: DemandPatterns {
        DemandPatterns(
            baseCount: baseCount,
            patterns: zip(sets, weights).map { .init(bases: $0.members, weight: $1) },
            unreachedWeight: unreachedWeight)
    }
}
