import Calendar
import Diagnostics
import Foundation
import Glibc
import TestSupport
import Testing

@testable import Pipeline

@Suite struct RunRetentionTests {
    private let root: String

    /// Five runs; the second looks back from a later night than the others.
    init() throws {
        root = try TestPaths.temporaryDirectory().path
        for (number, days) in [0, 9, 0, 1, 1].enumerated() {
            let run = try RunDirectory(root: root)
            try run.write(Array("run \(number)".utf8), to: "t.csv")
            let output = try Manifest.Output(of: "t.csv", in: run, title: "T", mediaType: "text/csv")
            var record = ManifestExample.record
            record.finished = UTCTime(seconds: 1_292_716_925 + 60 * number)
            _ = try run.publish(
                manifest: ManifestExample.manifest(
                    outputs: [output], asOf: ManifestExample.asOf.adding(days: days)),
                record: record)
        }
    }

    private static let order = [
        "2010-12-19-001", "2010-12-28-001", "2010-12-19-002", "2010-12-20-001", "2010-12-20-002",
    ]

    private func runs() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root + "/runs").sorted()
    }

    private func prune(_ keep: Int) throws -> [String] {
        try RunDirectory(root: root).prune(RunRetention(keep: keep), threads: 2).removed.map(\.id)
    }

    private func damage(_ id: String) throws {
        try Data("other".utf8).write(to: URL(fileURLWithPath: "\(root)/runs/\(id)/t.csv"))
    }

    @Test func `Runs are in the order in which they were published`() throws {
        #expect(try RunRetention.runs(in: root).map(\.id) == Self.order)
    }

    @Test func `The oldest go and the newest stay, whatever night they look back from`() throws {
        #expect(try prune(2) == Array(Self.order.prefix(3)))
        #expect(try runs() == Self.order.suffix(2).sorted())
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: root).sorted() == [
                ".lock", "latest", "runs",
            ])
    }

    @Test func `With no more runs than asked for nothing goes`() throws {
        #expect(try prune(5) == [])
        #expect(try prune(100) == [])
        #expect(try runs().count == 5)
    }

    @Test func `A plan removes nothing and tells files and bytes`() throws {
        let before = try snapshot(root)
        let plan = try RunRetention(keep: 1).plan(of: root, threads: 1)
        #expect(plan.removed.map(\.id) == Array(Self.order.prefix(4)))
        #expect(plan.removed.allSatisfy { $0.files == 3 })
        let bytes = try plan.removed.map(\.id).flatMap { id in
            try ["t.csv", "manifest.json", "run.json"].map {
                try Data(contentsOf: URL(fileURLWithPath: "\(root)/runs/\(id)/\($0)")).count
            }
        }.reduce(0, +)
        #expect(plan.bytes == bytes)
        #expect(plan.lines(isDone: false).last?.hasPrefix("would remove 4 of 5 runs, \(bytes) bytes") == true)
        #expect(try snapshot(root) == before)
    }

    @Test func `The run that latest names stays though it is old`() throws {
        #expect(unlink(root + "/latest") == 0)
        #expect(symlink("runs/\(Self.order[1])", root + "/latest") == 0)
        #expect(try prune(1) == [Self.order[0], Self.order[2], Self.order[3]])
    }

    @Test func `The last good run stays though newer ones are there`() throws {
        for id in Self.order.suffix(3) { try damage(id) }
        #expect(try prune(2) == [Self.order[0], Self.order[2]])
        #expect(try runs().contains(Self.order[1]))
        // Asked again, the good one still stays.
        #expect(try prune(1) == [Self.order[3]])
        #expect(try runs() == [Self.order[4], Self.order[1]])
    }

    @Test func `Without any good run the newest stay`() throws {
        for id in Self.order { try damage(id) }
        #expect(try prune(1) == Array(Self.order.prefix(4)))
    }

    @Test func `A run that does not say when it was finished counts as oldest`() throws {
        #expect(unlink("\(root)/runs/\(Self.order[2])/run.json") == 0)
        #expect(try RunRetention.runs(in: root).map(\.id).first == Self.order[2])
    }

    @Test func `Names that no run has are left alone`() throws {
        for name in ["mine", "2010-13-01-001", "2010-12-19-1", "2010-12-19-0x1"] {
            try FileManager.default.createDirectory(
                atPath: root + "/runs/" + name, withIntermediateDirectories: false)
        }
        #expect(symlink("/etc", root + "/runs/2001-01-01-001") == 0)
        #expect(try prune(1).count == 4)
        #expect(try runs().count == 6)
    }

    @Test func `What a killed removal left goes at the next run`() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/true")
        try process.run()
        process.waitUntilExit()
        let aside = root + "/.removed-\(process.processIdentifier)-00ff"
        #expect(rename("\(root)/runs/\(Self.order[0])", aside) == 0)
        do { _ = try RunDirectory(root: root) }
        #expect(!FileManager.default.fileExists(atPath: aside))
    }

    @Test func `A folder without runs is refused`() throws {
        let error = #expect(throws: PublishError.self) {
            try RunRetention(keep: 1).plan(of: root + "/latest", threads: 1)
        }
        #expect(error?.kind == .runMissing)
    }
}
