import Foundation
import TestSupport
import Testing

/// What is published depends on inputs and parameters alone. Each run changes
/// several circumstances at once, so that a difference shows which to look at
/// only together with the others.
@Suite struct DeterminismMatrixTests {
    struct Circumstances: Sendable, CustomTestStringConvertible {
        var threads: Int
        var timeZone: String
        var locale: String
        /// Octal, as the shell takes it.
        var mask: String
        /// Modes of files and folders that it leaves.
        var modes: (file: Int, folder: Int)
        /// Working directory: the folder of the inputs, or the root.
        var isAtInputs: Bool
        /// Whether the files were made in the reverse order of their names.
        var isReversed: Bool
        var unset: [String] = []

        var testDescription: String {
            "\(threads) threads, \(timeZone), \(locale), umask \(mask)"
        }
    }

    static let matrix = [
        Circumstances(
            threads: 8, timeZone: "Pacific/Kiritimati", locale: "tr_TR.UTF-8", mask: "077",
            modes: (0o600, 0o700), isAtInputs: true, isReversed: true,
            unset: ["HOME", "SWIFT_DETERMINISTIC_HASHING"]),
        Circumstances(
            threads: 2, timeZone: "America/St_Johns", locale: "de_DE.UTF-8", mask: "000",
            modes: (0o666, 0o777), isAtInputs: false, isReversed: true, unset: ["PATH", "TMPDIR"]),
        Circumstances(
            threads: 1, timeZone: "Asia/Kathmandu", locale: "C", mask: "027",
            modes: (0o640, 0o750), isAtInputs: true, isReversed: false, unset: ["HOME", "LANG"]),
    ]

    @Test("Every published file is the same but run.json, and its mode is that of the mask",
        arguments: matrix)
    func circumstances(_ row: Circumstances) throws {
        let inputs = try copy(isReversed: row.isReversed)
        let root = try Scratch.folder()
        let script =
            "umask \(row.mask); cd '\(row.isAtInputs ? inputs.path : "/")' || exit 99; "
            + "export TZ=\(row.timeZone) LC_ALL=\(row.locale); "
            + row.unset.map { "unset \($0); " }.joined() + "exec \"$0\" \"$@\""
        let pipeline =
            row.isAtInputs ? "pipeline.yaml" : inputs.appendingPathComponent("pipeline.yaml").path
        let process = try JilaalProcess.run(
            shell: script,
            ["run", pipeline, "--output", root.path, "--threads", "\(row.threads)"], seconds: 400)
        #expect(process.exitCode == 0, "\(process.standardError)")

        let usual = try SharedRuns.patterned.get()
        let run = try PublishedRun(published: root)
        let expected = try usual.reproducibleHashes()
        let found = try run.reproducibleHashes()
        #expect(Set(found.keys) == Set(expected.keys))
        #expect(expected.keys.filter { expected[$0] != found[$0] }.sorted() == [])
        // Time, threads, memory and host are all that may differ in run.json.
        #expect(try record(of: run) == (try record(of: usual)))

        for path in try FileManager.default.subpathsOfDirectory(atPath: run.folder.path) {
            let attributes = try FileManager.default.attributesOfItem(
                atPath: run.folder.appendingPathComponent(path).path)
            let isFolder = attributes[.type] as? FileAttributeType == .typeDirectory
            #expect(
                attributes[.posixPermissions] as? Int
                    == (isFolder ? row.modes.folder : row.modes.file), "\(path)")
        }
    }

    /// What run.json says of the work itself.
    private func record(of run: PublishedRun) throws -> [String: [String: String]] {
        struct Record: Decodable { var stages: [String: [String: String]] }
        return try run.json("run.json", as: Record.self).stages
    }

    /// The small working set with patterns, its files made one after the other.
    private func copy(isReversed: Bool) throws -> URL {
        let copy = try Scratch.folder()
        let manager = FileManager.default
        try manager.createDirectory(
            at: copy.appendingPathComponent("ndvi"), withIntermediateDirectories: false)
        let source = try SharedRuns.patternedFolder.get()
        let names = try manager.subpathsOfDirectory(atPath: source.path).sorted()
        for name in isReversed ? names.reversed() : names where name != "ndvi" {
            try Data(contentsOf: source.appendingPathComponent(name))
                .write(to: copy.appendingPathComponent(name))
        }
        return copy
    }
}
