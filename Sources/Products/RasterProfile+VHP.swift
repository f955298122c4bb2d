import Calendar

extension RasterProfile {
    /// Vegetation Health Products of NOAA STAR, weekly, 4 km and 1 km, one
    /// layer per GeoTIFF or all in a NetCDF (user guide version 2.0, 2018).
    static let vegetationHealth: [RasterProfile] = [
        vhp("VH", "VCI", .vegetationCondition, "vegetation condition", 0...100),
        vhp("VH", "TCI", .temperatureCondition, "temperature condition", 0...100),
        vhp("VH", "VHI", .vegetationHealth, "vegetation health", 0...100),
        vhp("SM", "SMN", .ndvi, "smoothed NDVI", -1...1),
        vhp("SM", "SMT", .landSurfaceTemperature, "smoothed brightness temperature, K", 150...400),
    ]

    private static func vhp(
        _ group: String, _ layer: String, _ quantity: Quantity, _ what: String,
        _ range: ClosedRange<Double>
    ) -> RasterProfile {
        RasterProfile(
            id: "vhp-\(layer.lowercased())",
            title: "NOAA STAR VHP \(layer): \(what), 4 km, weekly", quantity: quantity,
            filePrefixes: ["VHP.G04.C07."], fileMark: ".\(group).", driver: "netCDF",
            layer: layer, dates: "VHP.G04.C07.*.P{yyyy}{week}.\(group).*", scale: 1,
            fill: [-9999, -999], validRange: range, periods: .week,
            stored: StoredForm(types: ["Float32", "Float64"], cellWidth: 0.036),
            placement: .geographic(
                west: -180, north: 75.024, cell: 0.036, rows: 3616, columns: 10_000),
            caution: "weeks are counted from 1 January, not as ISO 8601 does; the satellite in the "
                + "name changes over the years; some files of the folder geo_TIFF are coloured "
                + "pictures, not values",
            citation: "Kogan, F. N. 1995. Advances in Space Research 15(11): 91-100; NOAA STAR "
                + "Vegetation Health Products")
    }
}
