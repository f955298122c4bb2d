import Calendar

extension RasterProfile {
    /// Vegetation indices of VIIRS, version 2: Suomi NPP (VNP13) and NOAA-20
    /// (VJ113), each every eight days in 16-day composites (Didan and others
    /// 2018, VIIRS vegetation index product suite user guide).
    static let viirsVegetation: [RasterProfile] = [
        vnp13("a1", "500 m, 16-day", layers: "500_m_16_days", cells: 2400, isChecked: false),
        vnp13("a2", "1 km, 16-day", layers: "1_km_16_days", cells: 1200, isChecked: true),
        vnp13(
            "a3", "1 km, monthly", layers: "1_km_monthly", cells: 1200, isChecked: false,
            periods: .month),
    ]

    private static func vnp13(
        _ grain: String, _ title: String, layers: String, cells: Int, isChecked: Bool,
        periods: PeriodScheme = .eightDay
    ) -> RasterProfile {
        let upper = grain.uppercased()
        return RasterProfile(
            id: "vnp13\(grain)", title: "VNP13\(upper)/VJ113\(upper) v002, \(title)",
            filePrefixes: ["VNP13\(upper)", "VJ113\(upper)"], driver: "HDF5",
            layer: "\(layers)_NDVI", dates: "*.A{yyyy}{doy}.*", scale: 0.0001,
            fill: [-15000, -13000], validRange: -10000...10000, periods: periods,
            qualityLayers: [
                viirsReliability(layers), .vegetationIndexQuality(
                    "\(layers)_VI_Quality",
                    landWater: [
                        "shallow_ocean", "land", "coastline", "shallow_inland_water",
                        "mixed_land_water", "deep_inland_water", "mixed_water_land", "deep_ocean",
                    ]),
            ],
            keep: [
                QualityRequirement(
                    "pixel_reliability", ["excellent", "good", "acceptable", "marginal"])
            ],
            dayOfYearLayer: periods == .month ? nil : "\(layers)_composite_day_of_the_year",
            stored: StoredForm(
                types: ["Int16"], scaleAttribute: 0.0001,
                cellWidth: SinusoidalTile.edgeInMeters / Double(cells)),
            placement: .sinusoidalTile(cells: cells), isCheckedAgainstRealFile: isChecked,
            caution: "ranks of pixel reliability are not those of MODIS; the scale_factor of 0.0001 "
                + "multiplies, unlike that of MOD13; the file does not tell GDAL where it lies, so the "
                + "tile in its name does",
            citation: "Didan, K. and Barreto, A. VIIRS vegetation indices VNP13\(upper). NASA EOSDIS "
                + "LP DAAC")
    }

    /// Ranks of VNP13, as the legend in the files has them; -1 (no data) and
    /// -4 (water) are stored as 255 and 252.
    private static func viirsReliability(_ layers: String) -> QualityLayer {
        QualityLayer(
            layer: "\(layers)_pixel_reliability", fill: [255, 65_535],
            fields: [
                QualityField(
                    "pixel_reliability", shift: 0, width: 8,
                    [
                        "excellent", "good", "acceptable", "marginal", "pass", "questionable", "poor",
                        "cloud_shadow", "snow", "cloud", "estimated", "long_term_average",
                    ].enumerated().map { QualityValue($1, [$0]) } + [QualityValue("water", [252])])
            ], best: [QualityRequirement("pixel_reliability", ["excellent", "good"])])
    }

    /// Expedited VIIRS of USGS for FEWS NET: 10-day maxima, made anew every
    /// pentad and smoothed in time.
    static let expedited = [
        RasterProfile(
            id: "eviirs-ndvi", title: "eVIIRS NDVI of USGS FEWS NET, 375 m, each pentad",
            filePrefixes: [], dates: "*{yy}{pentad}*", scale: 0.01, offset: -1, fill: [255],
            validRange: 0...200, periods: .pentad,
            stored: StoredForm(types: ["UInt8"]),
            needsStatedScale: true,
            caution: "bytes of 0-200 for NDVI x 100 + 100 by report, not by document: state `scale` "
                + "and `offset` after the metadata of your files; anomaly and percent files have other "
                + "scales; the newest dekads are provisional and come again with other numbers",
            citation: "USGS EROS: expedited VIIRS (eVIIRS) NDVI, FEWS NET")
    ]
}
