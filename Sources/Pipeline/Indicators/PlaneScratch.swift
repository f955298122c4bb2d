import Diagnostics
import Foundation
import Glibc

/// The planes of one tile of a long series, on disk: each composite is read
/// and decoded once, as a whole tile, and then taken up again a few cells at
/// a time, every step of them. So memory does not grow with the archive.
///
/// The file has no name, so that nothing is left of it whatever happens. Not
/// Sendable: one per worker.
final class PlaneScratch {
    private let descriptor: Descriptor
    private let path: String
    /// From a plane to the next, in cells.
    private let planeCells: Int

    /// - Parameters:
    ///   - folder: where there is room for the planes of a tile.
    ///   - name: that no other worker uses there.
    ///   - planeCells: cells of the largest tile.
    init(folder: String, name: String, planeCells: Int) throws(PublishError) {
        path = folder + "/" + name
        self.planeCells = planeCells
        descriptor = try Descriptor(
            opening: path, flags: O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600,
            kind: .cannotCreate, shownAs: path)
        guard unlink(path) == 0 else { throw .writing(path, "removing the name") }
    }

    /// Keeps the first `count` cells as those of a plane.
    func write(_ plane: Int, _ cells: UnsafePointer<Float>, count: Int) throws(PublishError) {
        let bytes = UnsafeRawBufferPointer(UnsafeBufferPointer(start: cells, count: count))
        var offset = plane * planeCells * MemoryLayout<Float>.size
        var rest = bytes
        while !rest.isEmpty {
            let written = pwrite(descriptor.number, rest.baseAddress, rest.count, offset)
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw .writing(path, "writing") }
            offset += written
            rest = UnsafeRawBufferPointer(rebasing: rest[written...])
        }
    }

    /// Reads `count` cells of a plane from cell `start` on.
    func read(_ plane: Int, _ start: Int, _ count: Int, into cells: UnsafeMutablePointer<Float>)
        throws(PublishError)
    {
        var offset = (plane * planeCells + start) * MemoryLayout<Float>.size
        var rest = UnsafeMutableRawBufferPointer(
            UnsafeMutableBufferPointer(start: cells, count: count))
        while !rest.isEmpty {
            let found = pread(descriptor.number, rest.baseAddress, rest.count, offset)
            if found < 0, errno == EINTR { continue }
            guard found > 0 else { throw .writing(path, "reading") }
            offset += found
            rest = UnsafeMutableRawBufferPointer(rebasing: rest[found...])
        }
    }
}
