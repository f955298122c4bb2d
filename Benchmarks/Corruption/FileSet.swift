import Foundation

/// A data file with the files beside it that are read as parts of it.
enum FileSet {
    /// The file first, then the other parts of a shapefile that are there.
    static func members(of file: String) -> [String] {
        guard file.lowercased().hasSuffix(".shp") else { return [file] }
        let others = ["shx", "dbf", "prj", "cpg"].map { String(file.dropLast(3)) + $0 }
        return [file] + others.filter { FileManager.default.fileExists(atPath: $0) }
    }
}
