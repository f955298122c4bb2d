import Calendar
import Diagnostics
import Tables

/// What a `manifest.json` says, read back.
public struct PublishedManifest: Hashable, Sendable {
    /// A stage as the manifest names it.
    public struct Stage: Hashable, Sendable {
        /// Such as `drought`.
        public var name: String
        /// Version of its algorithm, as text.
        public var algorithm: String
    }

    /// Everything that has a type. Places of warnings are text again.
    public var manifest: Manifest
    /// In the order of the manifest; empty when it names none.
    public var stages: [Stage]
}

/// Reads `manifest.json` and `run.json` of published runs.
public enum ManifestReader {
    /// The manifest of a run.
    ///
    /// - Throws: `PublishError` of kind `runMissing` when there is none,
    ///   `runDamaged` when it is not what a run publishes.
    public static func manifest(of run: RunFolder) throws(PublishError) -> PublishedManifest {
        let name = RunDirectory.manifestName
        guard let document = try run.document(name) else {
            throw PublishError(
                .runMissing, at: Place(file: run.shown(name)), "does not exist",
                mend: "Give the folder of a published run")
        }
        return try manifest(DocumentMember(value: document, file: run.shown(name), path: ""))
    }

    /// Times and host facts of a run; nil when there is no `run.json`.
    ///
    /// - Throws: `PublishError` of kind `runDamaged`.
    public static func record(of run: RunFolder) throws(PublishError) -> RunRecord? {
        let name = RunDirectory.recordName
        guard let document = try run.document(name) else { return nil }
        return try record(DocumentMember(value: document, file: run.shown(name), path: ""))
    }

    private static func manifest(_ root: DocumentMember) throws(PublishError) -> PublishedManifest {
        try root.require(format: "jilaal-manifest", version: 1)
        let pipeline = try root["pipeline"]
        let program = try root["program"]
        let asOf = try root["as_of"]
        guard let date = CalendarDate(iso: try asOf.text()) else { throw asOf.damaged("a date") }
        var manifest = Manifest(
            program: .init(
                name: try program["name"].text(), version: try program["version"].text()),
            libraries: try components(try root["libraries"]),
            pipelineName: try pipeline["name"].text(),
            pipelineFile: .init(path: try pipeline["file"].text(), digest: try digest(pipeline)),
            parameters: try root["parameters"].value, asOf: date,
            isSynthetic: try root["synthetic"].flag())
        if let known = root.optional("as_known_on") {
            guard let date = CalendarDate(iso: try known.text()) else {
                throw known.damaged("a date")
            }
            manifest.asKnownOn = date
        }
        for note in try root["notes"].elements() { manifest.notes.append(try note.text()) }
        for input in try root["inputs"].elements() {
            manifest.inputs.append(
                .init(path: try input["path"].text(), digest: try digest(input)))
        }
        for output in try root["outputs"].elements() {
            manifest.outputs.append(
                .init(
                    path: try output["path"].text(), digest: try digest(output),
                    title: try output["title"].text(),
                    mediaType: try output["media_type"].text()))
        }
        manifest.counts = try counts(try root["counts"])
        for warning in try root["warnings"].elements() {
            let place = try warning["place"].text()
            manifest.warnings.append(
                Warning(
                    try warning["code"].text(), at: Place(file: place.isEmpty ? nil : place),
                    try warning["message"].text()))
        }
        manifest.kernels = try root.optional("kernels")?.text()
        manifest.changes = root.optional("changes")?.value
        return PublishedManifest(manifest: manifest, stages: try stages(root))
    }

    private static func components(
        _ member: DocumentMember
    ) throws(PublishError) -> [Manifest.Component] {
        var components: [Manifest.Component] = []
        for (name, version) in try member.members() {
            components.append(.init(name: name, version: try version.text()))
        }
        return components
    }

    private static func counts(
        _ member: DocumentMember
    ) throws(PublishError) -> [Manifest.StageCounts] {
        var stages: [Manifest.StageCounts] = []
        for (stage, members) in try member.members() {
            var counts: [Manifest.Count] = []
            for (name, value) in try members.members() {
                counts.append(.init(name, try value.count()))
            }
            stages.append(.init(stage: stage, counts: counts))
        }
        return stages
    }

    private static func stages(
        _ root: DocumentMember
    ) throws(PublishError) -> [PublishedManifest.Stage] {
        var stages: [PublishedManifest.Stage] = []
        for stage in try root.optional("stages")?.elements() ?? [] {
            let algorithm = try stage["algorithm"]
            stages.append(
                .init(
                    name: try stage["name"].text(),
                    algorithm: algorithm.value.string ?? algorithm.value.text()))
        }
        return stages
    }

    private static func digest(_ member: DocumentMember) throws(PublishError) -> Digest {
        let hash = try member["sha256"]
        let text = try hash.text()
        guard text.utf8.count == 64, text.allSatisfy({ $0.isHexDigit && !$0.isUppercase }) else {
            throw hash.damaged("64 hexadecimal digits")
        }
        return Digest(bytes: try member["bytes"].count(), sha256: text)
    }

    private static func record(_ root: DocumentMember) throws(PublishError) -> RunRecord {
        try root.require(format: "jilaal-run", version: 1)
        let timings = try root["timings"]
        var stages: [StageTiming] = []
        for (name, seconds) in try timings["seconds"].members() {
            stages.append(StageTiming(stage: name, seconds: try seconds.number()))
        }
        var states: [StageState] = []
        for (name, stage) in try root.optional("stages")?.members() ?? [] {
            states.append(
                StageState(
                    stage: name, isReused: try stage["outcome"].text() == "reused",
                    reason: try stage["reason"].text()))
        }
        return RunRecord(
            started: try time(try timings["started"]), finished: try time(try timings["finished"]),
            stages: stages, states: states, threads: try root["threads"].count(),
            peakMemoryBytes: try root["peak_memory_bytes"].count(), host: try root["host"].text(),
            // Runs of earlier versions do not say.
            kernels: try root.optional("kernels")?.text() ?? "")
    }

    private static func time(_ member: DocumentMember) throws(PublishError) -> UTCTime {
        guard let time = UTCTime(iso: try member.text()) else {
            throw member.damaged("a time such as 2010-12-19T04:05:06Z")
        }
        return time
    }
}
