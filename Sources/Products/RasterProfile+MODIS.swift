import Calendar

extension RasterProfile {
    /// Vegetation indices of Terra (MOD13), Aqua (MYD13) and archives of both
    /// (`mxd13`), version 6.1 (Didan and Barreto Munoz 2019, MODIS vegetation
    /// index user guide).
    static let modisVegetation: [RasterProfile] =
        [
            ("q1", "250 m, 16-day", "250m 16 days", 4800, false),
            ("a1", "500 m, 16-day", "500m 16 days", 2400, false),
            ("a2", "1 km, 16-day", "1 km 16 days", 1200, true),
        ].flatMap { grain, title, layers, cells, isChecked in
            sixteenDay(grain, title, layers: layers, cells: cells, isChecked: isChecked)
        } + monthly + [coarse]

    private static func sixteenDay(
        _ grain: String, _ title: String, layers: String, cells: Int, isChecked: Bool
    ) -> [RasterProfile] {
        let upper = grain.uppercased()
        func profile(
            _ id: String, _ name: String, prefixes: [String], phase: Int
        ) -> RasterProfile {
            var made = mod13(
                id, "\(name) v061, \(title)", layers: layers, prefixes: prefixes, cells: cells,
                periods: .sixteenDay)
            made.phaseInDays = phase
            made.dayOfYearLayer = "\(layers) composite day of the year"
            made.isCheckedAgainstRealFile = isChecked
            return made
        }
        let terra = profile("mod13\(grain)", "MOD13\(upper)", prefixes: ["MOD13\(upper)"], phase: 0)
        let aqua = profile("myd13\(grain)", "MYD13\(upper)", prefixes: ["MYD13\(upper)"], phase: 8)
        var both = mod13(
            "mxd13\(grain)", "MOD13\(upper) and MYD13\(upper) v061 in one archive, \(title) every 8 days",
            layers: layers, prefixes: terra.filePrefixes + aqua.filePrefixes, cells: cells,
            periods: .eightDay)
        both.dayOfYearLayer = terra.dayOfYearLayer
        both.combines = [terra.id, aqua.id]
        both.isCheckedAgainstRealFile = isChecked
        return [terra, aqua, both]
    }

    private static let monthly = ["MOD", "MYD"].map { satellite in
        mod13(
            "\(satellite.lowercased())13a3", "\(satellite)13A3 v061, 1 km, monthly",
            layers: "1 km monthly", prefixes: ["\(satellite)13A3"], cells: 1200, periods: .month)
    }

    private static let coarse = RasterProfile(
        id: "mod13c1", title: "MOD13C1/MYD13C1 v061, 0.05 degree, 16-day",
        filePrefixes: ["MOD13C1", "MYD13C1"], dates: "*.A{yyyy}{doy}.*", scale: 0.0001,
        fill: [-3000], validRange: -2000...10000, periods: .sixteenDay,
        isCheckedAgainstRealFile: true,
        caution: "read as GeoTIFF copies of the NDVI layer; give `layer` for the HDF originals",
        citation: "Didan, K. MODIS vegetation indices MOD13C1. NASA EOSDIS LP DAAC")

    private static func mod13(
        _ id: String, _ title: String, layers: String, prefixes: [String], cells: Int,
        periods: PeriodScheme
    ) -> RasterProfile {
        RasterProfile(
            id: id, title: title, filePrefixes: prefixes, driver: "HDF4",
            layer: "\(layers) NDVI", dates: "*.A{yyyy}{doy}.*", scale: 0.0001, fill: [-3000],
            validRange: -2000...10000, periods: periods,
            qualityLayers: [
                reliability(layers), .vegetationIndexQuality(
                    "\(layers) VI Quality",
                    landWater: [
                        "shallow_ocean", "land", "coastline", "shallow_inland_water",
                        "ephemeral_water", "deep_inland_water", "moderate_ocean", "deep_ocean",
                    ]),
            ],
            keep: [QualityRequirement("pixel_reliability", ["good", "marginal"])],
            stored: StoredForm(
                types: ["Int16"], scaleAttribute: 10000,
                cellWidth: SinusoidalTile.edgeInMeters / Double(cells)),
            placement: .sinusoidalTile(cells: cells),
            caution: "the file's scale_factor of 10000 is a divisor; GDAL shows it as a scale",
            citation: "Didan, K. MODIS vegetation indices \(title). NASA EOSDIS LP DAAC")
    }

