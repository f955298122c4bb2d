import Diagnostics
import Foundation
import GridCore
import Synchronization

/// Digests of the files that a run reads, sidecars included, and the proof
/// that they stayed the same until the run was through.
final class InputLedger: Sendable {
    private struct Seen {
        var written: String
        /// When its digest was taken.
        var identity: FileIdentity?
        var digest: Digest
    }

    private let digests: DigestReader
    private let seen = Mutex<[String: Seen]>([:])

    init(digests: @escaping DigestReader = DigestMemo().reader) { self.digests = digests }

    /// A file and those of its sidecars that exist.
    ///
    /// - Throws: `PublishError` when one cannot be read.
    func files(of path: ConfiguredPath) throws -> [Manifest.Input] {
        try Sidecars.files(of: path.path).map { file in
            let written = Manifest.Input.name(of: file, beside: path)
            return Manifest.Input(
                path: written, digest: try digest(ConfiguredPath(written: written, path: file)))
        }
    }

    /// The files of many paths, in their order.
    func files(of paths: [ConfiguredPath], threads: Int) throws -> [[Manifest.Input]] {
        try mapInParallel(count: paths.count, threads: threads) { _, index in
            try Interruption.check()
            return try files(of: paths[index])
        }
    }

    /// - Throws: `PublishError` when it cannot be read.
    func digest(_ file: ConfiguredPath) throws -> Digest {
        if let known = seen.withLock({ $0[file.path] }) { return known.digest }
        // The identity comes first: a change while reading is a change.
        let identity = FileIdentity(of: file.path)
        let digest = try digests(file)
        seen.withLock {
            $0[file.path] = Seen(written: file.written, identity: identity, digest: digest)
        }
        return digest
    }

    /// Makes sure that what was computed belongs to the digests.
    ///
    /// - Throws: `PipelineError` of kind `inputChanged`, naming the first file
    ///   that was replaced or written to since its digest was taken.
    func checkUnchanged() throws(PipelineError) {
        let changed = seen.withLock { seen in
            seen.filter { FileIdentity(of: $0.key) != $0.value.identity }.values.map(\.written).min()
        }
        guard let changed else { return }
        throw PipelineError(
            .inputChanged, at: Place(file: changed), "was changed while the run was reading it",
            mend: "Run again when the transfer of the file has ended")
    }
}
