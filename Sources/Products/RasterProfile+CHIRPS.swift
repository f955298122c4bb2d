import Calendar

extension RasterProfile {
    /// Rainfall sums of CHIRPS, versions 2 and 3, as GeoTIFF (Funk and others
    /// 2015; 50 S to 50 N, version 3 to 60).
    static let chirps: [RasterProfile] = [("2", "2.0"), ("3", "3.0")].flatMap { major, version in
        [
            ("dekad", "dekad", "{mm}.{month-dekad}.*", PeriodScheme.dekad),
            ("pentad", "pentad", "{mm}.{month-pentad}.*", .pentad),
            ("month", "monthly", "{mm}.tif*", .month),
        ].map { name, title, dates, periods in
            RasterProfile(
                id: "chirps-v\(major)-\(name)",
                title: "CHIRPS v\(version) rainfall, 0.05 degree, \(title)", quantity: .rainfall,
                filePrefixes: ["chirps-v\(version)."], dates: "chirps-v\(version).{yyyy}.\(dates)",
                scale: 1, fill: [-9999], validRange: 0...10000, periods: periods,
                stored: StoredForm(types: ["Float32", "Float64"]),
                caution: "millimetres per period: files in mm per day need `scale`; names of dekads "
                    + "and pentads are alike; preliminary files are replaced by final ones; the tag for "
                    + "-9999 may be absent",
                citation: "Funk, C. et al. 2015. The climate hazards infrared precipitation with "
                    + "stations. Scientific Data 2: 150066")
        }
    }
}
