import Calendar
import Diagnostics
import Geo
import State
import Synchronization
import Tables

/// What was known on the day that a night asks for.
struct KnownThen {
    /// By absolute path.
    var files: [String: FileVersion] = [:]
    /// Sources of incidents by their names in the state.
    var sources: [String: KnownSource] = [:]
    /// Digests of the files of those sources then, by absolute path of the
    /// first.
    var inputs: [String: [Manifest.Input]] = [:]
    /// The run that had been published last by then.
    var run: String?
}

extension NightMemory {
    /// Looks up what was known on the day that is asked for; does nothing
    /// when none is.
    ///
    /// - Throws: `StateError`, of kind `notKnownThen` when the state does not
    ///   reach back so far.
    func recall() throws(StateError) {
        guard let date = asKnownOn else { return }
        let sources = configuration.incidents?.sources ?? []
        guard let database = state.withLock({ $0.database }) else {
            throw StateError(
                .notKnownThen, at: Place(file: (sources.first?.file ?? configuration.sectors?.file)?.written),
                "what was known of it on \(date) was not kept (the output folder has no usable state)",
                mend: "Give the --output of the nights of that time, or run without --as-known-on")
        }
        var known = KnownThen()
        known.files = try database.filesKnown(on: date)
        known.run = try database.newestPublished(by: date)
        for source in sources {
            let found = try database.snapshot(
                of: source.stateName, asKnownOn: date, file: source.file.written)
            known.sources[source.stateName] = found
            known.inputs[source.file.path] = found.files.map {
                Manifest.Input(path: $0.path, digest: Digest($0.digest))
            }
        }
        state.withLock { [known] in $0.known = known }
    }

    /// A file and its sidecars as they were known on the day that is asked
    /// for; nil: as they are.
    func inputs(of file: ConfiguredPath) -> [Manifest.Input]? {
        state.withLock { $0.known.inputs[file.path] }
    }

    /// The run that the run of that day was compared with; nil when there
    /// was none, or it is not kept.
    func comparedRun(in root: String) -> String? {
        guard let run = state.withLock({ $0.known.run }) else { return nil }
        let folder = RunFolder(path: "\(root)/\(RunDirectory.runsName)/\(run)")
        guard let published = try? ManifestReader.manifest(of: folder),
            case .string(let id)? = published.manifest.changes?["before"]?["run"]
        else { return nil }
        return id
    }

    /// Names inputs that are not as they were known then.
    func revisionWarnings(_ survey: NightSurvey) -> [Warning] {
        guard let date = asKnownOn else { return [] }
        let known = state.withLock { $0.known }
        let revised = survey.files.filter { file in
            guard known.inputs[file.path] == nil else { return false }
            return zip(Sidecars.files(of: file.path), survey.inputs(of: file)).contains {
                known.files[$0]?.digest != FileDigest($1.digest)
            }
        }
        guard let first = revised.first else { return [] }
        let named = revised.prefix(Self.namedFiles).map(\.written).joined(separator: ", ")
        let rest = revised.count - min(revised.count, Self.namedFiles)
        return [
            Warning(
                "revised-since", at: Place(file: first.written),
                "\(revised.count) input\(revised.count == 1 ? " is" : "s are") not as known on \(date), "
                    + "and the bytes of that day are not kept: read as they are now "
                    + "(\(named)\(rest > 0 ? " and \(rest) more" : ""))")
        ]
    }

    private static let namedFiles = 10

    /// The composites whose rasters a run had read by the day that is asked
    /// for.
    ///
    /// - Parameter noun: what a raster is called.
    /// - Throws: `StateError` of kind `notKnownThen` when none is left.
    func known(
        _ composites: [RasterStack.Composite], _ noun: String
    ) throws(StateError) -> [RasterStack.Composite] {
        guard let date = asKnownOn else { return composites }
        let (files, database) = state.withLock { ($0.known.files, $0.database) }
        let kept = composites.filter { files[$0.raster.path] != nil }
        guard kept.isEmpty, let first = composites.first else { return kept }
        let seconds = composites.compactMap { composite in
            (try? database?.versions(ofFileAt: composite.raster.path))?.first?.firstSeenAtSecond
        }
        let begin = seconds.min().map { CalendarDate(secondSince1970: $0) }
        throw StateError(
            .notKnownThen, at: Place(file: first.raster.name),
            "no \(noun) was known on \(date)"
                + (begin.map { " (the state begins on \($0))" } ?? " (no run has published from them)"),
            mend: begin.map { "Give --as-known-on \($0) or later" }
                ?? "Run without --as-known-on")
    }
}
