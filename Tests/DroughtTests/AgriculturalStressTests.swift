import Foundation
import GridCore
import TestSupport
import Testing

@testable import Drought

/// The season of the reference: vegetation health by step, row and column.
private struct ReferenceSeason {
    var health: [[Double]] = []
    var fraction: [Double] = []
    var zone: [Double] = []
    var coefficients: [Double] = []
    var expected: [String: Any] = [:]

    init() throws {
        let json = try jsonFixture("drought/season_asi_vci3m_runs.json")
        let asi = try #require(json["asi"] as? [String: Any])
        func flat(_ rows: Any?) throws -> [Double] {
            try #require(rows as? [Any]).flatMap { try numbers($0) }
        }
        health = try #require(asi["vhi"] as? [Any]).map { try flat($0) }
        fraction = try flat(asi["crop_fraction"])
        zone = try flat(asi["sector"])
        coefficients = try numbers(asi["kc"])
        expected = try #require(asi["expected"] as? [String: Any])
    }

    func series(_ cell: Int) -> [Double] { health.map { $0[cell] } }
}

private func finished(
    _ planes: [[Double]], weights: [Double], rule: SeasonalStressRule, kernels: Kernels = .best
) -> (mean: [Float], stress: [UInt8], reasons: [UInt8]) {
    let cells = planes[0].count
    let season = SeasonalStress(cells: cells + 20)
    season.begin(cells: cells)
    for (step, plane) in planes.enumerated() {
        let values = plane.map { Float($0) }
        season.add(values, weight: weights.isEmpty ? 1 : weights[step], kernels: kernels)
    }
    var mean = [Float](repeating: -7, count: cells + 1)
    var stress = [UInt8](repeating: 77, count: cells + 1)
    var reasons = stress
    season.finish(
        rule: rule, mean: &mean, stress: &stress, reasons: &reasons, kernels: kernels)
    #expect(mean.last == -7 && stress.last == 77 && reasons.last == 77)
    return (mean.dropLast(), stress.dropLast(), reasons.dropLast())
}

@Suite struct AgriculturalStressTests {
    /// Sums of ten numbers of one order.
    static let referenceTolerance = 1e-10

