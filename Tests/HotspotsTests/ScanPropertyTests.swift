import GridCore
import InstructionSets
import Testing

@testable import Hotspots

@Suite("Scan statistics: properties")
struct ScanPropertyTests {
    private func design(
        _ period: ScanDesign.Period, overlap: ScanDesign.Overlap = .locations
    ) -> ScanDesign {
        ScanDesign(period: period, maximumSteps: 4, replicates: 20, seed: 5, overlap: overlap)
    }

    private func populations(_ scan: ScanCase) -> [Double] {
        var random = CounterRandom(seed: 99)
        return (0..<scan.places.count * scan.events.stepCount).map { _ in
            1 + random.nextUnit()
        }
    }

    private func prepared(
        _ scan: ScanCase, _ design: ScanDesign, isPoisson: Bool
    ) throws -> SpaceTimeScan {
        let populations = populations(scan)
        let scale = Double(scan.events.count) / populations.reduce(0, +)
        return try SpaceTimeScan(
            events: scan.events, zones: scan.zones(), design: design,
            expected: isPoisson ? populations.map { $0 * scale } : nil)
    }

    @Test(
        "The largest ratio of every replicate is that of a plain search",
        arguments: [ScanDesign.Period.prospective, .retrospective], [false, true])
    func replicatesEqualTwin(period: ScanDesign.Period, isPoisson: Bool) throws {
        for seed in 0..<2 as Range<UInt64> {
            let scan = try ScanCase(seed: seed, events: 100, steps: 8)
            let prepared = try prepared(scan, design(period), isPoisson: isPoisson)
            let replicates = prepared.replicates(form: .baseline)
            let maxima = replicates.maxima(count: 18, threads: 1)
            var twin = twin(scan, prepared, isPoisson: isPoisson)
            let first = prepared.model.firstStep
            for replicate in [0, 1, 2, 15, 16, 17] {
                var cases: [(location: Int, step: Int)] = []
                replicates.sampler.draw(replicate) {
                    cases.append((Int($0), Int($1) + first))
                }
                let largest = twin.cylinders(cases, total: scan.events.count)
                    .filter { $0.cases >= 2 }.map(\.ratio).max()
                // Expectations are summed in another order.
                #expect(
                    abs(maxima[replicate] - (largest ?? 0)) <= goldenTolerance,
                    "seed \(seed), replicate \(replicate)")
            }
        }
    }

    /// A twin whose expectations are given, since replicates of a prospective
    /// scan know the last steps only.
    private func twin(
        _ scan: ScanCase, _ prepared: SpaceTimeScan, isPoisson: Bool
    ) -> ScanTwin {
        let events = scan.events
        let populations = populations(scan)
        let scale = Double(events.count) / populations.reduce(0, +)
        let (byLocation, byStep) = (events.countByLocation, events.countByStep)
        let rows = scan.places.indices.map { location in
            (0..<events.stepCount).map { step in
                isPoisson
                    ? populations[location * events.stepCount + step] * scale
                    : Double(byLocation[location] * byStep[step])
                        / Double(events.count)
            }
        }
        return ScanTwin(
            places: scan.places, expected: rows, steps: events.stepCount,
            longest: prepared.design.maximumSteps,
            isProspective: prepared.design.period == .prospective, share: 0.5,
            sizes: events.countByLocation.map { Double($0) })
    }

    @Test("Threads, instruction sets and widths of counts change no bit", arguments: [false, true])
    func sameBits(isPoisson: Bool) throws {
        let scan = try ScanCase(seed: 11, events: 90, steps: 8)
        let prepared = try prepared(scan, design(.retrospective), isPoisson: isPoisson)
        var replicates = prepared.replicates(form: .baseline)
        let plain = replicates.maxima(count: 20, threads: 1)
        #expect(replicates.maxima(count: 20, threads: 3) == plain)
        replicates.isWide = true
        #expect(replicates.maxima(count: 20, threads: 2) == plain)
        for form in InstructionSet.available {
            var others = prepared.replicates(form: form)
            #expect(others.maxima(count: 20, threads: 1) == plain)
            others.isWide = true
            #expect(others.maxima(count: 20, threads: 1) == plain)
        }
        // More replicates do not change those before them.
        #expect(Array(replicates.maxima(count: 34, threads: 1).prefix(20)) == plain)
    }

    @Test(
        "Further clusters are the best that share nothing with those before",
        arguments: ScanDesign.Overlap.allCases)
    func secondaryClusters(overlap: ScanDesign.Overlap) throws {
        for seed in 20..<22 as Range<UInt64> {
            let scan = try ScanCase(seed: seed)
            let prepared = try prepared(
                scan, design(.retrospective, overlap: overlap), isPoisson: false)
            let result = prepared.result(threads: 2, form: .best)
            var twin = twin(scan, prepared, isPoisson: false)
            let pairs = zip(scan.events.locationOfEvent, scan.events.stepOfEvent).map {
                (location: $0, step: $1)
            }
            var left = twin.cylinders(pairs, total: pairs.count)
                .filter { $0.cases >= 2 && $0.ratio > 0 }
            for cluster in result.clusters {
                let largest = left.map(\.ratio).max() ?? 0
                #expect(abs(cluster.logLikelihoodRatio - largest) <= goldenTolerance)
                left.removeAll { other in
                    !Set(other.zone).isDisjoint(with: cluster.locations)
                        && (overlap == .locations || other.steps.overlaps(cluster.steps))
                }
            }
            #expect(result.clusters.count == 10 || left.isEmpty)
            #expect(result.clusters.count > 1)
        }
    }

    @Test("A cluster lists its events, and says how often chance makes one like it")
    func members() throws {
        let scan = try ScanCase(seed: 3)
        let result = try spaceTimePermutationScan(
            scan.events, zones: scan.zones(), design: design(.prospective))
        let cluster = try #require(result.clusters.first)
        let expected = scan.events.locationOfEvent.indices.filter {
            cluster.locations.contains(scan.events.locationOfEvent[$0])
                && cluster.steps.contains(scan.events.stepOfEvent[$0])
        }
        #expect(cluster.events == expected)
        #expect(cluster.lastStep == scan.events.stepCount - 1)
        #expect(cluster.recurrenceIntervalInDays == 1 / cluster.p)
        let (c, mu, total) = (
            Double(cluster.observed), cluster.expected, Double(scan.events.count)
        )
        #expect(abs(cluster.relativeRisk - c / mu / ((total - c) / (total - mu))) <= 1e-12)
    }

    @Test("Moving the map or listing events in another order changes no cluster")
    func shiftAndOrder() throws {
        let scan = try ScanCase(seed: 8)
        let original = try spaceTimePermutationScan(
            scan.events, zones: scan.zones(), design: design(.retrospective))
        let moved = scan.places.map { Coordinate(x: $0.x + 4e6, y: $0.y - 1e6) }
        let reversed = try ScanEvents(
            locations: moved, stepCount: scan.events.stepCount,
            locationOfEvent: scan.events.locationOfEvent.reversed(),
            stepOfEvent: scan.events.stepOfEvent.reversed())
        let zones = try ScanZones(
            locations: moved, sizes: reversed.countByLocation.map { Double($0) },
            distance: .planar)
        let other = try spaceTimePermutationScan(
            reversed, zones: zones, design: design(.retrospective))
        #expect(other.clusters.map(\.locations) == original.clusters.map(\.locations))
        #expect(
            other.clusters.map(\.logLikelihoodRatio)
                == original.clusters.map(\.logLikelihoodRatio))
    }

    @Test("Without clusters, p-values below 0.1 are as rare as they say")
    func calibration() throws {
        var random = CounterRandom(seed: 2026)
        var low = 0
        let trials = 100
        let places = try ScanCase(seed: 0).places
        for trial in 0..<trials {
            let events = try ScanEvents(
                locations: places, stepCount: 10,
                locationOfEvent: (0..<60).map { _ in Int(random.nextUnit() * 25) },
                stepOfEvent: (0..<60).map { _ in Int(random.nextUnit() * 10) })
            let zones = try ScanZones(
                locations: events.locations, sizes: events.countByLocation.map { Double($0) },
                distance: .planar, limits: ScanLimits(maximumRadiusInMeters: 2000))
            let result = try spaceTimePermutationScan(
                events, zones: zones,
                design: ScanDesign(
                    period: .prospective, maximumSteps: 3, replicates: 19, seed: UInt64(trial),
                    maximumClusters: 1))
            low += (result.clusters.first?.monteCarloP ?? 1) <= 0.1 ? 1 : 0
        }
        // A tenth, within four standard errors of 100 trials.
        #expect(abs(Double(low) - 10) <= 4 * (100 * 0.1 * 0.9).squareRoot())
    }

    @Test("Great circles join places on both sides of the antimeridian")
    func antimeridian() throws {
        let places = [
            Coordinate(longitude: 179.99, latitude: 70),
            Coordinate(longitude: -179.99, latitude: 70),
            Coordinate(longitude: 0, latitude: 70),
        ]
        let zones = try ScanZones(
            locations: places, sizes: [1, 1, 1], distance: .greatCircle(),
            limits: ScanLimits(maximumRadiusInMeters: 1000, maximumShare: nil))
        #expect(zones.count == 4)
        // 0.02 degrees of longitude at 70 degrees north, by the haversine.
        #expect(abs(zones.points.meters(0, 1) - 760.619_142_16) <= 1e-6)
    }
}
