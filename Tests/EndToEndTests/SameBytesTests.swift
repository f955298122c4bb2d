import Foundation
import TestSupport
import Testing

/// What is published does not depend on threads, place, locale or time zone.
@Suite struct SameBytesTests {
    @Test("One thread elsewhere, in another locale and time zone, publishes the same bytes as two")
    func threads() throws {
        let elsewhere = try Scratch.folder()
        let other = try PublishedRun(
            TestPaths.package.appendingPathComponent("sample-data/pipeline.yaml").path,
            ["--threads", "1"],
            environment: ["TZ": "Pacific/Kiritimati", "LC_ALL": "de_DE.UTF-8", "LANG": "tr_TR.UTF-8"],
            in: elsewhere)
        let run = try SharedRuns.korsavel.get()
        let first = try run.reproducibleHashes()
        let second = try other.reproducibleHashes()
        #expect(first.count > 50)
        #expect(Set(first.keys) == Set(second.keys))
        let different = first.keys.filter { first[$0] != second[$0] }.sorted()
        #expect(different == [])
    }

    @Test("Three threads, and a second run into the same folder, publish the same bytes as one")
    func again() throws {
        let small = try SharedRuns.small.get()
        let first = try small.reproducibleHashes()
        let folder = small.folder.lastPathComponent
        let three = try PublishedRun(
            SharedRuns.goodFolder.path + "/pipeline.yaml", ["--threads", "3"],
            environment: ["TZ": "America/St_Johns", "LC_ALL": "C"])
        #expect(try three.reproducibleHashes() == first)
        let again = try JilaalProcess.run([
            "run", SharedRuns.goodFolder.path + "/pipeline.yaml", "--output", three.root.path,
            "--threads", "2", "--force",
        ])
        #expect(again.exitCode == 0)
        #expect(three.folder.lastPathComponent != folder)
        #expect(three.folder.lastPathComponent.hasSuffix("-002"))
        // The manifest names the run before, which the first one has not.
        let second = try three.reproducibleHashes()
        #expect(Set(second.keys) == Set(first.keys))
        #expect(first.keys.filter { first[$0] != second[$0] } == ["manifest.json"])
        #expect(try three.json("manifest.json", as: Changes.self).changes.total == 0)
    }

    @Test("Another form of the kernels is another manifest of the same night")
    func kernels() throws {
        let small = try SharedRuns.small.get()
        let first = try small.reproducibleHashes()
        let plain = try PublishedRun(
            SharedRuns.goodFolder.path + "/pipeline.yaml", [],
            environment: ["JILAAL_KERNELS": "baseline"])
        let second = try plain.reproducibleHashes()
        let different = first.keys.filter { first[$0] != second[$0] }
        let before = try small.json("manifest.json", as: Night.self)
        let after = try plain.json("manifest.json", as: Night.self)
        #expect(after.kernels == "baseline")
        #expect(before.night == after.night)
        #expect(different == (before.kernels == after.kernels ? [] : ["manifest.json"]))
    }

    private struct Night: Decodable {
        var night: String
        var kernels: String
    }

    private struct Changes: Decodable {
        struct Section: Decodable { var total: Int }
        var changes: Section
    }
}
