import Foundation
import Glibc
import Testing

/// A killed run loses the tiles that were being computed, and no other.
@Suite struct RunningTilesTests {
    private static let threads = 2

    @Test("After kill -9 at most the running tiles are computed again, with the same bytes")
    func redone() throws {
        let stack = try TiledStack(across: 3, down: 2)
        let root = try Scratch.folder()
        let night = [
            "run", stack.pipeline, "--output", root.path, "--threads", "\(Self.threads)",
            "--verbose",
        ]
        let first = try BackgroundProcess(night)
        first.wait { kept(in: root) >= 2 }
        #expect(first.end(with: SIGKILL) == nil)
        let before = kept(in: root)
        #expect((2..<stack.tiles).contains(before), "\(before) tiles were kept")
        let begun = tiles("begun", in: try first.said())

        let second = try JilaalProcess.run(night)
        #expect(second.exitCode == 0, "\(second.standardError)")
        let restored = tiles("restored", in: second.standardError)
        let computed = tiles("begun", in: second.standardError)
        #expect(restored.count == before)
        #expect(computed.union(restored) == Set(0..<stack.tiles))
        #expect(computed.isDisjoint(with: restored))
        #expect(begun.intersection(computed).count <= Self.threads)
        #expect(
            second.standardError.contains(
                "drought: \(before) of \(stack.tiles) tiles were finished before"))

        let whole = try PublishedRun(stack.pipeline, ["--threads", "1"])
        #expect(
            try PublishedRun(published: root).reproducibleHashes()
                == (try whole.reproducibleHashes()))
    }

    /// Whole tiles in the cache.
    private func kept(in root: URL) -> Int {
        let path = root.appendingPathComponent("cache/tiles").path
        return ((try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? [])
            .count { $0.split(separator: "/").last?.hasPrefix("tile-") == true }
    }

    /// Numbers of the tiles that a log tells of.
    private func tiles(_ step: String, in log: String) -> Set<Int> {
        Set(
            log.split(separator: "\n").compactMap { line in
                guard line.contains("drought tile"), line.contains("step=\(step)"),
                    let number = line.range(of: "tile=")
                else { return nil }
                return Int(line[number.upperBound...].prefix { $0.isNumber })
            })
    }
}
