import Drought
import Glibc
import GridCore

/// The Whittaker smoother: solutions for given lambdas, the V-curve with its
/// trace, and asymmetric fits.
struct SmoothingArea: SelfTestArea {
    static let systems = "whittaker_ws2d.json"
    static let curves = "whittaker_vcurve.json"
    /// Of the dense solutions, whose condition is up to 1e6.
    private static let systemTolerance = 1e-6
    private static let traceTolerance = 1e-9
    /// Half a step of Float32 below 8192, and the systems' tolerance.
    private static let floatTolerance = 0.000245 + systemTolerance

    private let cases: [VectorNode]
    private let chosen: [VectorNode]

    init(_ vectors: SelfTestVectors) throws {
        cases = try vectors.document(Self.systems)("cases").elements()
        chosen = try vectors.document(Self.curves)("cases").elements()
    }

    func checks(for profile: SelfTestProfile, kernels: Kernels) throws -> [SelfTestCheck] {
        guard profile == .jilaal else { return [] }
        return try [
            systems(), systemsByKernel(kernels), trace(), integers(), byKernel(kernels),
            crossValidation(),
        ] + differences()
    }

    // MARK: Given lambda

    private func systems() throws -> SelfTestCheck {
        try SelfTestCheck(
            "Whittaker with given lambda, series", of: Self.systems,
            tolerance: Self.systemTolerance
        ) { found in
            for item in cases {
                let rule = WhittakerRule(lambda: .fixed(try item("lambda").number()))
                let fit = Whittaker.smooth(
                    try item("y").numbers(), weights: try item("w").numbers(), rule: rule)
                found.compare(fit?.values ?? [], try item("z_dense").numbers(), in: item.path)
            }
        }
    }

    private func systemsByKernel(_ kernels: Kernels) throws -> SelfTestCheck {
        try SelfTestCheck(
            "Whittaker with given lambda, kernel", of: Self.systems,
            tolerance: Self.floatTolerance
        ) { found in
            for item in cases {
                let rule = WhittakerRule(lambda: .fixed(try item("lambda").number()))
                let (curve, _) = Self.smoothed(
                    try item("y").numbers(), weights: try item("w").numbers(), rule, kernels)
                found.compare(curve, try item("z_dense").numbers(), in: item.path)
            }
        }
    }

    /// One series by the kernel, with log10 of its lambda.
    private static func smoothed(
        _ series: [Double], weights: [Double]? = nil, _ rule: WhittakerRule, _ kernels: Kernels
    ) -> (curve: [Double], log10Lambda: Double) {
        let block = SeriesBlock.holding([series])
        let weights = weights.map { SeriesBlock.holding([$0]) }
        let result = SeriesBlock(cells: 1, steps: series.count)
        let lambda = ResultPlane<Float>(1, .nan)
        let reason = ResultPlane<UInt8>(1, 0)
        kernels.smooth(
            block, rule: rule, weights: weights.map { UnsafePointer($0.values) },
            scratch: WhittakerScratch(steps: series.count), into: result, lambda: lambda.pointer,
            reasons: reason.pointer)
        return (
            series.indices.map { Double(result.plane($0)[0]) }, Double(lambda.values[0])
        )
    }

    // MARK: Chosen lambda

    private func series(_ item: VectorNode) throws -> [Double] {
        let nodata = try item("nodata").number()
        return try item("y").numbers().map { $0 == nodata ? .nan : $0 }
    }

    private func grid(_ item: VectorNode) throws -> [Double] { try item("srange_log10").numbers() }

    private func trace() throws -> SelfTestCheck {
        try SelfTestCheck(
            "V-curve and its trace, series", of: Self.curves, tolerance: Self.traceTolerance
        ) { found in
            for item in chosen {
                let fit = Whittaker.smooth(
                    try series(item), rule: WhittakerRule(lambda: .vCurve(log10: try grid(item))))
                let trace = try item("dense_check")
                let trials = fit?.trials ?? []
                let segments = fit?.vCurve ?? []
                for (values, member) in [
                    (trials.map(\.logMisfit), "log_fit"), (trials.map(\.logRoughness), "log_pen"),
                    (segments.map(\.distance), "v"),
                    (segments.map(\.log10Lambda), "log10_lambda_mid"),
                ] {
                    let part = try trace(member)
                    found.compare(values, try part.numbers(), in: part.path)
                }
                let part = try trace("log10_lambda_opt")
                found.compare(fit?.log10Lambda ?? .nan, try part.number(), at: part.path)
            }
        }
    }

    /// What hdc-algo stores for a rule.
    private struct Published {
        var rule: WhittakerRule
        var curve: [Double]
        var lambda: Double
        var place: String
    }

