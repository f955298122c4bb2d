import GridCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What is compared of an incident, with sources, sides and words as numbers:
/// an incident is compared with hundreds of others.
struct ComparedIncident {
    /// In the order in which sources first appear.
    let source: Int32
    /// First and last day over which it is spread.
    var firstDay: Int
    var lastDay: Int
    let coordinate: Coordinate
    /// The place as a vector of length 1 from the centre of the earth.
    let direction: SIMD3<Double>
    /// nil: known too coarsely in place or time to be compared.
    let reach: DuplicateFinder.Reach?
    let deaths: DeathEstimate
    /// Into `DuplicateComparison.sides`.
    let sides: [Int32]

    var isRange: Bool { lastDay > firstDay }
}

/// What is compared of a party to an incident.
struct ComparedSide {
    /// Numbers of the words of its name, ascending; none when not named.
    let words: [Int32]
    /// A bit per class, by its place in `ActorClass`.
    let classes: UInt32
    let isUnknown: Bool

    /// Share of the words that two names have in common, or what their
    /// classes say where that is more.
    func likeness(_ other: ComparedSide) -> Double {
        let common = classes & other.classes & ~Self.mask([.unknown])
        let groups = Self.mask([.armedGroup, .politicalMilitia, .communalMilitia])
        // What is a rebel group to one source is a militia to another.
        let areGroups = classes & groups != 0 && other.classes & groups != 0
        let byClass =
            common != 0
            ? DuplicateFinder.sameClass
            : areGroups || isUnknown || other.isUnknown ? DuplicateFinder.likeClass : 0
        return max(sharedWords(other), byClass)
    }

    private func sharedWords(_ other: ComparedSide) -> Double {
        guard !words.isEmpty, !other.words.isEmpty else { return 0 }
        var (i, j, shared) = (0, 0, 0)
        while i < words.count, j < other.words.count {
            if words[i] == other.words[j] { shared += 1 }
            (i, j) = (
                words[i] <= other.words[j] ? i + 1 : i, words[i] >= other.words[j] ? j + 1 : j
            )
        }
        return Double(shared) / Double(words.count + other.words.count - shared)
    }

    static func mask(_ classes: [ActorClass]) -> UInt32 {
        classes.reduce(0) { mask, one in
            mask | (1 << UInt32(ActorClass.allCases.firstIndex(of: one) ?? 0))
        }
    }
}

extension SIMD3<Double> {
    /// Towards a place on a sphere.
    init(_ place: Coordinate) {
        let radians = Double.pi / 180
        let (latitude, longitude) = (place.latitude * radians, place.longitude * radians)
        self.init(
            cos(latitude) * cos(longitude), cos(latitude) * sin(longitude), sin(latitude))
    }
}
