import Foundation
import GridCore
import TestSupport
import Testing

@testable import Drought

/// SPI of series of one length at all steps, by a form of the kernel.
func kernelSPI(
    _ series: [[Float]], rule: StandardizedPrecipitationRule, kernels: Kernels
) -> (values: [[Float]], reasons: [[UInt8]]) {
    let block = SeriesBlock(series)
    let count = block.steps * block.stride
    let values = UnsafeMutablePointer<Float>.allocate(capacity: count)
    let reasons = UnsafeMutablePointer<UInt8>.allocate(capacity: count)
    defer {
        values.deallocate()
        reasons.deallocate()
    }
    kernels.spi(
        block, rule: rule, wanted: 0..<block.steps,
        scratch: StandardizedPrecipitationScratch(steps: block.steps), into: values,
        reasons: reasons)
    let places = series.indices.map { cell in
        (0..<block.steps).map { $0 * block.stride + cell }
    }
    return (places.map { $0.map { values[$0] } }, places.map { $0.map { reasons[$0] } })
}

/// Forty years of monthly rain in Somalia's manner, with the indices that
/// peers and an independent reference give for it.
struct PrecipitationVectors {
    let columns: [String: [Double]]

    init(_ name: String) throws {
        let rows = try String(
            contentsOf: TestPaths.fixture("drought/\(name)"), encoding: .utf8
        ).split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        var columns: [String: [Double]] = [:]
        for (index, column) in try #require(rows.first).enumerated() {
            columns[String(column)] = rows.dropFirst().map { Double($0[index]) ?? .nan }
        }
        self.columns = columns
    }

    func callAsFunction(_ name: String) throws -> [Double] { try #require(columns[name]) }
}

@Suite struct StandardizedPrecipitationTests {
    /// The references have nine digits.
    static let tolerance = 1e-8
    /// One peer stores thousandths, rounded, and counts its zeros over the
    /// whole record.
    static let quantized = 5.1e-4
    /// A Float up to 3.09 and the kernel's sums, as stated there.
    static let kernelTolerance = 1e-6
    /// 1991 to 2020 of a record that starts in 1981.
    static let normal = 120..<480

    static func rule(_ scale: Int, _ calibration: Range<Int> = normal)
        -> StandardizedPrecipitationRule
    {
        StandardizedPrecipitationRule(
            accumulation: scale, periodsPerYear: 12, calibration: calibration)
    }

