import Crypto
import Diagnostics
import Faults
import Glibc

/// A file of the cache that ends with the SHA-256 of its content, so that a
/// damaged one is as good as none.
///
/// A head of any length, then planes of lengths that both sides know. It is
/// written aside and renamed. It is not forced to the device: after a power
/// cut the hash tells.
enum CheckedFile {
    /// Heads are small; more is not one.
    private static let mostHeadBytes = 1 << 30

    /// - Parameter folder: absolute; it is there.
    static func write(
        _ name: String, in folder: String, head: [UInt8],
        planes: [UnsafeMutableRawBufferPointer] = []
    ) throws(PublishError) {
        let shown = folder + "/" + name
        let temporary = ".\(name)-\(getpid())-" + RunDirectory.randomName() + ".partial"
        let opened = try Descriptor(
            opening: folder, flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW, kind: .cannotCreate,
            shownAs: folder)
        do throws(PublishError) {
            try write(temporary, in: opened, shownAs: shown, head: head, planes: planes)
            guard FaultPoint.rename.passes(shown),
                renameat(opened.number, temporary, opened.number, name) == 0
            else { throw .writing(shown, "renaming") }
        } catch {
            // What cannot be removed now is removed at the next run.
            try? DirectoryTree.remove(temporary, in: opened.number, shownAs: shown)
            throw error
        }
    }

    private static func write(
        _ name: String, in folder: borrowing Descriptor, shownAs shown: String, head: [UInt8],
        planes: [UnsafeMutableRawBufferPointer]
    ) throws(PublishError) {
        var writer = try FileWriter(
            creating: name, in: folder.number, shownAs: shown, synchronizes: false)
        var hash = SHA256()
        let length = withUnsafeBytes(of: UInt64(head.count).littleEndian) { Array($0) }
        for piece in [length, head] {
            hash.update(data: piece)
            try writer.write(piece)
        }
        for plane in planes {
            hash.update(bufferPointer: UnsafeRawBufferPointer(plane))
            try writer.write(Array(plane))
        }
        try writer.write(Array(hash.finalize()))
        try writer.finish()
    }

    /// The head of a file whose hash is right, with `planes` filled; nil when
    /// there is none.
    static func read(
        _ path: String, planes: [UnsafeMutableRawBufferPointer] = []
    ) -> [UInt8]? {
        guard let file = try? Descriptor.regularFile(at: path) else { return nil }
        var hash = SHA256()
        func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Bool {
            var rest = buffer
            while !rest.isEmpty {
                guard let count = try? file.read(into: rest, shownAs: path), count > 0 else {
                    return false
                }
                rest = UnsafeMutableRawBufferPointer(rebasing: rest[count...])
            }
            return true
        }
        var length = UInt64(0)
        guard withUnsafeMutableBytes(of: &length, { fill($0) }) else { return nil }
        withUnsafeBytes(of: length) { hash.update(bufferPointer: $0) }
        guard UInt64(littleEndian: length) < mostHeadBytes else { return nil }
        var head = [UInt8](repeating: 0, count: Int(UInt64(littleEndian: length)))
        guard head.withUnsafeMutableBytes({ fill($0) }) else { return nil }
        hash.update(data: head)
        for plane in planes {
            guard fill(plane) else { return nil }
            hash.update(bufferPointer: UnsafeRawBufferPointer(plane))
        }
        var stored = [UInt8](repeating: 0, count: SHA256.byteCount)
        guard stored.withUnsafeMutableBytes({ fill($0) }),
            stored == Array(hash.finalize())
        else { return nil }
        return head
    }
}
