import Diagnostics
import Faults
import Foundation
import Glibc

/// An entry of the stage store while it is made.
struct StageAttempt: Sendable {
    let declaration: StageDeclaration
    let storePath: String
    let name: String
    let folder: StagingFolder

    /// Where the stage writes what it publishes.
    func makeFiles() throws(PublishError) -> StagingFolder {
        try StagingFolder(
            making: StageStore.filesName, in: try folder.open(), at: folder.path,
            synchronizes: false)
    }

    /// Completes the entry and makes it visible, replacing a damaged one.
    ///
    /// - Throws: `PublishError`; there is no entry then.
    func commit(
        _ work: StageWork, outputs: [StageRecord.Output], files: StagingFolder
    ) throws -> StageRecord {
        let record = StageRecord(
            declaration: declaration, outputs: outputs, counts: work.counts,
            warnings: work.warnings, summary: work.summary,
            findings: Digest(of: work.findings).sha256)
        try folder.write(work.findings, to: StageStore.findingsName)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        try CheckedFile.write(
            StageStore.recordName, in: folder.path, head: Array(try encoder.encode(record)))
        try files.leave { () throws(PublishError) in
            try folder.leave { () throws(PublishError) in
                try DirectoryTree.remove(
                    name, in: folder.parent.number, shownAs: storePath + "/" + name)
                guard FaultPoint.rename.passes(storePath + "/" + name),
                    renameat(folder.parent.number, folder.name, folder.parent.number, name) == 0
                else { throw .writing(storePath + "/" + name, "renaming") }
            }
        }
        return record
    }
}

/// What a stage found, beside the files it wrote.
struct StageWork: Sendable {
    var counts: [StageRecord.Count] = []
    var warnings: [Warning] = []
    /// Lines for a person, at the end of a run.
    var summary: [String] = []
    /// What later stages need.
    private(set) var findings: [UInt8] = []

    /// - Throws: `EncodingError`.
    init(_ findings: some Encodable) throws {
        let encoder = PropertyListEncoder()
        encoder.outputFormat = .binary
        self.findings = Array(try encoder.encode(findings))
    }
}

/// For stages that no other builds on.
struct NoFindings: Hashable, Sendable, Codable {}