    private func compare(
        _ found: [Double], _ expected: [Double], within tolerance: Double, _ name: String
    ) -> Int {
        var compared = 0
        for (step, (found, expected)) in zip(found, expected).enumerated() {
            guard !expected.isNaN else {
                #expect(found.isNaN, "\(name) step \(step)")
                continue
            }
            compared += 1
            #expect(
                abs(found - expected) <= tolerance,
                "\(name) step \(step): \(found), expected \(expected)")
        }
        return compared
    }

    @Test(arguments: [1, 3, 6, 12])
    func theReferencesAndThePeersGiveTheSameIndices(scale: Int) throws {
        let vectors = try PrecipitationVectors("spi_monthly.csv")
        let rain = try vectors("precip_mm")
        let steps = rain.count
        var compared = 0
        for (name, calibration, change) in [
            ("ref_thom_cal1991_2020", Self.normal, { _ in }),
            ("climate_indices_gamma", Self.normal, { _ in }),
            ("climate_indices_gamma_fullcal", 0..<steps, { _ in }),
            ("ref_mle_cal1991_2020", Self.normal, { $0.fit = .maximumLikelihood }),
            ("ref_thom_center_cal1991_2020", Self.normal, { $0.zeros = .weibull }),
        ] as [(String, Range<Int>, (inout StandardizedPrecipitationRule) -> Void)] {
            var rule = Self.rule(scale, calibration)
            change(&rule)
            let found = StandardizedPrecipitation(rainfall: rain, rule: rule).values
            let expected = try vectors("spi\(scale)_\(name)")
            compared += compare(found, expected, within: Self.tolerance, name)
        }
        #expect(compared == 5 * (steps - scale + 1))
        compared = 0
        for (name, calibration) in [
            ("hdc_cal1991_2020", Self.normal), ("hdc_fullcal", 0..<steps),
        ] {
            let found = try peerWithZerosOfTheWholeRecord(rain, scale, calibration)
            let expected = try vectors("spi\(scale)_\(name)")
            compared += compare(found, expected, within: Self.quantized, name)
        }
        #expect(compared == 2 * (steps - scale + 1))
        let sums = try vectors("sum\(scale)")
        let own = StandardizedPrecipitation.sums(of: rain, steps: scale)
        #expect(compare(own, sums, within: Self.tolerance, "sums") == steps - scale + 1)
    }

    /// Maximum likelihood, no clip, and the share of zeros of the whole
    /// record, where ours is that of the calibration.
    private func peerWithZerosOfTheWholeRecord(
        _ rain: [Double], _ scale: Int, _ calibration: Range<Int>
    ) throws -> [Double] {
        var rule = Self.rule(scale, calibration)
        rule.fit = .maximumLikelihood
        rule.clip = nil
        let ours = StandardizedPrecipitation(rainfall: rain, rule: rule)
        return ours.sums.enumerated().map { step, sum in
            guard !sum.isNaN else { return .nan }
            let all = stride(from: step % 12, to: rain.count, by: 12).map { ours.sums[$0] }
                .filter { !$0.isNaN }
            let q = Double(all.count { $0 == 0 }) / Double(all.count)
            let fit = ours.fits[step % 12]
            let (lower, upper) = GammaDistribution(shape: fit.alpha, scale: fit.beta)
                .probabilities(of: sum)
            let p = q + (1 - q) * lower
            return vectorNormalQuantile(
                SIMD8(repeating: p), complement: SIMD8(repeating: (1 - q) * upper))[0]
        }
    }

    @Test func theFitsEqualTheReference() throws {
        let fits = try PrecipitationVectors("spi_gamma_fits.csv")
        let rain = try PrecipitationVectors("spi_monthly.csv")("precip_mm")
        let scales = try fits("scale")
        for row in scales.indices {
            let slot = try Int(fits("month")[row]) - 1
            var rule = Self.rule(Int(scales[row]))
            let thom = StandardizedPrecipitation(rainfall: rain, rule: rule).fits[slot]
            rule.fit = .maximumLikelihood
            let likely = StandardizedPrecipitation(rainfall: rain, rule: rule).fits[slot]
            #expect(try Double(thom.count) == fits("n")[row])
            #expect(try Double(thom.count - thom.zeros) == fits("n_pos")[row])
            for (found, column) in [
                (thom.q, "q"), (thom.logDifference, "A"), (thom.alpha, "alpha_thom"),
                (thom.beta, "beta_thom"), (likely.alpha, "alpha_mle"), (likely.beta, "beta_mle"),
            ] {
                // Twelve digits, of which a difference of logarithms loses some.
                let expected = try fits(column)[row]
                #expect(abs(found - expected) <= Self.tolerance * max(1, abs(expected)), "\(column)")
            }
        }
        #expect(scales.count == 48)
    }

    @Test func aMissingStepIsNeverAPartialSum() {
        // The -9999 of a file arrives as a missing step.
        let sums = StandardizedPrecipitation.sums(of: [1, 2, .nan, 4, 5, 6], steps: 3)
        #expect(sums.prefix(5).allSatisfy(\.isNaN) && sums[5] == 15)
        #expect(StandardizedPrecipitation.sums(of: [1, -0.001, 2], steps: 3)[2] == 3)
    }

    static func randomRain(seed: UInt64, cells: Int, steps: Int) -> [[Float]] {
        var generator = SeededGenerator(seed: seed)
        return (0..<cells).map { cell in
            (0..<steps).map { step in
                if Int.random(in: 0..<70, using: &generator) == 0 { return .nan }
                let u = Double.random(in: 0..<1, using: &generator)
                let amount = -log(1 - Double.random(in: 0..<1, using: &generator))
                switch cell {
                case 0: return u < 0.95 ? 0 : Float(amount)  // arid
                case 1: return 7  // all equal
                case 2: return Float(100 + amount)  // hardly varies
                case 3: return step < steps / 2 ? .nan : Float(amount)  // short
                case 4: return u < 0.02 ? Float(amount * 5000) : Float(amount)  // outliers
                default: return u < 0.2 ? 0 : Float(amount * 40)
                }
            }
        }
    }

    @Test(arguments: kernelForms.indices, [1, 2])
    func theKernelEqualsTheSingleSeries(form: Int, variant: Int) {
        let steps = 36 * 4
        let rain = Self.randomRain(seed: 8, cells: 11, steps: steps)
        var rule = StandardizedPrecipitationRule(
            accumulation: variant, periodsPerYear: 4, firstSlot: 3, calibration: 10..<130)
        if variant == 2 {
            rule.fit = .maximumLikelihood
            rule.zeros = .weibull
            rule.clip = nil
            rule.mostZeroShare = nil
        }
        let found = kernelSPI(rain, rule: rule, kernels: kernelForms[form])
        var seen: Set<UInt8> = []
        for (cell, series) in rain.enumerated() {
            let expected = StandardizedPrecipitation(
                rainfall: series.map { Double($0) }, rule: rule)
            seen.formUnion(found.reasons[cell])
            #expect(found.reasons[cell] == expected.reasons.map(\.rawValue), "cell \(cell)")
            for (step, value) in expected.values.enumerated() {
                let number = Double(found.values[cell][step])
                // Beyond 6 the probability has few digits left.
                let tolerance = abs(value) > 6 ? 1e-4 : Self.kernelTolerance
                #expect(
                    (value.isNaN && number.isNaN) || abs(number - value) <= tolerance,
                    "cell \(cell) step \(step): \(number), expected \(value)")
            }
        }
        #expect(seen.isSuperset(of: variant == 1 ? [0, 1, 2, 7, 8, 9] : [0, 1, 2, 7]))
    }

    @Test func allFormsGiveTheSameBits() throws {
        let rain = Self.randomRain(seed: 9, cells: 9, steps: 30 * 4)
        let rule = StandardizedPrecipitationRule(
            accumulation: 3, periodsPerYear: 4, calibration: 0..<120)
        let results = kernelForms.map {
            kernelSPI(rain, rule: rule, kernels: $0).values.map { $0.map(\.bitPattern) }
        }
        let first = try #require(results.first)
        #expect(results.allSatisfy { $0 == first })
    }
}