    @Test(arguments: [("unweighted", false), ("kc_weighted", true)])
    func theIndexEqualsTheReference(name: String, isWeighted: Bool) throws {
        let season = try ReferenceSeason()
        let rule = SeasonalStressRule()
        let weights = isWeighted ? season.coefficients : []
        let expected = try #require(season.expected[name] as? [String: Any])
        let means = try #require(expected["season_mean_vhi"] as? [Any])
            .flatMap { try numbers($0) }
        let planes = finished(season.health, weights: weights, rule: rule)
        var zones = [AgriculturalStress(), AgriculturalStress()]
        for cell in means.indices {
            let mean = rule.seasonalMean(of: season.series(cell), weights: weights)
            #expect(mean.isNaN == means[cell].isNaN)
            #expect(mean.isNaN || abs(mean - means[cell]) <= Self.referenceTolerance)
            // Float32 of the same mean, of inputs rounded to Float32.
            #expect(mean.isNaN || abs(Double(planes.mean[cell]) - mean) <= 1e-5)
            #expect(
                planes.stress[cell]
                    == (mean.isNaN ? StressCode.nodata : mean < 35 ? 1 : 0))
            zones[Int(season.zone[cell]) - 1].add(
                isStressed: mean.isNaN ? nil : mean < rule.threshold, mean: mean,
                fraction: season.fraction[cell], area: 1)
        }
        for (index, zone) in zones.enumerated() {
            let reference = try #require(expected["sector\(index + 1)"] as? [String: Any])
            let found = try #require(zone.result)
            #expect(found.validCells == reference["n_crop_pixels"] as? Int)
            #expect(found.stressedCells == reference["n_stressed"] as? Int)
            for (value, key) in [
                (found.percentOfCells, "asi_pixel_pct"),
                (found.percentOfArea, "asi_area_weighted_pct"),
                (found.meanVegetationHealth, "mean_vhi_area_weighted"),
            ] {
                let reference = try #require(reference[key] as? Double)
                #expect(abs(value - reference) <= Self.referenceTolerance, "\(key)")
            }
        }
    }

    @Test func aMeanOfExactlyTheThresholdIsNoStress() {
        let found = finished(
            [[35, 34, 35], [35, 35, 35.5]], weights: [], rule: SeasonalStressRule())
        #expect(found.stress == [0, 1, 0])
    }

    @Test func halfOfTheStepsAreNeeded() {
        let rule = SeasonalStressRule()
        #expect((1...5).map { rule.minimumCount(steps: $0) } == [1, 1, 2, 2, 3])
        #expect(SeasonalStressRule(minimumShare: 2.0 / 3).minimumCount(steps: 9) == 6)
        #expect(SeasonalStressRule(minimumShare: 0).minimumCount(steps: 9) == 1)
        let found = finished(
            [[10, 10, .nan], [.nan, 10, .nan], [.nan, .nan, .nan]], weights: [], rule: rule)
        #expect(found.stress == [255, 1, 255])
        #expect(found.reasons == [1, 0, 1])
        #expect(found.mean[0].isNaN && found.mean[1] == 10 && found.mean[2].isNaN)
    }

    @Test func aZoneWithoutCropsHasNoIndexAndOneWithoutValuesNoNumber() throws {
        var bare = AgriculturalStress()
        bare.add(isStressed: true, mean: 20, fraction: 0, area: 5)
        bare.add(isStressed: true, mean: 20, fraction: 0.19, area: 5)
        bare.add(isStressed: true, mean: 20, fraction: .nan, area: 5)
        #expect(bare.result == nil)
        var cloudy = AgriculturalStress()
        cloudy.add(isStressed: nil, mean: .nan, fraction: 0.5, area: 5)
        let result = try #require(cloudy.result)
        #expect(result.percentOfArea.isNaN && result.percentOfCells.isNaN)
        #expect(result.validShare == 0 && !result.isReliable && result.mapClass == nil)
    }

    @Test func aZoneOfWhichLessThanHalfIsSeenIsFlagged() throws {
        var zone = AgriculturalStress()
        zone.add(isStressed: true, mean: 20, fraction: 1, area: 49)
        zone.add(isStressed: nil, mean: .nan, fraction: 0.5, area: 102)
        #expect(try #require(zone.result).validShare == 0.49)
        #expect(try #require(zone.result).isReliable == false)
        zone.add(isStressed: false, mean: 50, fraction: 1, area: 2)
        #expect(try #require(zone.result).isReliable)
        #expect(try #require(zone.result).mapClass?.name == "85_and_above")
    }

    @Test func partsMergeToTheWholeWhateverTheOrderOfZones() throws {
        var generator = SeededGenerator(seed: 12)
        // Sums of eighths are exact, so that every order gives the same.
        let cells = (0..<400).map { _ in
            (
                mean: Double(Int.random(in: 0...80, using: &generator)),
                fraction: Double(Int.random(in: 0...8, using: &generator)) / 8,
                isSeen: Int.random(in: 0..<5, using: &generator) > 0
            )
        }
        func zone(_ range: Range<Int>) -> AgriculturalStress {
            var zone = AgriculturalStress()
            for cell in cells[range] {
                zone.add(
                    isStressed: cell.isSeen ? cell.mean < 35 : nil, mean: cell.mean,
                    fraction: cell.fraction, area: 4)
            }
            return zone
        }
        let whole = zone(0..<400)
        for parts in [[0..<100, 100..<250, 250..<400], [250..<400, 0..<100, 100..<250]] {
            var merged = AgriculturalStress()
            for part in parts { merged.merge(zone(part)) }
            #expect(merged == whole)
        }
        let result = try #require(whole.result)
        #expect(result.percentOfArea > 20 && result.percentOfArea < 70)
    }

    @Test func theKernelEqualsItsScalarTwinAndEveryFormHasTheSameBits() {
        let series = randomSeries(seed: 31, cells: 61, steps: 7, range: 0...70, missingInTen: 3)
        let planes = (0..<7).map { step in series.map { $0[step] } }
        let weights = [0.5, 0.6, 0.8, 1, 1.15, 1.1, 0.6]
        let rule = SeasonalStressRule()
        let results = kernelForms.map {
            finished(planes, weights: weights, rule: rule, kernels: $0)
        }
        for (cell, values) in series.enumerated() {
            let twin = rule.seasonalMean(of: values, weights: weights)
            #expect(results[0].mean[cell] == Float(twin) || twin.isNaN)
            #expect(results[0].stress[cell] == (twin.isNaN ? 255 : twin < 35 ? 1 : 0))
        }
        for other in results {
            #expect(sameBits(other.mean, results[0].mean))
            #expect(other.stress == results[0].stress && other.reasons == results[0].reasons)
        }
    }

    @Test func accumulatingStepByStepEqualsTheMeanOverABlock() {
        let series = randomSeries(seed: 32, cells: 33, steps: 6, range: 0...70, missingInTen: 2)
        let planes = (0..<6).map { step in series.map { $0[step] } }
        let weights = [0.5, 0.6, 0.8, 1, 1.15, 1.1]
        let one = finished(planes, weights: weights, rule: SeasonalStressRule())
        var values = [Float](repeating: 0, count: 33)
        var reasons = [UInt8](repeating: 0, count: 33)
        Kernels.best.meanOfWindow(
            seriesBlock(series), steps: 0..<6, weights: weights,
            rule: WindowMeanRule(minimumCount: 3), into: &values, reasons: &reasons)
        #expect(sameBits(one.mean, values))
        #expect(one.reasons == reasons)
    }
}
