import Foundation
import Glibc

/// Folders of one test process, all under one root that goes at its end.
enum Scratch {
    private static let root: URL = {
        let url = FileManager.default.temporaryDirectory
            .appendingPathComponent("jilaal-end-to-end-\(getpid())")
        // A suite that cannot make its folder fails at the first write.
        try? FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        atexit { Scratch.remove() }
        return url
    }()

    /// A new empty folder.
    static func folder() throws -> URL {
        let url = root.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url
    }

    /// The path of a file that is not there yet.
    static func file() -> URL { root.appendingPathComponent(UUID().uuidString) }

    private static func remove() { try? FileManager.default.removeItem(at: root) }
}