    /// Ranks of MOD13 (user guide, table 4); -1 is stored as 255.
    private static func reliability(_ layers: String) -> QualityLayer {
        QualityLayer(
            layer: "\(layers) pixel reliability", fill: [255, 65_535],
            fields: [
                QualityField(
                    "pixel_reliability", shift: 0, width: 8, ["good", "marginal", "snow", "cloud"])
            ], best: [QualityRequirement("pixel_reliability", ["good"])])
    }

    /// Land surface temperature, 8-day means of clear days, version 6.1 (Wan,
    /// MODIS land surface temperature products users' guide, collection 6).
    static let modisTemperature: [RasterProfile] = [("MOD", "Terra"), ("MYD", "Aqua")].flatMap {
        satellite, name in
        ["Day", "Night"].map { time in
            RasterProfile(
                id: "\(satellite.lowercased())11a2" + (time == "Day" ? "" : "-night"),
                title: "\(satellite)11A2 v061, \(name), 1 km, 8-day, \(time.lowercased())",
                quantity: .landSurfaceTemperature, filePrefixes: ["\(satellite)11A2"],
                driver: "HDF4", layer: "LST_\(time)_1km", dates: "*.A{yyyy}{doy}.*", scale: 0.02,
                fill: [0], validRange: 7500...65535, periods: .eightDay,
                qualityLayers: [temperatureQuality("QC_\(time)")],
                keep: [
                    QualityRequirement("mandatory", ["good", "other"]),
                    QualityRequirement("lst_error", ["1k", "2k", "3k"]),
                ],
                stored: StoredForm(
                    types: ["UInt16"], scaleAttribute: 0.02,
                    cellWidth: SinusoidalTile.edgeInMeters / 1200),
                placement: .sinusoidalTile(cells: 1200),
                caution: "kelvin; the file's scale_factor of 0.02 multiplies, unlike that of MOD13, and "
                    + "0 means that no clear day was seen",
                citation: "Wan, Z., Hook, S. and Hulley, G. \(satellite)11A2 land surface temperature "
                    + "and emissivity. NASA EOSDIS LP DAAC")
        }
    }

    /// Byte QC of MOD11A2; an error of 3 K stands for 2 to 3 K.
    private static func temperatureQuality(_ layer: String) -> QualityLayer {
        QualityLayer(
            layer: layer,
            fields: [
                QualityField(
                    "mandatory", shift: 0, width: 2, ["good", "other", "cloud", "not_produced"]),
                QualityField(
                    "data_quality", shift: 2, width: 2,
                    [
                        QualityValue("good", [0]), QualityValue("other", [1]),
                        QualityValue("undetermined", [2, 3]),
                    ]),
                QualityField(
                    "emissivity_error", shift: 4, width: 2, ["0.01", "0.02", "0.04", "more"]),
                QualityField("lst_error", shift: 6, width: 2, ["1k", "2k", "3k", "more"]),
            ])
    }
}

extension QualityLayer {
    /// The 16 bits of `VI Quality` of MOD13 and VNP13, as the legend in the
    /// files has them.
    ///
    /// - Parameter landWater: the eight kinds of surface, which the two
    ///   sensors name differently.
    static func vegetationIndexQuality(_ layer: String, landWater: [String]) -> QualityLayer {
        QualityLayer(
            layer: layer, fill: [65_535],
            fields: [
                QualityField(
                    "modland", shift: 0, width: 2, ["good", "other", "cloudy", "not_produced"]),
                QualityField(
                    "usefulness", shift: 2, width: 4,
                    [
                        QualityValue("highest", [0]), QualityValue("lower", [1]),
                        QualityValue("decreasing", Array(2...11)), QualityValue("lowest", [12]),
                        QualityValue("not_useful", [13]), QualityValue("faulty", [14]),
                        QualityValue("not_processed", [15]),
                    ]),
                QualityField(
                    "aerosol", shift: 6, width: 2, ["climatology", "low", "average", "high"]),
                QualityField("adjacent_cloud", bit: 8),
                QualityField("brdf_correction", bit: 9),
                QualityField("mixed_clouds", bit: 10),
                QualityField("land_water", shift: 11, width: 3, landWater),
                QualityField("snow", bit: 14),
                QualityField("shadow", bit: 15),
            ], best: [QualityRequirement("modland", ["good"])])
    }
}
