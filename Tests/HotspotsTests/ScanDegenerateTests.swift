import Diagnostics
import GridCore
import Testing

@testable import Hotspots

@Suite("Scan statistics: degenerate input and age of clusters")
struct ScanDegenerateTests {
    private let line = (0..<6).map { Coordinate(x: Double($0) * 1000, y: 0) }

    private func scan(
        _ of: [Int], _ at: [Int], steps: Int = 10, places: [Coordinate]? = nil,
        limits: ScanLimits = ScanLimits(), period: ScanDesign.Period = .retrospective
    ) throws -> ScanResult {
        let events = try ScanEvents(
            locations: places ?? line, stepCount: steps, locationOfEvent: of, stepOfEvent: at)
        let zones = try ScanZones(
            locations: events.locations, sizes: events.countByLocation.map { Double($0) },
            distance: .planar, limits: limits)
        return try spaceTimePermutationScan(
            events, zones: zones,
            design: ScanDesign(period: period, maximumSteps: 5, replicates: 19))
    }

    @Test("No event, one event and no location have no cluster")
    func empty() throws {
        #expect(try scan([], []).clusters.isEmpty)
        #expect(try scan([2], [3]).clusters.isEmpty)
        #expect(try scan([], [], places: []).clusters.isEmpty)
        #expect(try scan([], [], places: []).zoneCount == 0)
    }

    @Test("All events at one place, on one day or in one step have no cluster")
    func onePlaceOrDay() throws {
        let many = [Int](repeating: 3, count: 20)
        let steps = (0..<20).map { $0 % 10 }
        #expect(try scan(many, steps).clusters.isEmpty)
        let places = (0..<20).map { $0 % 6 }
        #expect(try scan(places, many).clusters.isEmpty)
        #expect(try scan(places, many.map { _ in 0 }, steps: 1).clusters.isEmpty)
    }

    @Test("Nothing in the last steps is no prospective cluster")
    func quietNow() throws {
        let result = try scan([0, 0, 1, 2, 3], [0, 1, 0, 1, 2], period: .prospective)
        #expect(result.clusters.isEmpty)
    }

