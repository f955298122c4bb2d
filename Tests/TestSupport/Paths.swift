import Foundation

/// Where tests find things.
public enum TestPaths {
    /// The root of the checkout.
    public static let package: URL = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// A file committed under `Tests/Fixtures`.
    public static func fixture(_ path: String) -> URL {
        package.appendingPathComponent("Tests/Fixtures").appendingPathComponent(path)
    }

    /// The folder of real data that `JILAAL_DATA` names; nil when it is unset
    /// or absent, and then the tests that need it say so and are skipped.
    public static let data: URL? = {
        guard let path = ProcessInfo.processInfo.environment["JILAAL_DATA"], !path.isEmpty,
            FileManager.default.fileExists(atPath: path)
        else { return nil }
        return URL(fileURLWithPath: path)
    }()

    public static var hasData: Bool { data != nil }

    /// A new empty directory of its own for one test.
    public static func temporaryDirectory() throws -> URL {
        let url = FileManager.default.temporaryDirectory
            .appendingPathComponent("jilaal-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url
    }
}
