import Drought

/// The bounds of published classes, and to which class each bound belongs.
struct ClassArea: SelfTestArea {
    static let file = "class_thresholds.csv"

    private static let schemes: [(name: String, table: IndicatorClassTable)] = [
        ("VCI3M_NDMA", .vegetationDeficit), ("VCI_VHI_KOGAN", .kogan), ("VHI_USDM", .vhiUSDM),
        ("PERCENTILE_USDM", .percentileUSDM), ("SPI_WMO", .spiWMO), ("SPI_USDM", .spiUSDM),
    ]

    private let schemes: [String]
    private let names: [String]
    private let lower: (bounds: [Double], areInclusive: [Int])
    private let upper: (bounds: [Double], areInclusive: [Int])

    init(_ vectors: SelfTestVectors) throws {
        let table = try vectors.table(Self.file)
        schemes = try table.texts("scheme")
        names = try table.texts("class")
        lower = (try table.numbers("lower"), try table.integers("lower_inclusive"))
        upper = (try table.numbers("upper"), try table.integers("upper_inclusive"))
    }

    func checks(for profile: SelfTestProfile, kernels: Kernels) -> [SelfTestCheck] {
        switch profile {
        case .jilaal: [check(Self.schemes.map(\.name))]
        case .ndma: [check(["VCI3M_NDMA"])]
        case .climateIndices: [check(["SPI_WMO"])]
        case .faoASIS, .rBFAST: []
        }
    }

    private func check(_ wanted: [String]) -> SelfTestCheck {
        SelfTestCheck(
            "bounds of classes", of: Self.file, tolerance: SelfTestTolerance.exact
        ) { found in
            for (name, table) in Self.schemes where wanted.contains(name) {
                let rows = schemes.indices.filter { schemes[$0] == name }
                found.match(rows.map { names[$0] } == table.classes.map(\.name), at: name)
                for (row, entry) in zip(rows, table.classes) {
                    let place = "\(name) \(entry.name)"
                    found.compare(entry.lower ?? .nan, lower.bounds[row], at: place)
                    found.compare(entry.upper ?? .nan, upper.bounds[row], at: place)
                    for (bound, isInside) in [
                        (entry.lower, lower.areInclusive[row]),
                        (entry.upper, upper.areInclusive[row]),
                    ] {
                        guard let bound else { continue }
                        found.match(
                            (table.indicatorClass(of: bound) == entry) == (isInside == 1),
                            at: place)
                    }
                }
            }
        }
    }
}
