import Diagnostics
import Tables

/// What is kept of a stage that was computed: the head of `record` in its entry.
struct StageRecord: Sendable, Codable {
    /// A file that the stage published.
    struct Output: Hashable, Sendable, Codable {
        var path: String
        var bytes: Int
        var sha256: String
        var title: String
        var mediaType: String

        var manifestOutput: Manifest.Output {
            Manifest.Output(
                path: path, digest: Digest(bytes: bytes, sha256: sha256), title: title,
                mediaType: mediaType)
        }
    }

    struct Count: Hashable, Sendable, Codable {
        var name: String
        var value: Int
    }

    /// Of this layout; another is not read.
    static let currentFormat = 1

    var format = StageRecord.currentFormat
    var declaration: StageDeclaration
    var outputs: [Output]
    var counts: [Count]
    var warnings: [Warning]
    /// Lines for a person, at the end of a run.
    var summary: [String]
    /// SHA-256 of what later stages need, kept beside this record.
    var findings: String

    var stageCounts: Manifest.StageCounts? {
        guard !counts.isEmpty else { return nil }
        return Manifest.StageCounts(
            stage: declaration.stage.rawValue,
            counts: counts.map { Manifest.Count($0.name, $0.value) })
    }

    var manifestStage: Manifest.Stage {
        var seen: Set<String> = []
        return Manifest.Stage(
            name: declaration.stage.rawValue, key: declaration.key,
            algorithm: declaration.algorithm,
            inputs: declaration.inputs.map(\.path).filter { seen.insert($0).inserted },
            parameters: declaration.parameters.map { JSONMember($0.name, .string($0.value)) },
            upstream: declaration.upstream.keys.map(\.rawValue).sorted(),
            outputs: outputs.map(\.path))
    }
}
