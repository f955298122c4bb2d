extension IndicatorClassTable {
    /// Vegetation deficit classes of a VCI averaged over three months (Klisch
    /// and Atzberger 2016), as Kenya's drought bulletins print them. Bounds
    /// belong to the upper class. They are classes of vegetation alone and no
    /// drought phase.
    public static let vegetationDeficit = IndicatorClassTable(
        checked: "vegetation-deficit",
        [
            ("extreme", .extreme), ("severe", .severe), ("moderate", .moderate),
            ("normal", .none), ("above_normal", .none),
        ], [10, 20, 35, 50])

    /// VCI and VHI of Kogan (1995). Bounds belong to the upper class. That
    /// "mild" is a watch is our own choice.
    public static let kogan = IndicatorClassTable(
        checked: "kogan",
        [
            ("extreme", .extreme), ("severe", .severe), ("moderate", .moderate),
            ("mild", .watch), ("none", .none),
        ], [10, 20, 30, 40])

    /// VHI in the categories of the U.S. Drought Monitor: D4 1-5, D3 6-15, D2
    /// 16-25, D1 26-35, D0 36-45 of whole numbers, so bounds at 6, 16, 26, 36
    /// and 46 that belong to the upper class.
    public static let vhiUSDM = IndicatorClassTable(
        checked: "vhi-usdm", droughtMonitor, [6, 16, 26, 36, 46])

    /// Vegetation under stress: VHI below 40 (NOAA STAR). It names no degree:
    /// our own choice is a watch.
    public static let noaaStress = IndicatorClassTable(
        checked: "noaa-stress", [("stressed", .watch), ("unstressed", .none)], [40])

    /// Empirical percentiles in the categories of the U.S. Drought Monitor.
    /// Bounds belong to the upper class.
    public static let percentileUSDM = IndicatorClassTable(
        checked: "percentile-usdm", droughtMonitor, [2, 5, 10, 20, 30])

    /// SPI of McKee et al. (1993) and WMO-No. 1090 (2012). A drought class
    /// includes its upper bound (-1.0 is moderately dry), a wet class its
    /// lower.
    public static let spiWMO = IndicatorClassTable(
        checked: "spi-wmo",
        [
            ("extremely_dry", .extreme), ("severely_dry", .severe),
            ("moderately_dry", .moderate), ("near_normal", .none), ("moderately_wet", .none),
            ("very_wet", .none), ("extremely_wet", .none),
        ], [-2, -1.5, -1, 1, 1.5, 2], { $0 < 0 ? .lowerClass : .upperClass })

    /// SPI in the categories of the U.S. Drought Monitor. A class includes
    /// its upper bound.
    public static let spiUSDM = IndicatorClassTable(
        checked: "spi-usdm", droughtMonitor, [-2, -1.6, -1.3, -0.8, -0.5], { _ in .lowerClass })

    /// Stressed share of the crop or range area, percent, in the steps of
    /// FAO's maps. Bounds belong to the upper class. The names, and their
    /// places on the common scale, are our own.
    public static let agriculturalStress = IndicatorClassTable(
        checked: "agricultural-stress",
        [
            ("below_10", .none), ("10_to_25", .watch), ("25_to_40", .moderate),
            ("40_to_55", .severe), ("55_to_70", .extreme), ("70_to_85", .extreme),
            ("85_and_above", .extreme),
        ], [10, 25, 40, 55, 70, 85])

    /// The tables that a pipeline can name.
    public static let published: [IndicatorClassTable] = [
        vegetationDeficit, kogan, vhiUSDM, noaaStress, percentileUSDM, spiWMO, spiUSDM,
        agriculturalStress,
    ]

    public static func named(_ id: String) -> IndicatorClassTable? {
        published.first { $0.id == id }
    }

    private static let droughtMonitor: [(name: String, condition: DroughtCondition)] = [
        ("D4", .extreme), ("D3", .extreme), ("D2", .severe), ("D1", .moderate), ("D0", .watch),
        ("none", .none),
    ]
}
