import Calendar
import Diagnostics
import Drought
import GridCore

/// Means over three months with their classes, and the Agricultural Stress
/// Index of two zones.
struct StressArea: SelfTestArea {
    static let file = "season_asi_vci3m_runs.json"

    private let condition: VectorNode
    private let stress: VectorNode
    /// Vegetation health by step and cell.
    private let health: [[Double]]
    private let fraction: [Double]
    private let zone: [Double]
    private let coefficients: [Double]

    init(_ vectors: SelfTestVectors) throws {
        let document = try vectors.document(Self.file)
        condition = try document("vci3m")
        stress = try document("asi")
        health = try stress("vhi").elements().map { try $0.flatNumbers() }
        fraction = try stress("crop_fraction").flatNumbers()
        zone = try stress("sector").flatNumbers()
        coefficients = try stress("kc").numbers()
        guard health.allSatisfy({ $0.count == fraction.count }), zone.count == fraction.count,
            coefficients.count == health.count
        else {
            throw SelfTestVectors.damaged(
                Place(file: Self.file, field: "asi"), "its rows differ in length")
        }
    }

    func checks(for profile: SelfTestProfile, kernels: Kernels) throws -> [SelfTestCheck] {
        switch profile {
        case .jilaal:
            try means(kernels) + [classes()] + season(.unweighted, kernels)
                + index(.unweighted, byArea: true)
        case .ndma: try means(kernels) + [classes(), otherClasses()]
        case .faoASIS:
            try season(.weighted, kernels) + index(.weighted, byArea: false)
                + index(.weighted, byArea: true) + [countOrArea(), weightedOrNot()]
        case .climateIndices, .rBFAST: []
        }
    }

    // MARK: Three months

    private func means(_ kernels: Kernels) throws -> [SelfTestCheck] {
        let series = try condition("vci_dekadal").numbers()
        let expected = try condition("vci3m").numbers()
        guard let mean = VCIMean(months: 3, of: .dekad) else { return [] }
        return [
            SelfTestCheck(
                "VCI3M, series", of: Self.file, tolerance: SelfTestTolerance.arithmetic
            ) { found in
                found.compare(mean.trailingMeans(of: series), expected, in: "vci3m")
            },
            SelfTestCheck(
                "VCI3M, kernel", of: Self.file, tolerance: SelfTestTolerance.float,
                isRelative: true
            ) { found in
                let block = SeriesBlock.holding([series])
                for step in series.indices {
                    let value = ResultPlane<Float>(1, .nan)
                    let reason = ResultPlane<UInt8>(1, 0)
                    if let window = mean.window(endingAt: step) {
                        kernels.meanOfWindow(
                            block, steps: window, rule: mean.rule, into: value.pointer,
                            reasons: reason.pointer)
                    }
                    found.compare(
                        Double(value.values[0]), expected[step], at: "vci3m step \(step)")
                }
            },
        ]
    }

    private func codes(_ table: IndicatorClassTable) throws -> [Double] {
        try condition("vci3m").numbers().map { value in
            table.indicatorClass(of: value).map { Double($0.code) } ?? .nan
        }
    }

    private func classes() throws -> SelfTestCheck {
        let expected = try condition("class_1_5").numbers()
        let found = try codes(.vegetationDeficit)
        return SelfTestCheck(
            "class of VCI3M", of: Self.file, tolerance: SelfTestTolerance.exact
        ) { $0.compare(found, expected, in: "class_1_5") }
    }

    private func otherClasses() throws -> SelfTestCheck {
        let expected = try condition("class_1_5").numbers()
        let found = try codes(.kogan)
        return SelfTestCheck(
            "class of VCI3M: bounds of Kogan for the deficit classes", of: Self.file,
            tolerance: nil
        ) { $0.compare(found, expected, in: "class_1_5") }
    }

    // MARK: Season

    private enum Weighting: String {
        case unweighted
        /// By the crop coefficients of the steps.
        case weighted = "kc_weighted"
    }

    private func weights(_ weighting: Weighting) -> [Double] {
        weighting == .weighted ? coefficients : []
    }

