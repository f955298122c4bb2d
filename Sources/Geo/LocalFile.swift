import Diagnostics
import Glibc

/// A path of an ordinary, readable file, checked before anything opens it.
public struct LocalFile: Sendable, Hashable {
    public let text: String
    public let byteCount: Int

    /// - Throws: `GeoError` when the path is not one of a local file, or the
    ///   file is missing, empty, unreadable or not an ordinary file.
    public init(_ path: String, writtenAs name: String) throws(GeoError) {
        let place = Place(file: name)
        guard !path.hasPrefix("/vsi"), !path.contains("://"),
            !path.unicodeScalars.contains(where: { $0.value < 32 })
        else {
            throw GeoError(
                .pathRefused, at: place,
                "only files of this machine are read (found a virtual path, a URL or a control "
                    + "character)",
                mend: "Fetch the file first and give its path")
        }
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw GeoError(
                .missingFile, at: place, "there is no such file",
                mend: "Check the path; in a pipeline file it starts at the folder of that file")
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw GeoError(
                .unreadableFile, at: place, "is not an ordinary file",
                mend: "Give the path of a file")
        }
        guard access(path, R_OK) == 0 else {
            throw GeoError(
                .unreadableFile, at: place, "may not be read by this user",
                mend: "Change its permissions")
        }
        guard status.st_size > 0 else {
            throw GeoError(
                .emptyFile, at: place, "the file is empty (0 bytes)", mend: "Fetch it again")
        }
        text = path
        byteCount = Int(status.st_size)
    }

    /// The error for a file that GDAL would not open: says what its first
    /// bytes look like.
    static func refusal(
        of path: String, writtenAs name: String, as wanted: String, errors: [GDALMessage]
    ) -> GeoError {
        let place = Place(file: name)
        let head = FileHead(of: path, atMost: 512)?.bytes ?? []
        let text = String(decoding: head, as: UTF8.self).lowercased()
            .drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        if text.hasPrefix("<!doctype html") || text.hasPrefix("<html") {
            return GeoError(
                .wrongContent, at: place,
                "is a web page (HTML), not a \(wanted): often the log-in or error page of a "
                    + "download",
                mend: "Open it in a browser to see what it says, and fetch the file again")
        }
        if text.hasPrefix("<"), text.contains("<vrtdataset") || text.contains("<ogrvrtdatasource") {
            return GeoError(
                .unknownFormat, at: place,
                "is a VRT, which may point to any other file and is therefore not read",
                mend: "Write it out as an ordinary file with gdal_translate")
        }
        if errors.contains(where: { $0.text.contains("object too complex/large") }) {
            return GeoError(
                .implausibleSize, at: place,
                "has a feature that is too large to be read (\(errors.summary))",
                mend: "Simplify it, or cut it into several features")
        }
        if isKnown(head, text: text) {
            return GeoError(
                .truncated, at: place,
                "begins like a \(wanted) but cannot be opened (\(errors.summary))",
                mend: "The file is truncated or damaged: fetch it again")
        }
        return GeoError(
            .unknownFormat, at: place,
            "cannot be opened as a \(wanted) (\(errors.summary))",
            mend: "Readable formats: GeoTIFF, HDF4, HDF5, NetCDF for rasters; GeoJSON, GeoPackage, "
                + "Shapefile for layers")
    }

    /// Whether the first bytes are those of a readable format.
    private static func isKnown(_ head: [UInt8], text: Substring) -> Bool {
        let beginnings: [[UInt8]] = [
            [0x49, 0x49], [0x4D, 0x4D],  // TIFF
            [0x0E, 0x03, 0x13, 0x01],  // HDF4
            [0x89, 0x48, 0x44, 0x46],  // HDF5
            [0x43, 0x44, 0x46],  // NetCDF
            [0x00, 0x00, 0x27, 0x0A],  // Shapefile
            Array("SQLite format 3".utf8),  // GeoPackage
        ]
        return beginnings.contains { head.starts(with: $0) } || text.hasPrefix("{")
    }
}
