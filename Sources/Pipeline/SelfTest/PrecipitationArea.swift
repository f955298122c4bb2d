import Diagnostics
import Drought
import GridCore

/// The standardized precipitation index over 1, 3, 6 and 12 months of forty
/// years of rain in Somalia's manner.
struct PrecipitationArea: SelfTestArea {
    static let file = "spi_monthly.csv"
    static let fitFile = "spi_gamma_fits.csv"
    private static let scales = [1, 3, 6, 12]
    /// hdc-algo stores thousandths.
    private static let thousandths = 5.1e-4
    /// Float32 up to 3.09, rain in Float32, and the kernel's series.
    private static let kernelTolerance = 1e-6

    private let table: VectorTable
    private let fits: VectorTable
    private let rain: [Double]
    private let months: [Int]
    /// Rows of 1991 to 2020.
    private let normal: Range<Int>

    init(_ vectors: SelfTestVectors) throws {
        table = try vectors.table(Self.file)
        fits = try vectors.table(Self.fitFile)
        rain = try table.numbers("precip_mm")
        months = try table.integers("month")
        let years = try table.integers("year")
        let first = years.firstIndex { $0 >= 1991 } ?? 0
        normal = first..<max(first, years.lastIndex { $0 <= 2020 }.map { $0 + 1 } ?? 0)
    }

    func checks(for profile: SelfTestProfile, kernels: Kernels) throws -> [SelfTestCheck] {
        switch profile {
        case .jilaal:
            let rule = Self.own
            return try [
                series("SPI, series", "ref_thom_cal1991_2020", rule, normal),
                kernel("SPI, kernel", "ref_thom_cal1991_2020", rule, normal, kernels),
                series(
                    "SPI by maximum likelihood, series", "ref_mle_cal1991_2020",
                    { rule(&$0); $0.fit = .maximumLikelihood }, normal),
                series(
                    "SPI with zeros by Weibull's position, series", "ref_thom_center_cal1991_2020",
                    { rule(&$0); $0.zeros = .weibull }, normal),
                gammaFits(),
                series(
                    "SPI: zeros of the calibration, in hdc-algo of the whole record",
                    "hdc_cal1991_2020", { $0.fit = .maximumLikelihood }, normal, tolerance: nil),
                series(
                    "SPI by maximum likelihood over the whole record: hdc-algo, thousandths",
                    "hdc_fullcal", { $0.fit = .maximumLikelihood; $0.clip = nil },
                    rain.indices, tolerance: Self.thousandths),
                series(
                    "SPI: Thom's fit, in standard_precip L-moments", "standard_precip_lmom", rule,
                    rain.indices, tolerance: nil),
            ]
        case .climateIndices:
            return try [
                series("SPI, series", "climate_indices_gamma", Self.peer, normal),
                kernel("SPI, kernel", "climate_indices_gamma", Self.peer, normal, kernels),
                series(
                    "SPI calibrated by the whole record, series",
                    "climate_indices_gamma_fullcal", Self.peer, rain.indices),
                kernel(
                    "SPI calibrated by the whole record, kernel",
                    "climate_indices_gamma_fullcal", Self.peer, rain.indices, kernels),
                series(
                    "SPI: our defaults, arid rule included", "climate_indices_gamma", Self.own,
                    normal, tolerance: nil),
                series(
                    "SPI: zeros centred for classic", "climate_indices_gamma",
                    { Self.peer(&$0); $0.zeros = .centerOfMass }, normal, tolerance: nil),
                series(
                    "SPI: zeros by Weibull's position for classic", "climate_indices_gamma",
                    { Self.peer(&$0); $0.zeros = .weibull }, normal, tolerance: nil),
                series(
                    "SPI: maximum likelihood for Thom's fit", "climate_indices_gamma",
                    { Self.peer(&$0); $0.fit = .maximumLikelihood }, normal, tolerance: nil),
                series(
                    "SPI: calibrated by the whole record for 1991-2020", "climate_indices_gamma",
                    Self.peer, rain.indices, tolerance: nil),
                series(
                    "SPI: no clip for 3.09", "climate_indices_gamma",
                    { Self.peer(&$0); $0.clip = nil }, normal, tolerance: nil),
            ]
        case .ndma, .faoASIS, .rBFAST: return []
        }
    }

