import Calendar
import Diagnostics
import Faults
import Glibc
import Tables

/// A run that was published.
public struct PublishedRun: Hashable, Sendable {
    /// As-of date and number: `2010-12-19-001`.
    public let id: String
    /// Its folder, absolute.
    public let path: String
}

extension RunDirectory {
    /// Writes the manifest and the record, and makes the run visible: all of
    /// it at once, or nothing.
    ///
    /// Every file is forced to the device before the rename, so that after a
    /// power cut `latest` names a complete run, the old or the new one.
    ///
    /// - Throws: `PublishError`; the last published run is then untouched
    ///   and still the latest. Of kind `manifestMismatch` when a staged file
    ///   is not in the manifest, or the other way round, or of another size.
    /// - Parameter warn: gets what fails once the run is visible, and so can
    ///   no longer undo it.
    public func publish(
        manifest: Manifest, record: RunRecord, warn: (String) -> Void = { _ in }
    ) throws(PublishError) -> PublishedRun {
        try write(manifest.json.utf8(.pretty) + [UInt8(ascii: "\n")], to: Self.manifestName)
        try write(record.json.utf8(.pretty) + [UInt8(ascii: "\n")], to: Self.recordName)
        let published = try folder.leave { () throws(PublishError) in
            try synchronizeAndCompare(manifest)
            let runs = try DirectoryTree.open(
                Self.runsName, in: rootDescriptor.number, shownAs: root + "/" + Self.runsName)
            let id = try nextIdentifier(asOf: manifest.asOf, in: runs)
            try rename(folder.name, in: rootDescriptor, to: id, in: runs)
            do throws(PublishError) {
                try runs.synchronize(shownAs: root)
                if manifest.asKnownOn == nil { try pointLatest(at: id) }
            } catch {
                // Not the latest, so not published: back to be removed.
                try rename(id, in: runs, to: folder.name, in: rootDescriptor)
                throw error
            }
            return PublishedRun(id: id, path: "\(root)/\(Self.runsName)/\(id)")
        }
        do throws(PublishError) {
            try rootDescriptor.synchronize(shownAs: root)
        } catch {
            warn("the run is published, but a power cut may undo that: \(error)")
        }
        return published
    }

    private func synchronizeAndCompare(_ manifest: Manifest) throws(PublishError) {
        let opened = try folder.open()
        let files = try DirectoryTree.files(
            in: opened.number, synchronizing: true, shownAs: staging)
        try opened.synchronize(shownAs: staging)
        let unlisted = [Self.manifestName, Self.recordName, Self.logName]
        let staged = files.filter { !unlisted.contains($0.path) }
        let listed = manifest.outputs.map {
            DirectoryTree.File(path: $0.path, bytes: $0.digest.bytes)
        }
        guard let odd = Set(staged).symmetricDifference(listed).min(by: { $0.path < $1.path })
        else { return }
        throw PublishError(
            .manifestMismatch, at: Place(file: odd.path),
            "the staged file and its entry in the manifest differ "
                + "(files: \(staged.count), entries: \(listed.count))",
            mend: "Report this fault")
    }

    /// One more than the highest number of that date.
    private func nextIdentifier(
        asOf date: CalendarDate, in runs: borrowing Descriptor
    ) throws(PublishError) -> String {
        let prefix = "\(date)-"
        let names = try DirectoryTree.names(in: runs.number, shownAs: root + "/" + Self.runsName)
        let numbers = names.compactMap { name -> Int? in
            guard name.hasPrefix(prefix) else { return nil }
            return Int(name.dropFirst(prefix.count))
        }
        let number = String((numbers.max() ?? 0) + 1)
        return prefix + String(repeating: "0", count: max(0, 3 - number.count)) + number
    }

    /// rename(2) never replaces a folder with something in it, and every
    /// published run has a manifest in it.
    private func rename(
        _ name: String, in source: borrowing Descriptor, to newName: String,
        in target: borrowing Descriptor
    ) throws(PublishError) {
        let shown = "\(root)/\(Self.runsName)/\(newName)"
        guard FaultPoint.rename.passes(shown),
            renameat(source.number, name, target.number, newName) == 0
        else { throw .writing(shown, "renaming") }
    }

    private func pointLatest(at id: String) throws(PublishError) {
        let temporary = ".latest-\(getpid())-" + Self.randomName()
        let shown = root + "/" + Self.latestName
        guard FaultPoint.symlink.passes(shown),
            symlinkat("\(Self.runsName)/\(id)", rootDescriptor.number, temporary) == 0
        else { throw .writing(shown, "linking") }
        guard FaultPoint.rename.passes(shown),
            renameat(rootDescriptor.number, temporary, rootDescriptor.number, Self.latestName) == 0
        else {
            let error = PublishError.writing(shown, "renaming")
            unlinkat(rootDescriptor.number, temporary, 0)
            throw error
        }
    }
}
