import Diagnostics
import Foundation
import Geo
import Glibc
import GridCore
import Synchronization

/// What was found of input files in earlier nights, so that an archive that
/// has not changed is not read again: digests, and that a raster is whole and
/// on the grid of its stack.
///
/// A digest is trusted when device, inode, size and both times of the file
/// are those of the moment at which it was taken, and the file had not been
/// touched in the two seconds before: a file that was written to within the
/// resolution of its times could have changed unseen. Kept in
/// ROOT/cache/inputs, which may be removed at any time.
final class InputMemory: Sendable {
    private struct Entry: Codable {
        var identity: FileIdentity
        /// Nanoseconds since 1970, when reading began.
        var takenAt: Int64
        var sha256: String
    }

    private struct Content: Codable {
        var digests: [String: Entry] = [:]
        var rasters: Set<String> = []
    }

    /// Times of files are as fine as the clock that the kernel takes them
    /// from; file systems such as FAT round them to two seconds.
    static let settlingNanoseconds: Int64 = 2_000_000_000

    private let root: String
    private let reader: DigestReader
    private let known: Content
    private let seen = Mutex(Content())

    /// - Parameters:
    ///   - root: the output folder; it need not be there.
    ///   - reader: reads the files that are not known.
    init(root: String, reader: @escaping DigestReader) {
        self.root = root
        self.reader = reader
        known =
            CheckedFile.read(root + "/cache/inputs").flatMap {
                try? PropertyListDecoder().decode(Content.self, from: Data($0))
            } ?? Content()
    }

    /// - Throws: `PublishError` when the file cannot be read.
    func digest(of file: ConfiguredPath) throws -> Digest {
        let identity = FileIdentity(of: file.path)
        let now = Self.now
        if let identity, let entry = known.digests[file.path], entry.identity == identity,
            identity.changed + Self.settlingNanoseconds < entry.takenAt
        {
            seen.withLock { $0.digests[file.path] = entry }
            return Digest(bytes: Int(identity.bytes), sha256: entry.sha256)
        }
        let digest = try reader(file)
        if let identity {
            seen.withLock {
                $0.digests[file.path] = Entry(
                    identity: identity, takenAt: now, sha256: digest.sha256)
            }
        }
        return digest
    }

    /// Whether a raster with this content passed the checks of its stack.
    ///
    /// - Parameter expectation: what it was checked against beside the grid.
    func isChecked(
        _ raster: RasterReference, band: Int, _ spec: GridSpec, _ expectation: String = ""
    ) -> Bool {
        guard let key = key(raster, band, spec, expectation), known.rasters.contains(key) else { return false }
        seen.withLock { _ = $0.rasters.insert(key) }
        return true
    }

    /// Notes that a raster passed them.
    func noteChecked(
        _ raster: RasterReference, band: Int, _ spec: GridSpec, _ expectation: String = ""
    ) {
        guard let key = key(raster, band, spec, expectation) else { return }
        seen.withLock { _ = $0.rasters.insert(key) }
    }

    private func key(
        _ raster: RasterReference, _ band: Int, _ spec: GridSpec, _ expectation: String
    ) -> String? {
        let path = ConfiguredPath(written: raster.name, path: raster.path)
        guard let digest = try? digest(of: path) else { return nil }
        let parts = [
            digest.sha256, raster.layer ?? "", raster.crsOverride?.text ?? "", "\(band)",
            "\(spec.shape)", "\(spec.geotransform)", spec.crs.text,
            expectation,
        ]
        return Digest(of: Array(parts.joined(separator: "\n").utf8)).sha256
    }

    /// Keeps what this run saw; what it did not see is forgotten. The output
    /// lock is held. A failure costs the next run time, nothing else.
    func save() throws {
        let content = seen.withLock { $0 }
        let encoder = PropertyListEncoder()
        encoder.outputFormat = .binary
        let bytes = try encoder.encode(content)
        try RunDirectory.makeFolders(root + "/cache")
        try CheckedFile.write("inputs", in: root + "/cache", head: Array(bytes))
    }

    private static var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return FileIdentity.nanoseconds(time)
    }
}
