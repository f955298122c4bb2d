import Glibc

/// What killed runs left below ROOT/cache: entries that were being made and
/// files that were not renamed yet.
enum CacheLeftovers {
    static let folderName = "cache"

    /// Removes them; the output lock is held, so that none is in use.
    ///
    /// - Parameter root: the open output folder.
    static func remove(in root: borrowing Descriptor, shownAs shown: String) throws(PublishError) {
        try remove(in: folderName, of: root.number, shownAs: shown + "/" + folderName)
    }

    /// Looks into a folder, and into those below it that are no entries
    /// themselves.
    private static func remove(
        in name: String, of parent: Int32, shownAs shown: String
    ) throws(PublishError) {
        guard FileStatus(of: name, in: parent)?.isDirectory == true else { return }
        let folder = try DirectoryTree.open(name, in: parent, shownAs: shown)
        for child in try DirectoryTree.names(in: folder.number, shownAs: shown) {
            if isLeftover(child) {
                try DirectoryTree.remove(child, in: folder.number, shownAs: shown + "/" + child)
            } else if [folderName, "tiles"].contains(name) {
                try remove(in: child, of: folder.number, shownAs: shown + "/" + child)
            }
        }
    }

    private static func isLeftover(_ name: String) -> Bool {
        name.hasPrefix(".") && (name.hasPrefix(StageStore.attemptPrefix) || name.hasSuffix(".partial"))
    }
}
