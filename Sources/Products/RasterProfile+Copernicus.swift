import Calendar

extension RasterProfile {
    /// NDVI of the Copernicus Global Land Service, a dekad each (technical
    /// characteristics of NDVI 300 m version 2 and 1 km version 3).
    static let copernicus = [
        cgls(
            "cgls-ndvi-300m", "300 m, version 2", prefix: "c_gls_NDVI300_", cellsPerDegree: 336),
        cgls(
            "cgls-ndvi-1km", "1 km, versions 2 and 3", prefix: "c_gls_NDVI_", cellsPerDegree: 112),
    ]

    private static func cgls(
        _ id: String, _ title: String, prefix: String, cellsPerDegree: Double
    ) -> RasterProfile {
        RasterProfile(
            id: id, title: "Copernicus Global Land NDVI \(title), dekad",
            filePrefixes: [prefix], driver: "netCDF", layer: "NDVI", dates: "*_{yyyy}{mm}{dd}*",
            scale: 1.0 / 250.0, offset: -0.08, fill: [251, 252, 253, 254, 255],
            validRange: 0...250, periods: .dekad,
            stored: StoredForm(
                types: ["UInt8"], scaleAttribute: 1.0 / 250.0, cellWidth: 1 / cellsPerDegree),
            caution: "stored numbers are DN of 0-250; 254 is sea, 255 missing; coordinates in the "
                + "file are those of cell centres, and near-real-time dekads come again with other "
                + "numbers",
            citation: "Copernicus Global Land Service NDVI product user manual")
    }

    /// The long record of AVHRR.
    static let gimms = [
        RasterProfile(
            id: "gimms-ndvi3g", title: "GIMMS NDVI3g, 1/12 degree, half-monthly",
            filePrefixes: ["ndvi3g"], scale: 1, validRange: -1...1, periods: .halfMonth,
            isCheckedAgainstRealFile: true,
            caution: "read as GeoTIFF copies that hold NDVI itself",
            citation: "Pinzon, J. E. and Tucker, C. J. 2014. Remote Sensing 6: 6929-6960")
    ]
}
