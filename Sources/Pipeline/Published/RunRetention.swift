import Calendar
import Diagnostics
import Faults
import Glibc

/// How many published runs an output folder keeps.
///
/// The oldest go, in the order in which they were published. Whatever the
/// number, these stay: the newest, the one that `latest` names, and the
/// newest that is as it was published (`RunVerification`).
public struct RunRetention: Hashable, Sendable {
    /// At least 1.
    public let keep: Int

    /// - Parameter keep: how many runs stay; at least 1.
    public init(keep: Int) { self.keep = max(1, keep) }

    /// One published run on the disk.
    public struct Run: Hashable, Sendable {
        /// As-of date and number.
        public var id: String
        /// When it was ready to be published; nil when it does not say.
        public var finished: UTCTime?
        /// Files in it.
        public var files: Int
        /// Bytes in them.
        public var bytes: Int
    }

    /// What stays and what goes, each the oldest first.
    public struct Plan: Hashable, Sendable {
        public var kept: [Run]
        public var removed: [Run]
        /// Bytes that removing frees.
        public var bytes: Int { removed.reduce(0) { $0 + $1.bytes } }

        /// What it says to a person.
        ///
        /// - Parameter isDone: whether the runs are removed already.
        public func lines(isDone: Bool) -> [String] {
            let verb = isDone ? "removed" : "would remove"
            return removed.map { run in
                "\(verb) \(run.id): \(run.files) files, \(run.bytes) bytes"
            } + [
                "\(verb) \(removed.count) of \(removed.count + kept.count) runs, \(bytes) bytes; "
                    + "kept \(kept.map(\.id).joined(separator: ", "))"
            ]
        }
    }

    /// What would go from an output folder. Writes nothing.
    ///
    /// - Throws: `PublishError` of kind `runMissing` when there is no folder
    ///   of runs.
    public func plan(of root: String, threads: Int) throws(PublishError) -> Plan {
        let runs = try Self.runs(in: root)
        guard runs.count > keep else { return Plan(kept: runs, removed: []) }
        var kept = Set(runs.suffix(keep).map(\.id))
        if let latest = Self.latest(in: root) { kept.insert(latest) }
        let newestFirst = runs.reversed()
        let candidates =
            newestFirst.filter { kept.contains($0.id) }
            + newestFirst.filter { !kept.contains($0.id) }
        // The first good one among those that stay anyway, else the newest
        // good one of the others, which then stays too.
        if let good = candidates.first(where: { Self.isGood($0.id, in: root, threads) }) {
            kept.insert(good.id)
        }
        return Plan(
            kept: runs.filter { kept.contains($0.id) },
            removed: runs.filter { !kept.contains($0.id) })
    }

    private static func isGood(_ id: String, in root: String, _ threads: Int) -> Bool {
        let run = RunFolder(path: "\(root)/\(RunDirectory.runsName)/\(id)")
        return (try? RunVerification(of: run, threads: threads))?.isGood ?? false
    }

    /// The run that `latest` names; nil when it names none.
    static func latest(in root: String) -> String? {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink(root + "/" + RunDirectory.latestName, &buffer, buffer.count - 1)
        guard count > 0 else { return nil }
        let target = String(
            decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return ConfiguredPattern.split(target).name
    }

    /// The published runs of an output folder, the oldest first: by when
    /// they were finished, then by date and number. One that does not say
    /// when it was finished counts as older than all that do.
    ///
    /// Names that no run has are left out: what nobody published here is not
    /// this program's to remove.
    ///
    /// - Throws: `PublishError` of kind `runMissing` when there is no folder
    ///   of runs.
    public static func runs(in root: String) throws(PublishError) -> [Run] {
        let shown = root + "/" + RunDirectory.runsName
        let folder = try Descriptor(
            opening: shown, flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW, kind: .runMissing,
            shownAs: shown)
        var runs: [(run: Run, order: Order)] = []
        for id in try DirectoryTree.names(in: folder.number, shownAs: shown) {
            guard let identifier = identifier(id),
                FileStatus(of: id, in: folder.number)?.isDirectory == true
            else { continue }
            let record = try? ManifestReader.record(of: RunFolder(path: shown + "/" + id))
            var run = Run(id: id, finished: record?.finished, files: 0, bytes: 0)
            try count(id, in: folder.number, shownAs: shown + "/" + id, into: &run)
            runs.append(
                (run, Order(finished: run.finished?.seconds ?? .min, identifier: identifier)))
        }
        return runs.sorted { $0.order < $1.order }.map(\.run)
    }

    private struct Order: Comparable {
        var finished: Int
        var identifier: (date: CalendarDate, number: Int)

        static func == (a: Order, b: Order) -> Bool {
            a.finished == b.finished && a.identifier == b.identifier
        }

        static func < (a: Order, b: Order) -> Bool {
            (a.finished, a.identifier.date, a.identifier.number)
                < (b.finished, b.identifier.date, b.identifier.number)
        }
    }

    /// Date and number in the name of a run; nil for other names.
    private static func identifier(_ name: String) -> (date: CalendarDate, number: Int)? {
        let bytes = Array(name.utf8)
        guard bytes.count >= 14, bytes[10] == UInt8(ascii: "-"),
            let date = CalendarDate(iso: name.prefix(10)),
            bytes[11...].allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int(name.dropFirst(11))
        else { return nil }
        return (date, number)
    }

    private static func count(
        _ name: String, in directory: Int32, shownAs shown: String, into run: inout Run
    ) throws(PublishError) {
        guard let status = FileStatus(of: name, in: directory) else { return }
        guard status.isDirectory else {
            run.files += 1
            run.bytes += status.isRegularFile ? status.bytes : 0
            return
        }
        let folder = try DirectoryTree.open(name, in: directory, shownAs: shown)
        for child in try DirectoryTree.names(in: folder.number, shownAs: shown) {
            try count(child, in: folder.number, shownAs: shown + "/" + child, into: &run)
        }
    }
}

extension RunDirectory {
    /// Removes the oldest published runs; the output lock is held. A run is
    /// renamed away before anything of it is deleted, so that it is whole or
    /// not there; what a kill leaves is removed at the next run.
    ///
    /// - Returns: what was removed and what stayed.
    /// - Throws: `PublishError`; the runs that were not reached are whole.
    @discardableResult
    public func prune(
        _ retention: RunRetention, threads: Int
    ) throws(PublishError) -> RunRetention.Plan {
        let plan = try retention.plan(of: root, threads: threads)
        guard !plan.removed.isEmpty else { return plan }
        let shown = root + "/" + Self.runsName
        let runs = try DirectoryTree.open(Self.runsName, in: rootDescriptor.number, shownAs: shown)
        for run in plan.removed {
            let aside = ".removed-\(getpid())-" + Self.randomName()
            guard FaultPoint.rename.passes(shown + "/" + run.id),
                renameat(runs.number, run.id, rootDescriptor.number, aside) == 0
            else {
                throw .writing(shown + "/" + run.id, "renaming")
            }
            try runs.synchronize(shownAs: shown)
            try DirectoryTree.remove(aside, in: rootDescriptor.number, shownAs: root + "/" + aside)
        }
        try rootDescriptor.synchronize(shownAs: root)
        return plan
    }
}
