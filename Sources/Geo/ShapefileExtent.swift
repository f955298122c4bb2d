import Diagnostics

/// How long the parts of a shapefile say they are.
///
/// GDAL fills up what is missing at the end of a `.dbf` with empty fields and
/// says nothing.
enum ShapefileExtent {
    /// - Throws: `GeoError` of kind `truncated` when a part is shorter than
    ///   it says, or the parts hold different numbers of records.
    ///   Source: ESRI Shapefile Technical Description (1998), tables 1 and
    ///   2; dBASE III file header.
    static func check(
        shapes: String, index: String, table: String, writtenAs name: String
    ) throws(GeoError) {
        var counts: [(part: String, records: Int)] = []
        for (part, path) in [(".shp", shapes), (".shx", index)] {
            guard let head = FileHead(of: path, atMost: 100),
                // In words of two bytes, this header of a hundred included.
                let words = head.number(at: 24, count: 4, isBigEndian: true)
            else { throw short(name, part, "its header") }
            guard words * 2 <= head.byteCount else {
                throw short(name, part, "\(words * 2) bytes, found \(head.byteCount)")
            }
            if part == ".shx" { counts.append((part, max(0, words * 2 - 100) / 8)) }
        }
        guard let head = FileHead(of: table, atMost: 32),
            let records = head.number(at: 4, count: 4, isBigEndian: false),
            let start = head.number(at: 8, count: 2, isBigEndian: false),
            let length = head.number(at: 10, count: 2, isBigEndian: false)
        else { throw short(name, ".dbf", "its header") }
        guard start + records * length <= head.byteCount else {
            throw short(name, ".dbf", "\(start + records * length) bytes, found \(head.byteCount)")
        }
        counts.append((".dbf", records))
        guard counts[0].records == counts[1].records else {
            throw GeoError(
                .truncated, at: Place(file: name),
                "its .shx lists \(counts[0].records) shapes and its .dbf \(counts[1].records) rows",
                mend: "The parts belong to different files or are damaged: copy them again together")
        }
    }

    private static func short(_ name: String, _ part: String, _ expected: String) -> GeoError {
        GeoError(
            .truncated, at: Place(file: name),
            "the \(part) of the shapefile ends early (expected \(expected))",
            mend: "The file is truncated: fetch it again")
    }
}
