import Calendar
import Diagnostics
import Tables

/// The deterministic record of a run: what was read, with which parameters,
/// and what came of it.
///
/// `manifest.json` holds no times, threads or host facts but the form of the
/// kernels, so that it has the same bytes for 1 and N threads; those are in
/// `run.json` (`RunRecord`).
public struct Manifest: Hashable, Sendable {
    /// Name and version of a program or library.
    public struct Component: Hashable, Sendable {
        /// What it is called.
        public var name: String
        /// As it states itself.
        public var version: String

        public init(name: String, version: String) {
            self.name = name
            self.version = version
        }
    }

    /// A file that was read.
    public struct Input: Hashable, Sendable {
        /// As written in the pipeline file.
        public var path: String
        /// Size and SHA-256.
        public var digest: Digest

        public init(path: String, digest: Digest) {
            self.path = path
            self.digest = digest
        }
    }

    /// A file that is published.
    public struct Output: Hashable, Sendable {
        /// Relative to the folder of the run.
        public var path: String
        /// Size and SHA-256.
        public var digest: Digest
        /// What it shows, for people.
        public var title: String
        /// Such as `text/csv`.
        public var mediaType: String

        public init(path: String, digest: Digest, title: String, mediaType: String) {
            self.path = path
            self.digest = digest
            self.title = title
            self.mediaType = mediaType
        }
    }

    /// How many of what a stage read, used and rejected.
    public struct StageCounts: Hashable, Sendable {
        /// Name of the stage.
        public var stage: String
        /// In the order in which they are shown.
        public var counts: [Count]

        public init(stage: String, counts: [Count]) {
            self.stage = stage
            self.counts = counts
        }
    }

    /// One number with its name.
    public struct Count: Hashable, Sendable {
        /// What it is called.
        public var name: String
        /// The number.
        public var value: Int

        public init(_ name: String, _ value: Int) {
            self.name = name
            self.value = value
        }
    }

    /// A stage: what it depended on and what it wrote.
    public struct Stage: Hashable, Sendable {
        public var name: String
        /// SHA-256 of everything that its results depend on.
        public var key: String
        /// Version of its algorithm.
        public var algorithm: Int
        /// Paths as written in the pipeline file.
        public var inputs: [String]
        /// By their path in the pipeline file, as canonical JSON.
        public var parameters: [JSONMember]
        /// Names of the stages whose results it used.
        public var upstream: [String]
        public var outputs: [String]
    }

    /// Jilaal itself.
    public var program: Component
    /// In the order in which they are shown.
    public var libraries: [Component]
    /// `name` of the pipeline file.
    public var pipelineName: String
    /// Its path as the user named it, and its bytes.
    public var pipelineFile: Input
    /// `PipelineFile.canonicalParameters`.
    public var parameters: JSONValue
    /// The night that the run looked back from; never `latest`.
    public var asOf: CalendarDate
    /// The day as of which inputs were known; nil: as they were found.
    public var asKnownOn: CalendarDate?
    /// The data are invented.
    public var isSynthetic: Bool
    /// Every file that was read, sidecars included.
    public var inputs: [Input]
    /// Every published file but manifest, record and log.
    public var outputs: [Output]
    /// In the order of the stages.
    public var counts: [StageCounts]
    /// In the order of the stages, whichever thread found them.
    public var warnings: [Warning]
    /// Sentences of the pipeline file.
    public var notes: [String]
    /// In the order in which they run.
    public var stages: [Stage]
    /// What differs from the run before (`Changes.json`); nil when nothing
    /// was compared.
    public var changes: JSONValue?
    /// Form of the kernels, which depends on the machine; all forms give the
    /// same bits. Not of the night; nil: not told.
    public var kernels: String?
    /// See `nightKey`; kept by `keepNightKey` before what differs from run to
    /// run is added.
    private var keptNightKey: String?

    public init(
        program: Component, libraries: [Component], pipelineName: String, pipelineFile: Input,
        parameters: JSONValue, asOf: CalendarDate, isSynthetic: Bool, inputs: [Input] = [],
        outputs: [Output] = [], counts: [StageCounts] = [], warnings: [Warning] = [],
        notes: [String] = [], stages: [Stage] = []
    ) {
        self.program = program
        self.libraries = libraries
        self.pipelineName = pipelineName
        self.pipelineFile = pipelineFile
        self.parameters = parameters
        self.asOf = asOf
        self.isSynthetic = isSynthetic
        self.inputs = inputs
        self.outputs = outputs
        self.counts = counts
        self.warnings = warnings
        self.notes = notes
        self.stages = stages
    }
}

