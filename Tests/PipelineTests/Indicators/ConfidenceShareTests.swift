import Calendar
import Drought
import GridCore
import Products
import Testing

@testable import Pipeline

/// The share of observations of the best quality in the confidence.
@Suite struct ConfidenceShareTests {
    private static let settings = "    compute: [vci, combined]\n    zone_series: 0 months"

    @Test(
        "Confidence is that of a calculation by hand",
        arguments: [
            // Three of three months, all best, the newest of them fresh.
            (3, 3, 0, 100),
            // All seen, two best: 0.5 + 0.5 x 2/3.
            (3, 2, 0, 83), (3, 0, 0, 50),
            // 2/3 over 0.8, one of two best.
            (2, 1, 0, 63),
            // 1/3 over 0.8, best, 61 days old: (96 - 61) / 80.
            (1, 1, 61, 18), (0, 0, 90, 0),
        ])
    func byHand(_ valid: Int, _ best: Int, _ age: Int, _ percent: Int) {
        let found = DroughtConfidence(
            validShare: Double(valid) / 3,
            bestShare: valid > 0 ? Double(best) / Double(valid) : nil, ageInDays: Double(age))
        #expect(found.percent == percent)
    }

    @Test func `Rasters have the confidence of the observations that their cells have`() throws {
        let folder = try IndicatorFolder(isGraded: true)
        let outcome = try folder.run(Self.settings)
        let tiled = try folder.run(Self.settings, threads: 2, tileCells: 5)
        let found = try #require(outcome.rasters["confidence"])
        #expect(found == tiled.rasters["confidence"])
        #expect(outcome.plan.gradesQuality)
        var levels: Set<Float> = []
        let explainer = IndicatorExplainer(plan: outcome.plan)
        for cell in 0..<IndicatorFolder.shape.count {
            let series = try folder.series("N", cell).suffix(3)
            let quality = try folder.series("Q", cell).suffix(3)
            // October, November, December: days after their ends.
            let months = zip(zip(series, quality), [61.0, 31, 0])
            let valid = months.filter { !$0.0.0.isNaN && $0.0.1 <= 1 }
            let best = valid.count { $0.0.1 == 0 }
            let expected = DroughtConfidence(
                validShare: Double(valid.count) / 3,
                bestShare: valid.isEmpty ? nil : Double(best) / Double(valid.count),
                ageInDays: valid.last?.1)
            #expect(found[cell] == Float(expected.percent), "cell \(cell)")
            levels.insert(found[cell])
            guard cell % 7 == 0 else { continue }
            let told = try explainer.explain(row: cell / 5, column: cell % 5).values
            #expect(told.first { $0.name == "confidence" }?.value == Double(found[cell]))
        }
        #expect(levels.count > 4)
        #expect(levels.contains { $0 > 75 })
    }

    @Test func `Every month of the window counts, also where no index needs it`() throws {
        let plan = try IndicatorFolder().run(Self.settings).plan
        #expect(plan.confidenceSteps == 141...143)
        #expect(plan.confidenceSteps.allSatisfy(plan.vegetationSteps.contains))
        #expect(!plan.gradesQuality)
    }

    @Test(
        "Products say which codes are of the best quality",
        arguments: [
            ("mod13a2", "pixel_reliability", [0], [1, 2, 3, 255]),
            ("vnp13a2", "pixel_reliability", [0, 1], [2, 3, 10, 255]),
            ("mod13a2", "modland", [0b00, 0b100], [0b01, 0b10, 65_535]),
        ])
    func products(_ id: String, _ field: String, _ best: [Int], _ others: [Int]) throws {
        let profile = try #require(RasterProfile.named(id))
        let layer = try #require(profile.qualityLayers.first { $0.field(field) != nil })
        let table = layer.accepted(layer.best)
        for code in best { #expect(table[code]) }
        for code in others { #expect(!table[code]) }
    }
}