    private func means(_ weighting: Weighting) -> [Double] {
        let rule = SeasonalStressRule()
        return fraction.indices.map { cell in
            rule.seasonalMean(of: health.map { $0[cell] }, weights: weights(weighting))
        }
    }

    private func season(_ weighting: Weighting, _ kernels: Kernels) throws -> [SelfTestCheck] {
        let expected = try stress("expected")(weighting.rawValue)("season_mean_vhi").flatNumbers()
        let name = weighting == .weighted ? "seasonal VHI by crop coefficient" : "seasonal VHI"
        return [
            SelfTestCheck(
                name + ", series", of: Self.file, tolerance: SelfTestTolerance.arithmetic
            ) { $0.compare(means(weighting), expected, in: "cell") },
            SelfTestCheck(
                name + ", kernel", of: Self.file, tolerance: SelfTestTolerance.float,
                isRelative: true
            ) { found in
                let cells = fraction.count
                let season = SeasonalStress(cells: cells)
                season.begin(cells: cells)
                for (step, plane) in health.enumerated() {
                    season.add(
                        plane.map { Float($0) },
                        weight: weighting == .weighted ? coefficients[step] : 1, kernels: kernels)
                }
                var mean = [Float](repeating: .nan, count: cells)
                var codes = [UInt8](repeating: 0, count: cells)
                var reasons = codes
                season.finish(
                    rule: SeasonalStressRule(), mean: &mean, stress: &codes, reasons: &reasons,
                    kernels: kernels)
                found.compare(mean.map { Double($0) }, expected, in: "cell")
            },
        ]
    }

    private func zones(_ weighting: Weighting) -> [(name: String, result: AgriculturalStress.Result)] {
        let rule = SeasonalStressRule()
        let means = means(weighting)
        return Set(zone).sorted().compactMap { number in
            // The reference takes every cell that has crops.
            var sum = AgriculturalStress(minimumFraction: 0)
            for cell in means.indices where zone[cell] == number {
                sum.add(
                    isStressed: means[cell].isNaN ? nil : means[cell] < rule.threshold,
                    mean: means[cell], fraction: fraction[cell], area: 1)
            }
            return sum.result.map { ("sector\(Int(number))", $0) }
        }
    }

    private func expected(_ weighting: Weighting, _ zone: String, _ member: String) throws -> Double {
        try stress("expected")(weighting.rawValue)(zone)(member).number()
    }

    private func index(_ weighting: Weighting, byArea: Bool) throws -> [SelfTestCheck] {
        let name = byArea ? "ASI by area" : "ASI by number of pixels"
        return [
            try SelfTestCheck(
                name, of: Self.file, tolerance: SelfTestTolerance.arithmetic
            ) { found in
                for (zone, result) in zones(weighting) {
                    if byArea {
                        found.compare(
                            result.percentOfArea,
                            try expected(weighting, zone, "asi_area_weighted_pct"), at: zone)
                        found.compare(
                            result.meanVegetationHealth,
                            try expected(weighting, zone, "mean_vhi_area_weighted"), at: zone)
                    } else {
                        found.compare(
                            result.percentOfCells, try expected(weighting, zone, "asi_pixel_pct"),
                            at: zone)
                        found.compare(
                            Double(result.validCells),
                            try expected(weighting, zone, "n_crop_pixels"), at: zone)
                    }
                }
            }
        ]
    }

    private func countOrArea() throws -> SelfTestCheck {
        try SelfTestCheck(
            "ASI: by area (our default) for the number of pixels", of: Self.file, tolerance: nil
        ) { found in
            for (zone, result) in zones(.weighted) {
                found.compare(
                    result.percentOfArea, try expected(.weighted, zone, "asi_pixel_pct"), at: zone)
            }
        }
    }

    private func weightedOrNot() throws -> SelfTestCheck {
        try SelfTestCheck(
            "ASI: dekads alike (our default) for crop coefficients", of: Self.file, tolerance: nil
        ) { found in
            for (zone, result) in zones(.unweighted) {
                found.compare(
                    result.percentOfArea, try expected(.weighted, zone, "asi_area_weighted_pct"),
                    at: zone)
            }
        }
    }
}
