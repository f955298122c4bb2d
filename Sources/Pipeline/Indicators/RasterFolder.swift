import Foundation
import Products

/// Which files of a folder are the rasters of a product.
enum RasterFolder {
    /// A file or a pattern of files.
    struct Source: Equatable {
        var path: String
        var isPattern: Bool
    }

    private static let extensions = ["tif", "tiff", "hdf", "h5", "nc"]

    /// What a path of `jilaal drought` means.
    ///
    /// Of a folder: the files that are named as the product's, else those with
    /// the commonest extension of rasters (the first in `extensions` of
    /// equally common ones); a single raster is a file with many bands. A
    /// folder without rasters is left to the reader, which says so.
    static func source(of path: String, product: String) -> Source {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
            isFolder.boolValue
        else {
            let name = ConfiguredPattern.split(path).name
            return Source(path: path, isPattern: name.contains("*") || name.contains("?"))
        }
        let folder = path.hasSuffix("/") ? String(path.dropLast()) : path
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let rasters = names.filter { !$0.hasPrefix(".") && kind($0) != nil }.sorted()
        let prefix = RasterProfile.named(product).flatMap { commonPrefix($0, rasters) }
        let known = rasters.filter { name in
            prefix.map { matches(name, prefix: $0) } ?? true
        }
        if known.count == 1, let only = known.first {
            return Source(path: "\(folder)/\(only)", isPattern: false)
        }
        let counts = extensions.map { ending in (ending, known.count { kind($0) == ending }) }
        guard let most = counts.map(\.1).max(), most > 0,
            let ending = counts.first(where: { $0.1 == most })?.0
        else { return Source(path: folder + "/*", isPattern: true) }
        // As it is written there: patterns tell large from small letters.
        let written = known.first { kind($0) == ending }?.split(separator: ".").last ?? ""
        return Source(path: "\(folder)/\(prefix ?? "")*.\(written)", isPattern: true)
    }

    private static func kind(_ name: String) -> String? {
        let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
        return extensions.contains(ending) ? ending : nil
    }

    /// The beginning of the product's names, with `?` where those of its
    /// satellites differ; nil when it has none or no file is named so.
    private static func commonPrefix(_ profile: RasterProfile, _ names: [String]) -> String? {
        guard let first = profile.filePrefixes.first,
            profile.filePrefixes.allSatisfy({ $0.count == first.count })
        else { return nil }
        let pattern = String(
            first.indices.map { index in
                profile.filePrefixes.allSatisfy { $0[index] == first[index] } ? first[index] : "?"
            })
        return names.contains { matches($0, prefix: pattern) } ? pattern : nil
    }

    private static func matches(_ name: String, prefix: String) -> Bool {
        name.count >= prefix.count && zip(name, prefix).allSatisfy { $0 == $1 || $1 == "?" }
    }
}