    private func published(_ item: VectorNode) throws -> [Published] {
        let vCurve = WhittakerRule.Lambda.vCurve(log10: try grid(item))
        let fixed = try item("ws2dgu_lam100")
        let asymmetric = try item("ws2dpgu_lam100_p0.9")
        let symmetricChoice = try item("optv")
        let asymmetricChoice = try item("optvp_p0.9")
        return [
            Published(
                rule: WhittakerRule(lambda: .fixed(100)), curve: try fixed.numbers(), lambda: 100,
                place: fixed.path),
            Published(
                rule: WhittakerRule(lambda: .fixed(100), asymmetry: 0.9),
                curve: try asymmetric.numbers(), lambda: 100, place: asymmetric.path),
            Published(
                rule: WhittakerRule(lambda: vCurve), curve: try symmetricChoice("z").numbers(),
                lambda: try symmetricChoice("lambda").number(), place: symmetricChoice.path),
            Published(
                rule: WhittakerRule(lambda: vCurve, asymmetry: 0.9),
                curve: try asymmetricChoice("z").numbers(),
                lambda: try asymmetricChoice("lambda").number(), place: asymmetricChoice.path),
        ]
    }

    private func integers() throws -> SelfTestCheck {
        try SelfTestCheck(
            "Whittaker of hdc-algo in stored integers, series", of: Self.curves,
            tolerance: SelfTestTolerance.exact
        ) { found in
            for item in chosen {
                for reference in try published(item) {
                    let fit = Whittaker.smooth(try series(item), rule: reference.rule)
                    let stored = (fit?.values ?? []).map { $0.rounded(.toNearestOrEven) }
                    found.compare(stored, reference.curve, in: reference.place)
                }
            }
        }
    }

    private func byKernel(_ kernels: Kernels) throws -> SelfTestCheck {
        try SelfTestCheck(
            "Whittaker of hdc-algo in stored integers, kernel", of: Self.curves,
            tolerance: 0.5 + Self.floatTolerance
        ) { found in
            for item in chosen {
                for reference in try published(item) {
                    let (curve, lambda) = Self.smoothed(try series(item), reference.rule, kernels)
                    found.compare(curve, reference.curve, in: reference.place)
                    found.compare(lambda, log10(reference.lambda), at: reference.place)
                }
            }
        }
    }

    private func crossValidation() throws -> SelfTestCheck {
        try SelfTestCheck(
            "cross-validation of hdc-algo in stored integers, with its approximate trace",
            of: Self.curves, tolerance: Self.traceTolerance
        ) { found in
            for item in chosen {
                let fit = ApproximateCrossValidation(try series(item), log10: try grid(item))
                let (lambda, curve) = (try item("gcv")("lambda"), try item("gcv")("z"))
                found.compare(fit?.log10Lambda ?? .nan, log10(try lambda.number()), at: lambda.path)
                let stored = (fit?.curve ?? []).map { $0.rounded(.toNearestOrEven) }
                found.compare(stored, try curve.numbers(), in: curve.path)
            }
        }
    }

    // MARK: Other conventions

    private func differences() throws -> [SelfTestCheck] {
        [
            try SelfTestCheck(
                "asymmetric fit begun with the symmetric one, in hdc-algo with zeros",
                of: Self.curves, tolerance: nil
            ) { found in
                for item in chosen {
                    let fit = Whittaker.smooth(
                        try series(item),
                        rule: WhittakerRule(
                            lambda: .fixed(100), asymmetry: 0.9, asymmetricStart: .symmetricFit))
                    let part = try item("ws2dpgu_lam100_p0.9")
                    let stored = (fit?.values ?? []).map { $0.rounded(.toNearestOrEven) }
                    found.compare(stored, try part.numbers(), in: part.path)
                }
            },
            try crossValidation(
                "log10 lambda of cross-validation: exact trace, in hdc-algo approximate", "gcv",
                isRobust: false),
            try crossValidation(
                "the same of robust cross-validation, with other leverages too", "gcv_robust",
                isRobust: true),
        ]
    }

    private func crossValidation(
        _ name: String, _ member: String, isRobust: Bool
    ) throws -> SelfTestCheck {
        try SelfTestCheck(name, of: Self.curves, tolerance: nil) { found in
            for item in chosen {
                let fit = Whittaker.smooth(
                    try series(item),
                    rule: WhittakerRule(
                        lambda: .generalizedCrossValidation(log10: try grid(item)),
                        isRobust: isRobust))
                let part = try item(member)("lambda")
                found.compare(fit?.log10Lambda ?? .nan, log10(try part.number()), at: part.path)
            }
        }
    }
}
