import Diagnostics
import GridCore

/// How far the zones of a scan may grow.
public struct ScanLimits: Hashable, Sendable {
    /// Metres from the centre, inclusive.
    public var maximumRadiusInMeters: Double?
    /// The largest share of all cases, or of the population, in a zone.
    public var maximumShare: Double?
    /// The largest number of locations in a zone.
    public var maximumLocations: Int?

    /// Nil means no limit; half of everything is the usual largest share.
    public init(
        maximumRadiusInMeters: Double? = nil, maximumShare: Double? = 0.5,
        maximumLocations: Int? = nil
    ) {
        self.maximumRadiusInMeters = maximumRadiusInMeters
        self.maximumShare = maximumShare
        self.maximumLocations = maximumLocations
    }
}

/// The circles of a scan: around every location, each location joins in the
/// order of its distance.
///
/// Locations at the same distance (to `ScanDistance.relativeTolerance`) join
/// together or, when that would exceed a limit, not at all; growth ends
/// there. Circles that hold the same locations are one zone, whose centre is
/// the one with the smallest radius, of equal ones the first. Zones are told
/// apart by 128-bit sums of random numbers of their locations; that two of
/// 10^8 zones are confused has a chance of about 10^-23.
public struct ScanZones: Sendable {
    public let locations: [Coordinate]
    /// Distinct zones.
    public let count: Int
    let points: DistancePoints
    /// Members of centre i are `members[starts[i] ..< starts[i + 1]]`.
    let starts: [Int]
    let members: [Int32]
    /// A `ScanZoneKind` per member.
    let kinds: [UInt8]

    /// The zones of `locations`.
    ///
    /// - Parameters:
    ///   - sizes: by location, what the share of a zone is measured in: its
    ///     cases over all steps, or its population. A list of zeros sets no
    ///     limit.
    /// - Throws: `.mismatch`, `.unsuitableParameter` when a limit is not
    ///   positive (a radius may be 0), `.unsuitableValue` when a size is
    ///   negative or not finite, `.unsuitableIncident` for coordinates.
    /// - Complexity: O(n^2) distances, O(m log m) for the members within the
    ///   radius; memory of 5 bytes per member.
    public init(
        locations: [Coordinate], sizes: [Double], distance: ScanDistance,
        limits: ScanLimits = ScanLimits(), threads: Int = 1
    ) throws(HotspotError) {
        try Self.check(limits)
        guard sizes.count == locations.count else {
            throw HotspotError(
                .mismatch, "\(sizes.count) sizes for \(locations.count) locations",
                mend: "Give the cases or the population of every location")
        }
        if let i = sizes.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
            throw HotspotError(
                .unsuitableValue, "location \(i) has a size of \(sizes[i]) (expected 0 or more)",
                mend: "Give the cases or the population of every location")
        }
        let points = try DistancePoints(locations, distance: distance)
        let growth = ScanZoneGrowth(points: points, sizes: sizes, limits: limits)
        let chains = [ScanZoneGrowth.Chain](
            unsafeUninitializedCapacity: locations.count
        ) { chains, size in
            let output = SharedCells(chains)
            forEachInParallel(count: locations.count, threads: threads) { _, center in
                output.cells.initializeElement(at: center, to: growth.chain(of: center))
            }
            size = locations.count
        }
        var starts = [0]
        for chain in chains { starts.append(starts[starts.count - 1] + chain.members.count) }
        let members = chains.flatMap(\.members)
        let distinct = markDuplicateZones(
            kinds: chains.flatMap(\.kinds), members: members, starts: starts, points: points)
        self.locations = locations
        self.points = points
        self.starts = starts
        self.members = members
        kinds = distinct.kinds
        count = distinct.count
    }

    private static func check(_ limits: ScanLimits) throws(HotspotError) {
        if let radius = limits.maximumRadiusInMeters, !(radius >= 0) {
            throw HotspotError(
                .unsuitableParameter, "the largest radius is \(radius) m (expected 0 or more)",
                mend: "Give a radius in metres, or none for no limit")
        }
        if let share = limits.maximumShare, !(share > 0 && share <= 1) {
            throw HotspotError(
                .unsuitableParameter,
                "the largest share is \(share) (expected more than 0, at most 1)",
                mend: "Write 0.5 for one half")
        }
        if let most = limits.maximumLocations, most < 1 {
            throw HotspotError(
                .unsuitableParameter, "a zone may hold \(most) locations (expected 1 or more)",
                mend: "Give a number of locations, or none for no limit")
        }
    }

    /// Locations of the zone that is complete with member `member`.
    func locationsOfZone(center: Int, through member: Int) -> [Int] {
        members[starts[center]...(starts[center] + member)].map(Int.init).sorted()
    }

    /// Metres from the centre to its member `member`.
    func radius(center: Int, through member: Int) -> Double {
        points.meters(center, Int(members[starts[center] + member]))
    }

    /// Members of the centre with the most.
    var longestChain: Int {
        locations.indices.reduce(0) { max($0, starts[$1 + 1] - starts[$1]) }
    }
}

