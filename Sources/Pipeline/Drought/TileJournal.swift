import Diagnostics
import Drought
import Foundation
import Glibc
import GridCore

/// Keeps the parts that a drought stage has finished, so that a run that was
/// killed goes on with those that were not.
///
/// One file a part, in ROOT/cache/tiles/<key>; the key is that of the stage
/// and of what it computes. A damaged tile is computed again.
struct TileJournal: Sendable {
    static let folderName = "cache/tiles"

    private let path: String
    /// Series of the night: tiles name composites by their place in it,
    /// because positions in the archive move when it grows.
    private let series: [Int]

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
    init(root: String, key: String, series: [Int]) throws(PublishError) {
        path = root + "/" + Self.folderName + "/" + key
        self.series = series
        try RunDirectory.makeFolders(path)
    }

    /// What was found for a part; nil when it has to be computed. `planes`
    /// hold its cells afterwards.
    ///
    /// A part that was computed for more composites than are wanted now is as
    /// good: a run that was killed after its last part may have kept the
    /// series already.
    func load(_ part: TileWork.Part, into planes: [UnsafeMutableRawBufferPointer])
        -> TileContribution?
    {
        guard let bytes = CheckedFile.read(path + "/" + part.name, planes: planes),
            let kept = try? PropertyListDecoder().decode(Kept.self, from: Data(bytes)),
            case let wanted = places(of: part), wanted.allSatisfy(kept.composites.contains)
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

    /// Places in the series of what a part computes.
    private func places(of part: TileWork.Part) -> [Int] {
        part.slots.flatMap(\.wanted).compactMap { series.firstIndex(of: $0) }
    }

    /// Keeps a finished part.
    func save(
        _ contribution: TileContribution, _ part: TileWork.Part,
        planes: [UnsafeMutableRawBufferPointer]
    ) throws {
        var stored = contribution
        for entry in stored.entries.indices {
            guard let place = series.firstIndex(of: stored.entries[entry].composite) else { return }
            stored.entries[entry].composite = place
        }
        let encoder = PropertyListEncoder()
        encoder.outputFormat = .binary
        let kept = Kept(composites: places(of: part), contribution: stored)
        try CheckedFile.write(
            part.name, in: path, head: Array(try encoder.encode(kept)), planes: planes)
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