extension Manifest.Output {
    /// Describes a finished file in the staging folder of `run`.
    ///
    /// - Throws: `PublishError` when there is no such file.
    public init(
        of path: String, in run: RunDirectory, title: String, mediaType: String
    ) throws(PublishError) {
        self.init(
            path: path, digest: try Digest(ofFileAt: run.staging + "/" + path), title: title,
            mediaType: mediaType)
    }
}

extension Manifest.Input {
    /// What to call `file`, which is `path` or lies beside it.
    static func name(of file: String, beside path: ConfiguredPath) -> String {
        if file.hasPrefix(path.path) { return path.written + file.dropFirst(path.path.count) }
        let (folder, _) = ConfiguredPattern.split(path.written)
        let name = ConfiguredPattern.split(file).name
        return path.written.contains("/") ? folder + "/" + name : name
    }
}

extension Manifest {
    /// The content of `manifest.json`. Inputs and outputs are in the order
    /// of their paths' bytes.
    public var json: JSONValue {
        guard case .object(let members) = content else { return content }
        return .object(
            [
                JSONMember("format", "jilaal-manifest"), JSONMember("version", 1),
                JSONMember("night", .string(keptNightKey ?? nightKey)),
            ] + members)
    }

    /// SHA-256 of the content but the form of the kernels: equal for two runs
    /// of the same night, wherever and whenever they ran.
    var nightKey: String {
        var night = self
        night.kernels = nil
        return Digest(of: night.content.utf8()).sha256
    }

    /// What is added from now on, such as the comparison with the run before,
    /// does not belong to the night.
    mutating func keepNightKey() { keptNightKey = nightKey }

    private var content: JSONValue {
        let document: JSONValue = [
            "program": Self.json(program),
            "libraries": .object(libraries.map { JSONMember($0.name, .string($0.version)) }),
            "pipeline": [
                "name": .string(pipelineName), "file": .string(pipelineFile.path),
                "bytes": .integer(pipelineFile.digest.bytes),
                "sha256": .string(pipelineFile.digest.sha256),
            ],
            "as_of": .string(asOf.description),
            "synthetic": .bool(isSynthetic),
            "notes": .array(notes.map(JSONValue.string)),
            "parameters": parameters,
            "inputs": .array(Self.sorted(inputs, by: \.path).map(Self.json)),
            "stages": .array(stages.map(Self.json)),
            "outputs": .array(Self.sorted(outputs, by: \.path).map(Self.json)),
            "counts": .object(
                counts.map { stage in
                    JSONMember(
                        stage.stage,
                        .object(stage.counts.map { JSONMember($0.name, .integer($0.value)) }))
                }),
            "warnings": .array(warnings.map(Self.json)),
        ]
        guard case .object(var members) = document else { return document }
        if let asKnownOn, let index = members.firstIndex(where: { $0.name == "as_of" }) {
            members.insert(
                JSONMember("as_known_on", .string(asKnownOn.description)), at: index + 1)
        }
        if let kernels { members.append(JSONMember("kernels", .string(kernels))) }
        if let changes { members.append(JSONMember("changes", changes)) }
        return .object(members)
    }

    private static func sorted<Element>(
        _ elements: [Element], by path: KeyPath<Element, String>
    ) -> [Element] {
        elements.sorted {
            $0[keyPath: path].utf8.lexicographicallyPrecedes($1[keyPath: path].utf8)
        }
    }

    private static func json(_ component: Component) -> JSONValue {
        ["name": .string(component.name), "version": .string(component.version)]
    }

    private static func json(_ input: Input) -> JSONValue {
        [
            "path": .string(input.path), "bytes": .integer(input.digest.bytes),
            "sha256": .string(input.digest.sha256),
        ]
    }

    private static func json(_ output: Output) -> JSONValue {
        [
            "path": .string(output.path), "title": .string(output.title),
            "media_type": .string(output.mediaType), "bytes": .integer(output.digest.bytes),
            "sha256": .string(output.digest.sha256),
        ]
    }

    private static func json(_ stage: Stage) -> JSONValue {
        [
            "name": .string(stage.name), "key": .string(stage.key),
            "algorithm": .integer(stage.algorithm),
            "upstream": .array(stage.upstream.map(JSONValue.string)),
            "inputs": .array(stage.inputs.map(JSONValue.string)),
            "parameters": .object(stage.parameters),
            "outputs": .array(stage.outputs.map(JSONValue.string)),
        ]
    }

    private static func json(_ warning: Warning) -> JSONValue {
        [
            "code": .string(warning.code), "place": .string(warning.place.description),
            "message": .string(warning.message),
        ]
    }
}
