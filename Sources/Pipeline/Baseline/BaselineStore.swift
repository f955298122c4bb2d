import Diagnostics
import Faults
import Glibc
import Tables

/// The folder of a climatology, held for writing.
///
/// A period is written aside, forced to the device and renamed to a name made
/// of its content; then the manifest that names it is renamed into place.
/// Whenever the process is killed, each period is the old or the new one, and
/// what no manifest names is garbage that the next update removes.
struct BaselineStore: ~Copyable {
    let folder: ConfiguredPath
    private let root: Descriptor
    private let lock: BaselineLock

    /// Makes the folder where it is not there, and removes what a killed
    /// update left.
    ///
    /// - Throws: `PublishError`; of kind `locked` when others use it.
    init(_ folder: ConfiguredPath) throws(PublishError) {
        try RunDirectory.makeFolders(folder.path)
        let root = try Descriptor(
            opening: folder.path, flags: O_RDONLY | O_DIRECTORY, kind: .cannotCreate,
            shownAs: folder.written)
        let lock = try BaselineLock(.writing, in: root, shownAs: folder.written)
        for name in try DirectoryTree.names(in: root.number, shownAs: folder.written)
        where name.hasPrefix(Self.stagingPrefix) || name.hasPrefix(Self.manifestPrefix) {
            try DirectoryTree.remove(name, in: root.number, shownAs: folder.written + "/" + name)
        }
        self.folder = folder
        self.root = root
        self.lock = lock
    }

    private static let stagingPrefix = ".slot-"
    private static let manifestPrefix = ".manifest-"

    /// A new empty folder to write a period into.
    func stage() throws(PublishError) -> String {
        let name = Self.stagingPrefix + "\(getpid())-" + RunDirectory.randomName()
        guard FaultPoint.mkdir.passes(folder.written + "/" + name),
            mkdirat(root.number, name, 0o777) == 0
        else {
            throw PublishError(
                .cannotCreate, at: Place(file: folder.written),
                "a folder cannot be made in it (\(SystemError.last))",
                mend: "Check its permissions and free space")
        }
        return name
    }

    /// The path of a file in a folder of the product.
    func path(of file: BaselineFile, in name: String) -> String {
        folder.path + "/" + name + "/" + file.name
    }

    /// Gives a staged period its name. One of that name with the same bytes
    /// stays as it is.
    func publish(_ staged: String, as slot: BaselineManifest.Slot) throws {
        let shown = folder.written + "/" + slot.folder
        if FileStatus(of: slot.folder, in: root.number) != nil {
            if damage(of: slot, digests: { try Digest(ofFileAt: $0.path) }) == nil {
                try DirectoryTree.remove(staged, in: root.number, shownAs: shown)
                return
            }
            try DirectoryTree.remove(slot.folder, in: root.number, shownAs: shown)
        }
        let opened = try DirectoryTree.open(staged, in: root.number, shownAs: shown)
        _ = try DirectoryTree.files(in: opened.number, synchronizing: true, shownAs: shown)
        try opened.synchronize(shownAs: shown)
        guard FaultPoint.rename.passes(shown),
            renameat(root.number, staged, root.number, slot.folder) == 0
        else {
            throw PublishError.writing(shown, "renaming")
        }
        try root.synchronize(shownAs: shown)
    }

    /// Makes `manifest` the one that counts.
    func write(_ manifest: BaselineManifest) throws(PublishError) {
        let shown = folder.written + "/" + BaselineManifest.name
        let name = Self.manifestPrefix + "\(getpid())-" + RunDirectory.randomName()
        var writer = try FileWriter(creating: name, in: root.number, shownAs: shown)
        try writer.write(manifest.json.utf8(.pretty) + [UInt8(ascii: "\n")])
        try writer.finish()
        guard FaultPoint.rename.passes(shown),
            renameat(root.number, name, root.number, BaselineManifest.name) == 0
        else {
            throw .writing(shown, "renaming")
        }
        try root.synchronize(shownAs: shown)
    }

    /// Removes the periods that `manifest` does not name.
    func removeOthers(than manifest: BaselineManifest) throws(PublishError) {
        let named = Set(manifest.slots.map(\.folder))
        for name in try DirectoryTree.names(in: root.number, shownAs: folder.written)
        where name.hasPrefix("slot-") && !named.contains(name) {
            try DirectoryTree.remove(name, in: root.number, shownAs: folder.written + "/" + name)
        }
    }

    /// Why the files of a period cannot be used; nil when they are whole.
    func damage(of slot: BaselineManifest.Slot, digests: DigestReader) -> String? {
        slot.damage(in: folder, digests: digests)
    }
}

extension BaselineManifest.Slot {
    /// Where a file of the period is.
    func file(_ file: BaselineFile, in folder: ConfiguredPath) -> ConfiguredPath {
        let end = "/" + self.folder + "/" + file.name
        return ConfiguredPath(written: folder.written + end, path: folder.path + end)
    }

    /// Why the files of the period cannot be used; nil when they are what the
    /// manifest says.
    func damage(in folder: ConfiguredPath, digests: DigestReader) -> String? {
        for (file, expected) in zip(BaselineFile.allCases, files) {
            let path = self.file(file, in: folder)
            guard let status = FileStatus(of: path.path, in: AT_FDCWD), status.isRegularFile
            else { return "\(path.written) is missing" }
            guard status.bytes == expected.bytes else {
                return "\(path.written) has \(status.bytes) bytes (expected \(expected.bytes))"
            }
            guard let found = try? digests(path) else { return "\(path.written) cannot be read" }
            guard found == expected else {
                return "\(path.written) is not what the manifest says (SHA-256 "
                    + "\(found.sha256.prefix(12))..., expected \(expected.sha256.prefix(12))...)"
            }
        }
        return nil
    }
}