/// Grows the circles of one centre.
struct ScanZoneGrowth: Sendable {
    struct Chain: Sendable {
        var members: [Int32] = []
        var kinds: [UInt8] = []
    }

    let points: DistancePoints
    let sizes: [Double]
    let maximumSize: Double
    let maximumLocations: Int
    let maximumRadius: Double
    let squaredLimit: Double

    init(points: DistancePoints, sizes: [Double], limits: ScanLimits) {
        self.points = points
        self.sizes = sizes
        let total = sizes.reduce(0, +)
        // The sum of a half may come out a little above the half of the sum.
        maximumSize = limits.maximumShare.map { $0 * total * (1 + 1e-12) } ?? .infinity
        maximumLocations = limits.maximumLocations ?? .max
        let radius = limits.maximumRadiusInMeters ?? .infinity
        maximumRadius = radius * (1 + ScanDistance.relativeTolerance)
        let straight = points.straightLimit(meters: radius)
        squaredLimit = straight * straight
    }

    func chain(of center: Int) -> Chain {
        let near = neighbours(of: center)
        var chain = Chain()
        var size = 0.0
        var start = 0
        while start < near.count {
            var end = start + 1
            while end < near.count,
                near[end].distance - near[end - 1].distance
                    <= ScanDistance.relativeTolerance * near[end].distance
            {
                end += 1
            }
            for neighbour in near[start..<end] { size += sizes[Int(neighbour.location)] }
            guard end <= maximumLocations, size <= maximumSize else { break }
            for neighbour in near[start..<end] {
                chain.members.append(neighbour.location)
                chain.kinds.append(ScanZoneKind.incomplete)
            }
            chain.kinds[end - 1] = ScanZoneKind.zone
            start = end
        }
        return chain
    }

    private struct Neighbour {
        var distance: Double
        var location: Int32
    }

    /// Locations within the radius, nearest first; of equally near ones the
    /// centre, then by number.
    private func neighbours(of center: Int) -> [Neighbour] {
        var near: [Neighbour] = []
        for location in sizes.indices {
            let squared = points.squared(center, location)
            guard squared <= squaredLimit else { continue }
            let distance = points.meters(squared: squared)
            guard distance <= maximumRadius else { continue }
            near.append(Neighbour(distance: distance, location: Int32(location)))
        }
        near.sort { a, b in
            if a.distance != b.distance { return a.distance < b.distance }
            if (Int(a.location) == center) != (Int(b.location) == center) {
                return Int(a.location) == center
            }
            return a.location < b.location
        }
        return near
    }
}

/// Marks all but one of the zones that hold the same locations.
///
/// Zones with the same locations have the same number of them, so that one
/// small table serves for each number of members in turn.
private func markDuplicateZones(
    kinds: [UInt8], members: [Int32], starts: [Int], points: DistancePoints
) -> (kinds: [UInt8], count: Int) {
    var kinds = kinds
    var count = 0
    let centers = starts.count - 1
    let keys = (0..<max(0, centers)).map { zoneKey(of: $0) }
    var sums = [SIMD4<UInt32>](repeating: SIMD4(), count: max(0, centers))
    let mask = (4 * max(1, centers)).nextPowerOfTwo - 1
    var slots = [(member: Int32, center: Int32)](repeating: (-1, 0), count: mask + 1)
    var active = Array(0..<max(0, centers))
    var member = 0
    while !active.isEmpty {
        active.removeAll { starts[$0] + member >= starts[$0 + 1] }
        for center in active {
            let place = starts[center] + member
            sums[center] ^= keys[Int(members[place])]
            guard kinds[place] == ScanZoneKind.zone else { continue }
            count += 1
            var slot = Int(sums[center].x) & mask
            while slots[slot].member == member {
                let other = Int(slots[slot].center)
                if sums[other] == sums[center] {
                    let isTighter =
                        points.squared(center, Int(members[place]))
                            * (1 + 2 * ScanDistance.relativeTolerance)
                        < points.squared(other, Int(members[starts[other] + member]))
                    kinds[isTighter ? starts[other] + member : place] = ScanZoneKind.duplicate
                    if isTighter { slots[slot].center = Int32(center) }
                    count -= 1
                    break
                }
                slot = (slot + 1) & mask
            }
            if slots[slot].member != member { slots[slot] = (Int32(member), Int32(center)) }
        }
        member += 1
    }
    return (kinds, count)
}

/// 128 random bits of a location; the seed only has to be some number.
private func zoneKey(of location: Int) -> SIMD4<UInt32> {
    CounterRandom.block(
        counter: SIMD4(0, 0, UInt32(truncatingIfNeeded: location), 0),
        key: SIMD2(0x7A6F_6E65, 0x6B65_7973))
}

extension Int {
    /// The smallest power of two that is not less than this positive number.
    fileprivate var nextPowerOfTwo: Int {
        1 << (bitWidth - (self - 1).leadingZeroBitCount)
    }
}
