import Diagnostics
import State
import Synchronization
import Tables

extension NightMemory {
    /// What a night found.
    struct Seen {
        /// Every file by its absolute path, sidecars included.
        var files: [String: FileDigest] = [:]
        /// The files of each source of incidents, in the order of the pipeline
        /// file.
        var sources: [[SourceFile]]
        /// Makes sure that no file was changed since its digest was taken.
        var isUnchanged: () -> Bool

        init(_ survey: NightSurvey, _ configuration: PipelineConfiguration, _ ledger: InputLedger) {
            for file in survey.files {
                for (path, input) in zip(Sidecars.files(of: file.path), survey.inputs(of: file)) {
                    files[path] = FileDigest(input.digest)
                }
            }
            sources = (configuration.incidents?.sources ?? []).map { source in
                survey.inputs(of: source.file).map {
                    SourceFile(path: $0.path, digest: FileDigest($0.digest))
                }
            }
            isUnchanged = { (try? ledger.checkUnchanged()) != nil }
        }
    }

    /// The table of a source as it was known on the day that is asked for;
    /// nil: it is read as it is.
    ///
    /// - Throws: `StateError` when what is remembered is damaged.
    func knownTable(of source: IncidentSourceConfiguration) throws -> RecordTable? {
        try state.withLock { $0.known.sources[source.stateName] }?.content
            .table(file: source.file.written)
    }

    /// Keeps a table that was read until the end: what is remembered of it
    /// must be what the results were made of.
    func keep(_ table: RecordTable, of source: IncidentSourceConfiguration) {
        guard asKnownOn == nil else { return }
        state.withLock { $0.tables[source.stateName] = table }
    }

    /// The sources that differ from what is stored of them.
    func observations(
        _ seen: Seen, _ database: StateDatabase
    ) throws(StateError) -> [SourceObservation] {
        guard let incidents = configuration.incidents else { return [] }
        let stage = IncidentStage(configuration: incidents, area: nil)
        var observations: [SourceObservation] = []
        for (source, files) in zip(incidents.sources, seen.sources) {
            let name = source.stateName
            if try database.newestSnapshot(of: name)?.files == files { continue }
            var table = state.withLock { $0.tables[name] }
            if table == nil, let again = try? source.read(), seen.isUnchanged() { table = again }
            guard let table else { continue }
            observations.append(
                SourceObservation(
                    source: name, table: table, keyColumn: stage.keyColumn(of: source, in: table),
                    files: files))
        }
        return observations
    }
}

extension IncidentSourceConfiguration {
    /// Names the source in the state: another file, layer or coordinate
    /// system is another source.
    var stateName: String {
        ([file.path] + [layer, crs].compactMap { $0 }).joined(separator: " | ")
    }

    /// The table as its file has it now.
    func read() throws -> RecordTable {
        try TableInput.records(of: file, layer: layer, crs: crs)
    }
}

extension FileDigest {
    init(_ digest: Digest) { self.init(bytes: digest.bytes, sha256: digest.sha256) }
}

extension Digest {
    init(_ digest: FileDigest) { self.init(bytes: digest.bytes, sha256: digest.sha256) }
}