    private typealias Change = @Sendable (inout StandardizedPrecipitationRule) -> Void

    /// The defaults of the program.
    private static let own: Change = { _ in }
    /// climate_indices, as `parity: climate-indices` has it: Thom, classic
    /// zeros, cut off at 3.09, no arid rule.
    private static let peer: Change = { rule in
        rule.fit = .thom
        rule.zeros = .classic
        rule.clip = 3.09
        rule.mostZeroShare = nil
    }

    private func rule(
        _ scale: Int, _ calibration: Range<Int>, _ change: Change
    ) -> StandardizedPrecipitationRule {
        var rule = StandardizedPrecipitationRule(
            accumulation: scale, periodsPerYear: 12, firstSlot: (months.first ?? 1) - 1,
            calibration: calibration)
        change(&rule)
        return rule
    }

    /// SPI of the single series against one column of every scale.
    private func series(
        _ name: String, _ column: String, _ change: Change, _ calibration: Range<Int>,
        tolerance: Double? = SelfTestTolerance.digits
    ) throws -> SelfTestCheck {
        try SelfTestCheck(name, of: Self.file, tolerance: tolerance) { found in
            for scale in Self.scales {
                let column = "spi\(scale)_" + column
                let own = StandardizedPrecipitation(
                    rainfall: rain, rule: rule(scale, calibration, change))
                found.compare(own.values, try table.numbers(column), in: column)
            }
        }
    }

    private func kernel(
        _ name: String, _ column: String, _ change: Change, _ calibration: Range<Int>,
        _ kernels: Kernels
    ) throws -> SelfTestCheck {
        let block = SeriesBlock.holding([rain])
        let scratch = StandardizedPrecipitationScratch(steps: block.steps)
        return try SelfTestCheck(name, of: Self.file, tolerance: Self.kernelTolerance) { found in
            for scale in Self.scales {
                let column = "spi\(scale)_" + column
                let values = ResultPlane<Float>(block.steps * block.stride, .nan)
                let reasons = ResultPlane<UInt8>(block.steps * block.stride, 0)
                kernels.spi(
                    block, rule: rule(scale, calibration, change), wanted: 0..<block.steps,
                    scratch: scratch, into: values.pointer, reasons: reasons.pointer)
                found.compare(
                    (0..<block.steps).map { Double(values.pointer[$0 * block.stride]) },
                    try table.numbers(column), in: column)
            }
        }
    }

    private func gammaFits() throws -> SelfTestCheck {
        let scales = try fits.integers("scale")
        let slots = try fits.integers("month").map { $0 - 1 }
        guard slots.allSatisfy((0..<12).contains) else {
            throw SelfTestVectors.damaged(
                Place(file: Self.fitFile, field: "column \"month\""), "expected 1 to 12")
        }
        let columns = try ["n", "n_pos", "q", "A", "alpha_thom", "beta_thom", "alpha_mle", "beta_mle"]
            .map { ($0, try fits.numbers($0)) }
        return SelfTestCheck(
            "gamma fits, series", of: Self.fitFile, tolerance: SelfTestTolerance.digits,
            isRelative: true
        ) { found in
            for scale in Self.scales {
                let thom = StandardizedPrecipitation(
                    rainfall: rain, rule: rule(scale, normal, Self.own))
                let likely = StandardizedPrecipitation(
                    rainfall: rain,
                    rule: rule(scale, normal) { $0.fit = .maximumLikelihood })
                for row in scales.indices where scales[row] == scale {
                    let (fit, most) = (thom.fits[slots[row]], likely.fits[slots[row]])
                    let own = [
                        Double(fit.count), Double(fit.count - fit.zeros), fit.q,
                        fit.logDifference, fit.alpha, fit.beta, most.alpha, most.beta,
                    ]
                    for (value, (name, expected)) in zip(own, columns) {
                        found.compare(
                            value, expected[row], at: "scale \(scale) month \(slots[row] + 1) \(name)")
                    }
                }
            }
        }
    }
}
