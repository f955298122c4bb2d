import Calendar
import Diagnostics
import Geo
import GridCore

/// What a night would read, with digests, found without reading more than
/// the names, headers and bytes of files.
///
/// Enough to tell which stages have been computed before.
struct NightSurvey: Sendable {
    var asOf: CalendarDate
    var drought: PreparedDrought?
    /// In the order of the pipeline file, with the files beside them.
    var files: [ConfiguredPath]
    var digests: [String: [Manifest.Input]]
    /// Of the rasters' files.
    var stackWarnings: [Warning]

    /// nil when something is wrong, or only the incidents say which night is
    /// meant: then everything has to be read.
    init?(
        _ night: Night, ledger: InputLedger, memory: InputMemory, nights: NightMemory
    ) throws {
        let configuration = night.file.configuration
        var log = ProblemLog()
        let stacks = configuration.drought.flatMap {
            DroughtStacks(loading: $0, memory: memory, nights: nights, &log)
        }
        let loader = NightLoader(configuration: configuration, asOf: night.asOf)
        guard log.isClean, let asOf = loader.surveyedDate(stacks?.vegetation) else { return nil }
        stackWarnings = log.warnings
        if let section = configuration.drought, let stacks {
            drought = PreparedDrought.prepare(section, stacks, asOf: asOf, &log)
        }
        guard log.isClean else { return nil }
        self.asOf = asOf
        files = loader.files(stacks)
        do {
            digests = try Self.digests(of: files, ledger, nights, night.threads)
        } catch is PublishError {
            return nil
        }
    }

    /// What was found by reading everything.
    init(
        _ inputs: NightInputs, _ night: Night, ledger: InputLedger, nights: NightMemory
    ) throws {
        asOf = inputs.asOf
        drought = inputs.drought
        files = inputs.files
        stackWarnings = []
        digests = try Self.digests(of: files, ledger, nights, night.threads)
    }

    private static func digests(
        of files: [ConfiguredPath], _ ledger: InputLedger, _ nights: NightMemory, _ threads: Int
    ) throws -> [String: [Manifest.Input]] {
        var digests: [String: [Manifest.Input]] = [:]
        for file in files { digests[file.path] = nights.inputs(of: file) }
        let read = files.filter { digests[$0.path] == nil }
        for (file, found) in zip(read, try ledger.files(of: read, threads: threads)) {
            digests[file.path] = found
        }
        return digests
    }

    /// The digests of a file and its sidecars.
    func inputs(of file: ConfiguredPath?) -> [Manifest.Input] {
        file.flatMap { digests[$0.path] } ?? []
    }

    /// Every file that is read, for the manifest.
    var manifestInputs: [Manifest.Input] { files.flatMap { digests[$0.path] ?? [] } }
}
