import Foundation
import Glibc
import Testing

/// A climatology whose making is broken off stays whole, and the next try
/// ends with the bytes of an unbroken one.
@Suite struct BrokenBaselineTests {
    private static let periods = 4

    @Test("SIGTERM stops in order with 143, kill -9 at once; what is named is whole either way")
    func broken() throws {
        let stack = try TiledStack(across: 1, down: 1, periods: Self.periods)
        let whole = try Scratch.folder()
        let built = try JilaalProcess.run(arguments("build", stack, whole))
        #expect(built.exitCode == 0, "\(built.standardError)")

        let root = try Scratch.folder()
        let stopped = try BackgroundProcess(arguments("build", stack, root))
        stopped.wait { names(root).contains { $0.hasPrefix("slot-") } }
        #expect(stopped.end(with: SIGTERM) == 143)
        let kept = names(root).count { $0.hasPrefix("slot-") }
        #expect((1..<Self.periods).contains(kept), "it stopped before the last period")
        #expect(try damaged(stack, root) == [])

        let killed = try BackgroundProcess(arguments("update", stack, root))
        killed.wait { names(root).contains { $0.hasPrefix(".slot-") } }
        #expect(killed.end(with: SIGKILL) == nil)
        #expect(names(root).contains { $0.hasPrefix(".slot-") }, "it was killed in the middle")
        #expect(try damaged(stack, root) == [])

        let updated = try JilaalProcess.run(arguments("update", stack, root))
        #expect(updated.exitCode == 0, "\(updated.standardError)")
        #expect(try hashes(root) == (try hashes(whole)))

        // Over a product that is there: it is read until the last moment.
        let rebuilt = try BackgroundProcess(arguments("build", stack, root))
        rebuilt.wait { names(root).contains { $0.hasPrefix(".slot-") } }
        #expect(rebuilt.end(with: SIGKILL) == nil)
        #expect(try damaged(stack, root) == [])
        let again = try JilaalProcess.run(arguments("build", stack, root))
        #expect(again.exitCode == 0)
        #expect(try hashes(root) == (try hashes(whole)))
    }

    private func arguments(_ command: String, _ stack: TiledStack, _ root: URL) -> [String] {
        ["baseline", command, stack.pipeline, "--output", root.path, "--threads", "2"]
    }

    private func names(_ root: URL) -> [String] {
        let path = root.appendingPathComponent("baseline").path
        return (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    }

    /// Files that the manifest names and that are not what it says.
    private func damaged(_ stack: TiledStack, _ root: URL) throws -> [String] {
        let process = try JilaalProcess.run(arguments("show", stack, root))
        #expect(process.exitCode == 0, "\(process.standardError)")
        return process.standardOutput.split(separator: "\n").map(String.init)
            .filter { $0.contains("damaged") }
    }

    /// Of all that the product consists of.
    private func hashes(_ root: URL) throws -> [String: String] {
        let product = root.appendingPathComponent("baseline")
        var hashes: [String: String] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: product.path)
        where path != ".lock" {
            let file = product.appendingPathComponent(path)
            if let data = try? Data(contentsOf: file) {
                hashes[path] = PublishedRun.sha256(data)
            }
        }
        return hashes
    }
}
