import Diagnostics
import Glibc
import GridCore

/// Whether a published run is as it was published: every file that its
/// manifest lists is there with the size and SHA-256 listed, and no other.
///
/// The manifest itself has no hash to be checked against; it must be a
/// whole manifest. `run.json` must be there and readable; `log.txt` may be.
public struct RunVerification: Hashable, Sendable {
    /// What is wrong with one file.
    public enum FaultKind: String, Hashable, Sendable, CaseIterable {
        /// Listed, and not there.
        case missing
        /// Of the size listed, or longer, with another hash.
        case changed
        /// Shorter than listed.
        case truncated
        /// There, and not listed.
        case unlisted
        /// A symbolic link, or below one: never followed.
        case symlinked
        /// A pipe, socket or device.
        case notAFile = "not-a-file"
        /// A document that cannot be read back.
        case damaged
    }

    /// One file that is not as it was published.
    public struct Fault: Hashable, Sendable, CustomStringConvertible {
        /// Relative to the folder of the run.
        public var path: String
        public var kind: FaultKind
        /// What was found and what was expected.
        public var detail: String

        public var description: String { "\(kind.rawValue): \(path): \(detail)" }
    }

    /// In the order of the bytes of their paths; empty for a good run.
    public let faults: [Fault]
    /// Files that were hashed.
    public let filesChecked: Int
    /// Bytes that were hashed.
    public let bytesChecked: Int

    public var isGood: Bool { faults.isEmpty }

    /// Reads every file of a run, on `threads` threads. No link is followed.
    ///
    /// - Throws: `PublishError`: `runMissing` or `runDamaged` when the
    ///   manifest cannot be read, `inputOutput` when the folder cannot.
    public init(of run: RunFolder, threads: Int) throws(PublishError) {
        let manifest = try ManifestReader.manifest(of: run).manifest
        let folder = try Descriptor(
            opening: run.path, flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW, kind: .runMissing,
            shownAs: run.id)
        var found: [String: FileStatus] = [:]
        try Self.walk(folder.number, path: "", shownAs: run.id, into: &found)
        var faults = Self.recordFaults(of: run)
        let own = [RunDirectory.manifestName, RunDirectory.recordName, RunDirectory.logName]
        let listed = Set(manifest.outputs.map(\.path)).union(own)
        for (path, status) in found where !listed.contains(path) {
            faults.append(Self.unlisted(path, status))
        }
        let number = folder.number
        let checks = Self.inParallel(manifest.outputs.count, threads) { [found] index in
            Self.check(manifest.outputs[index], in: number, found)
        }
        faults += checks.compactMap(\.fault)
        self.faults = faults.sorted { a, b in
            a.path == b.path
                ? a.kind.rawValue < b.kind.rawValue
                : a.path.utf8.lexicographicallyPrecedes(b.path.utf8)
        }
        filesChecked = checks.count { $0.bytes != nil }
        bytesChecked = checks.reduce(0) { $0 + ($1.bytes ?? 0) }
    }

    private struct Check {
        /// Bytes that were hashed; nil when the file was not read.
        var bytes: Int?
        var fault: Fault?
    }

    private static func inParallel(
        _ count: Int, _ threads: Int, _ body: @Sendable (Int) -> Check
    ) -> [Check] {
        // The body does not throw, so neither does this.
        (try? mapInParallel(count: count, threads: threads) { _, index in body(index) }) ?? []
    }

    /// Every name below a folder but folders, without following links.
    private static func walk(
        _ directory: Int32, path: String, shownAs shown: String,
        into found: inout [String: FileStatus]
    ) throws(PublishError) {
        for name in try DirectoryTree.names(in: directory, shownAs: shown) {
            guard let status = FileStatus(of: name, in: directory) else { continue }
            let child = path.isEmpty ? name : path + "/" + name
            guard status.isDirectory else {
                found[child] = status
                continue
            }
            let folder = try DirectoryTree.open(name, in: directory, shownAs: shown + "/" + name)
            try walk(folder.number, path: child, shownAs: shown + "/" + name, into: &found)
        }
    }

    private static func recordFaults(of run: RunFolder) -> [Fault] {
        let name = RunDirectory.recordName
        do throws(PublishError) {
            guard try ManifestReader.record(of: run) == nil else { return [] }
            return [Fault(path: name, kind: .missing, detail: "every run has it")]
        } catch {
            return [Fault(path: name, kind: .damaged, detail: error.cause)]
        }
    }

    private static func unlisted(_ path: String, _ status: FileStatus) -> Fault {
        if status.isSymbolicLink {
            return Fault(path: path, kind: .symlinked, detail: "a link that no run publishes")
        }
        guard status.isRegularFile else {
            return Fault(path: path, kind: .notAFile, detail: "is no file, and no run publishes it")
        }
        return Fault(
            path: path, kind: .unlisted, detail: "\(status.bytes) bytes that the manifest lacks")
    }

    private static func check(
        _ output: Manifest.Output, in folder: Int32, _ found: [String: FileStatus]
    ) -> Check {
        func fault(_ kind: FaultKind, _ detail: String, bytes: Int? = nil) -> Check {
            Check(bytes: bytes, fault: Fault(path: output.path, kind: kind, detail: detail))
        }
        guard let status = found[output.path] else {
            let link = found.first { output.path.hasPrefix($0.key + "/") }
            if let link, link.value.isSymbolicLink {
                return fault(.symlinked, "\(link.key) is a link and is not followed")
            }
            return fault(.missing, "\(output.digest.bytes) bytes are listed")
        }
        if status.isSymbolicLink { return fault(.symlinked, "is a link and is not followed") }
        guard status.isRegularFile else { return fault(.notAFile, "is no file") }
        do throws(PublishError) {
            let digest = try digest(of: output.path, in: folder)
            guard digest != output.digest else { return Check(bytes: digest.bytes) }
            let sizes = "\(digest.bytes) bytes (listed: \(output.digest.bytes))"
            return fault(
                digest.bytes < output.digest.bytes ? .truncated : .changed,
                digest.bytes == output.digest.bytes
                    ? "SHA-256 \(digest.sha256.prefix(12))... "
                        + "(listed: \(output.digest.sha256.prefix(12))...)" : sizes,
                bytes: digest.bytes)
        } catch {
            return fault(.damaged, error.cause)
        }
    }

    /// Opens folder by folder, so that no link is followed on the way.
    private static func digest(of path: String, in folder: Int32) throws(PublishError) -> Digest {
        var parts = path.split(separator: "/").map(String.init)
        let name = parts.popLast() ?? path
        guard let first = parts.first else { return try digest(named: name, in: folder, path) }
        var parent = try DirectoryTree.open(first, in: folder, shownAs: path)
        for part in parts.dropFirst() {
            parent = try DirectoryTree.open(part, in: parent.number, shownAs: path)
        }
        return try digest(named: name, in: parent.number, path)
    }

    private static func digest(
        named name: String, in folder: Int32, _ path: String
    ) throws(PublishError) -> Digest {
        let file = try Descriptor(
            opening: name, in: folder, flags: O_RDONLY | O_NOFOLLOW | O_NONBLOCK,
            kind: .unreadable, shownAs: path)
        return try Digest(of: file, shownAs: path)
    }
}
