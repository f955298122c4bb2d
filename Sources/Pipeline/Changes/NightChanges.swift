import Diagnostics
import Tables

/// What changed since the last published run, told with the run that is
/// about to be published.
struct NightChanges {
    let changes: Changes
    /// When the run before could not be compared with.
    let warning: Warning?

    /// Compares what is staged with an earlier run.
    ///
    /// A run before that is damaged does not stop this one: it is told, and
    /// there is nothing to compare with.
    ///
    /// - Parameter run: which one, such as that which `latest` names; nil
    ///   when there is none.
    /// - Throws: when what is staged cannot be read back, or the device of
    ///   the run before fails: it may be whole, and be read the next time.
    init(manifest: Manifest, in directory: RunDirectory, since run: String?) throws {
        let asOf = Changes.Run(id: "", asOf: manifest.asOf)
        guard let id = run else {
            changes = Changes(before: nil, after: asOf)
            warning = nil
            return
        }
        let staged = try PublishedResults(
            of: RunFolder(path: directory.staging),
            manifest: PublishedManifest(
                manifest: manifest,
                stages: manifest.stages.map { .init(name: $0.name, algorithm: "\($0.algorithm)") }))
        do {
            let run = RunFolder(path: "\(directory.root)/\(RunDirectory.runsName)/\(id)")
            let before = try PublishedResults(of: run)
            var found = try RunComparison(before: before, after: staged).changes()
            found.after = asOf
            changes = found
            warning = nil
        } catch let error as any Diagnostic where error.exit != .inputOutput {
            changes = Changes(before: nil, after: asOf)
            warning = Warning(
                "no-comparison", at: error.place,
                "the run before (\(id)) cannot be compared with: \(error.cause)")
        }
    }

    /// Writes `changes.csv` and its dictionary.
    func write(to sink: OutputSink) throws {
        try sink.write(
            changes.table, to: Changes.path, title: "Changes since the run before",
            description: "What differs from the run before, which the manifest names, and why. "
                + "Empty when nothing does, or when there was no run before.", sources: [])
    }
}
