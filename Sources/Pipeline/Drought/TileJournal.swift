import Diagnostics
import Foundation
import Glibc
import GridCore

/// Keeps the tiles that a drought stage has finished, so that a run that was
/// killed goes on with those that were not.
///
/// One file a tile, in ROOT/cache/tiles/<key>; the key is that of the stage
/// and of what it computes. A damaged tile is computed again.
struct TileJournal: Sendable {
    static let folderName = "cache/tiles"

    private let path: String
    /// Series of the night: tiles name composites by their place in it,
    /// because positions in the archive move when it grows.
    private let series: [Int]
    /// Places in the series of the composites that are computed.
    private let wanted: [Int]

    /// What is kept of a tile beside its cells.
    private struct Kept: Codable {
        /// Places in the series of the composites that it was computed for.
        var composites: [Int]
        var contribution: TileContribution
    }

    /// - Parameters:
    ///   - root: the output folder.
    ///   - key: of everything that a tile depends on.
    ///   - series: every composite of the night, known from earlier nights or
    ///     not.
    ///   - wanted: those that are computed. A tile that was computed for
    ///     these and more is as good: a run that was killed after its last
    ///     tile may have kept the series already.
    init(root: String, key: String, series: [Int], wanted: [Int]) throws(PublishError) {
        path = root + "/" + Self.folderName + "/" + key
        self.series = series
        self.wanted = wanted.compactMap { series.firstIndex(of: $0) }
        try RunDirectory.makeFolders(path)
    }

    private func name(_ index: Int) -> String { "tile-\(index)" }

    /// What was found for a tile; nil when it has to be computed. `layers`
    /// holds its cells afterwards.
    func load(_ index: Int, cells: Int, into layers: TileLayers) -> TileContribution? {
        guard
            let bytes = CheckedFile.read(
                path + "/" + name(index), planes: layers.planes(cells: cells)),
            let kept = try? PropertyListDecoder().decode(Kept.self, from: Data(bytes)),
            wanted.allSatisfy(kept.composites.contains)
        else { return nil }
        var contribution = kept.contribution
        contribution.entries.removeAll { !wanted.contains($0.composite) }
        for entry in contribution.entries.indices {
            let place = contribution.entries[entry].composite
            guard series.indices.contains(place) else { return nil }
            contribution.entries[entry].composite = series[place]
        }
        return contribution
    }

    /// Keeps a finished tile.
    func save(
        _ contribution: TileContribution, _ index: Int, cells: Int, layers: TileLayers
    ) throws {
        var stored = contribution
        for entry in stored.entries.indices {
            guard let place = series.firstIndex(of: stored.entries[entry].composite) else { return }
            stored.entries[entry].composite = place
        }
        let encoder = PropertyListEncoder()
        encoder.outputFormat = .binary
        let kept = Kept(composites: wanted, contribution: stored)
        try CheckedFile.write(
            name(index), in: path, head: Array(try encoder.encode(kept)),
            planes: layers.planes(cells: cells))
    }

    /// Removes the tiles of all keys: the stage that they were for is kept as
    /// a whole now, and others were broken off and not asked for again.
    static func clear(root: String) throws(PublishError) {
        let cache = root + "/cache"
        guard FileStatus(of: cache + "/tiles", in: AT_FDCWD) != nil else { return }
        let folder = try Descriptor(
            opening: cache, flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW, kind: .unsafePath,
            shownAs: cache)
        try DirectoryTree.remove("tiles", in: folder.number, shownAs: cache + "/tiles")
    }
}