    @Test("More steps than events and windows longer than the study are no trouble")
    func fewEvents() throws {
        let result = try scan([0, 0, 1, 4, 5], [150, 150, 150, 3, 90], steps: 200)
        let cluster = try #require(result.clusters.first)
        #expect(cluster.locations == [0, 1] || cluster.locations == [0])
        #expect(cluster.steps == 150...150)
        let events = try ScanEvents(
            locations: line, stepCount: 3, locationOfEvent: [0, 0, 4, 5],
            stepOfEvent: [2, 2, 0, 1])
        let zones = try ScanZones(locations: line, sizes: [2, 0, 0, 0, 1, 1], distance: .planar)
        let long = ScanDesign(period: .prospective, maximumSteps: 90, replicates: 19)
        #expect(
            try spaceTimePermutationScan(events, zones: zones, design: long).clusters.first?.steps
                == 2...2)
    }

    @Test("A radius of 0 leaves single places, one beyond the map all")
    func radii() throws {
        let (of, at) = ([0, 0, 1, 1, 2, 4, 5], [9, 9, 9, 8, 1, 2, 3])
        let alone = try scan(of, at, limits: ScanLimits(maximumRadiusInMeters: 0))
        #expect(alone.zoneCount == 6)
        #expect(alone.clusters.allSatisfy { $0.locations.count == 1 && $0.radiusInMeters == 0 })
        let far = ScanLimits(maximumRadiusInMeters: 1e12, maximumShare: nil)
        #expect(try scan(of, at, limits: far).zoneCount > 6)
    }

    @Test("Places given twice join together, so that no cluster holds one of them alone")
    func duplicatePlaces() throws {
        let places = line + line
        let zones = try ScanZones(
            locations: places, sizes: places.map { _ in 1 }, distance: .planar,
            limits: ScanLimits(maximumRadiusInMeters: 0))
        #expect(zones.count == 6)
        #expect(zones.locationsOfZone(center: 1, through: 1) == [1, 7])
    }

    @Test("Places at the same distance enter together or not at all")
    func ties() throws {
        let limits = ScanLimits(maximumShare: nil, maximumLocations: 2)
        let zones = try ScanZones(
            locations: [line[0], line[1], line[2]], sizes: [1, 1, 1], distance: .planar,
            limits: limits)
        // From the middle both others are 1000 m away: one too many.
        #expect(zones.count == 5)
    }

    @Test("Input that cannot be used is refused with its place")
    func refusals() throws {
        #expect(throws: HotspotError.self) { try scan([6], [0]) }
        #expect(throws: HotspotError.self) { try scan([0], [10]) }
        #expect(throws: HotspotError.self) { try scan([0], []) }
        #expect(throws: HotspotError.self) {
            try scan([0], [0], limits: ScanLimits(maximumRadiusInMeters: -1))
        }
        #expect(throws: HotspotError.self) {
            try ScanZones(
                locations: [Coordinate(x: 500_000, y: 0)], sizes: [1], distance: .greatCircle())
        }
        let events = try ScanEvents(
            locations: line, stepCount: 2, locationOfEvent: [0], stepOfEvent: [1])
        let zones = try ScanZones(
            locations: line, sizes: line.map { _ in 1 }, distance: .planar)
        let design = ScanDesign(period: .retrospective, maximumSteps: 1)
        var expected = [Double](repeating: 1, count: 12)
        expected[1] = 0
        let error = #expect(throws: HotspotError.self) {
            try poissonScan(events, expected: expected, zones: zones, design: design)
        }
        #expect(error?.cause.contains("event 0 is at location 0 in step 1") == true)
        #expect(throws: HotspotError.self) {
            try poissonScan(events, expected: [1], zones: zones, design: design)
        }
    }

    @Test("Steps are counted back from the last day, and days before the first are left out")
    func steps() throws {
        let steps = ScanEvents.steps(of: 100...116, daysPerStep: 7)
        #expect(steps.count == 2)
        #expect(steps.days == 103...116)
        let events = try ScanEvents(
            places: [line[0], line[1], line[0]], days: [103, 109, 110], period: 100...116,
            daysPerStep: 7)
        #expect(events.locations == [line[0], line[1]])
        #expect(events.locationOfEvent == [0, 1, 0])
        #expect(events.stepOfEvent == [0, 0, 1])
        #expect(throws: HotspotError.self) {
            try ScanEvents(
                places: [line[0]], days: [102], period: 100...116, daysPerStep: 7)
        }
    }

    private func footprint(_ places: Range<Int>, _ days: ClosedRange<Int>) -> ScanFootprint {
        ScanFootprint(
            places: places.map { line[$0] }, firstDay: days.lowerBound, lastDay: days.upperBound)
    }

    @Test("A cluster goes on from one with half of its places whose days meet")
    func ages() {
        let rule = ScanContinuation()
        let tonight = [footprint(0..<2, 10...10)]
        // Yesterday's window ended the day before.
        #expect(
            rule.ages(of: tonight, earlier: [footprint(1..<4, 8...9)]) == [.ongoing(earlier: 0)])
        #expect(rule.ages(of: tonight, earlier: [footprint(0..<2, 5...8)]) == [.new])
        #expect(
            ScanContinuation(maximumGapInDays: 1)
                .ages(of: tonight, earlier: [footprint(0..<2, 5...8)]) == [.ongoing(earlier: 0)])
        #expect(rule.ages(of: tonight, earlier: [footprint(2..<4, 8...9)]) == [.new])
        // Large circles that merely touch are two clusters.
        let wide = [footprint(0..<4, 10...10)]
        #expect(rule.ages(of: wide, earlier: [footprint(3..<6, 9...9)]) == [.new])
        #expect(rule.ages(of: tonight, earlier: []) == [.new])
        // The one with more places in common, then the later, then the first.
        let several = [
            footprint(0..<1, 9...9), footprint(0..<3, 7...9), footprint(0..<2, 9...9),
            footprint(0..<2, 9...10), footprint(0..<2, 9...10),
        ]
        #expect(rule.ages(of: tonight, earlier: several) == [.ongoing(earlier: 3)])
    }

    @Test("A footprint tells the days of a cluster's steps")
    func footprints() throws {
        let events = try ScanEvents(
            locations: line, stepCount: 5, daysPerStep: 7, locationOfEvent: [0, 0, 3, 4],
            stepOfEvent: [3, 3, 0, 1])
        let zones = try ScanZones(locations: line, sizes: [2, 0, 0, 1, 1, 0], distance: .planar)
        let result = try spaceTimePermutationScan(
            events, zones: zones,
            design: ScanDesign(period: .retrospective, maximumSteps: 2, replicates: 19))
        let cluster = try #require(result.clusters.first)
        #expect(cluster.steps == 3...3)
        let footprint = ScanFootprint(cluster, of: events, lastDay: 100)
        #expect(footprint.firstDay == 87 && footprint.lastDay == 93)
        #expect(footprint.places == [line[0]])
    }
}
