import Calendar
import Drought
import GridCore
import Tables

/// What a run would do, found without computing or writing anything.
public struct NightForecast: Sendable {
    /// One stage.
    public struct Stage: Hashable, Sendable {
        public var name: String
        public var isReused: Bool
        /// Why it would be computed; empty when it is reused.
        public var reason: String
        /// Size of its input files.
        public var bytes: Int
        /// How long it took in the newest run in which it was computed; nil
        /// when none tells.
        public var seconds: Double?
    }

    public var asOf: CalendarDate
    public var stages: [Stage]
    /// Whether the newest published run is this very night.
    public var isPublished: Bool
    /// An upper bound on the working memory, in bytes: samples and layers of
    /// the tiles in flight, and GDAL's cache.
    public var memoryBytes: Int

    /// For a person.
    public var lines: [String] {
        var lines = ["As of \(asOf)"]
        for stage in stages {
            var line = "\(stage.name): \(stage.isReused ? "reuse" : "compute")"
            if !stage.isReused {
                line += " (\(stage.reason)); \(Self.megabytes(stage.bytes)) of inputs"
                if let seconds = stage.seconds {
                    line += ", about \(ProgressReporter.elapsed(seconds))"
                }
            }
            lines.append(TerminalText.sanitized(line))
        }
        lines.append("Memory: at most \(Self.megabytes(memoryBytes)) for tiles")
        if isPublished { lines.append("Nothing to do: the newest run is of this night") }
        return lines
    }

    public var json: JSONValue {
        [
            "format": "jilaal-plan", "version": 1, "as_of": .string(asOf.description),
            "published": .bool(isPublished), "memory_bytes": .integer(memoryBytes),
            "stages": .array(
                stages.map { stage in
                    [
                        "name": .string(stage.name),
                        "action": .string(stage.isReused ? "reuse" : "compute"),
                        "reason": .string(stage.reason), "input_bytes": .integer(stage.bytes),
                        "seconds": .rounded(stage.seconds, decimals: 1),
                    ]
                }),
        ]
    }

    private static func megabytes(_ bytes: Int) -> String {
        (DecimalText.fixed(Double(bytes) / 1e6, decimals: bytes < 10_000_000 ? 1 : 0) ?? "") + " MB"
    }
}

extension Night {
    /// What `run` would do with these inputs.
    ///
    /// - Parameter output: nil when none is known: everything is computed.
    /// - Throws: `FailureList` when the inputs are refused as far as they had
    ///   to be read.
    public func forecast(output: String?) throws -> NightForecast {
        let root = output ?? ""
        let store = StageStore(root: root)
        let nights = NightMemory(self, began: now()) { _ in }
        if asKnownOn != nil { try nights.openForReading(folder: root) }
        let prepared = try prepare(store, InputMemory(root: root, reader: digests), nights)
        let times = Self.stageSeconds(root: root)
        var sizes: [String: Int] = [:]
        for input in prepared.survey.manifestInputs { sizes[input.path] = input.digest.bytes }
        let stages = zip(prepared.plan.steps, prepared.plan.states).map { step, state in
            NightForecast.Stage(
                name: state.stage, isReused: state.isReused, reason: state.reason,
                bytes: Set(step.declaration.inputs.map(\.path)).reduce(0) { $0 + (sizes[$1] ?? 0) },
                seconds: times[state.stage])
        }
        let isPublished =
            prepared.plan.isComplete
            && PublishedRun(
                root: root,
                ofNight: manifest(
                    prepared.survey, prepared.plan.steps.compactMap(\.record), nights)) != nil
        return NightForecast(
            asOf: prepared.survey.asOf, stages: stages, isPublished: isPublished,
            memoryBytes: memory(prepared.survey))
    }

    private func memory(_ survey: NightSurvey) -> Int {
        guard let drought = survey.drought else { return 0 }
        let tiles = TilePlan(drought.stack, threads: threads)
        let sample = (drought.stack.fitsInt16 ? 2 : 4) + (drought.stack.acceptedQuality == nil ? 0 : 2)
        let layers = 9 * MemoryLayout<Float>.size + 3
        let worker = tiles.mostCells * (drought.plan.mostPlanes() * sample + layers)
        let drawn = threads * worker + tiles.cacheBytes
        return max(drawn, threads * indicatorMemory(survey, tiles) + tiles.cacheBytes)
    }

    /// Of one worker of the indicators stage: the layers of its tile, and the
    /// series of a few cells in each of its blocks.
    private func indicatorMemory(_ survey: NightSurvey, _ tiles: TilePlan) -> Int {
        guard let prepared = survey.drought,
            let settings = file.configuration.drought?.indicators,
            let plan = IndicatorPlan(prepared, settings, asOf: survey.asOf),
            let methods = try? plan.makeMethods()
        else { return 0 }
        let float = MemoryLayout<Float>.size
        let outputs = methods.flatMap(\.outputs).count
        let planes = outputs * (float + 1) + methods.flatMap(\.reasonNames).count + 2 * float
        let steps =
            2 * plan.vegetation.count + (plan.temperature?.count ?? 0) + (plan.rain?.count ?? 0)
            + 3 * plan.conditionSteps.count + 6 * (plan.seriesSteps?.count ?? 0)
        return tiles.mostCells * planes + steps * CellChunk.capacity * float
    }

    /// Seconds of the stages of the newest run, by name, where it computed
    /// them.
    private static func stageSeconds(root: String) -> [String: Double] {
        guard let id = RunRetention.latest(in: root),
            let record = try? ManifestReader.record(
                of: RunFolder(path: "\(root)/\(RunDirectory.runsName)/\(id)"))
        else { return [:] }
        var seconds: [String: Double] = [:]
        for timing in record.stages {
            // "drought rasters" belongs to "drought".
            let name = timing.stage.split(separator: " ").first.map(String.init) ?? timing.stage
            seconds[name, default: 0] += timing.seconds
        }
        return seconds
    }
}
