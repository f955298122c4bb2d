import Glibc
import Tables

/// Times and host facts of a run: the content of `run.json`, which differs
/// from run to run while the manifest does not.
public struct RunRecord: Hashable, Sendable {
    /// When the run began.
    public var started: UTCTime
    /// When the run was ready to be published.
    public var finished: UTCTime
    /// In the order in which the stages ran.
    public var stages: [StageTiming]
    /// What became of each stage.
    public var states: [StageState]
    /// How many worker threads it had.
    public var threads: Int
    /// Largest resident set of the process.
    public var peakMemoryBytes: Int
    /// Name of the machine.
    public var host: String
    /// Form of the kernels; all forms give the same bits.
    public var kernels: String

    public init(
        started: UTCTime, finished: UTCTime, stages: [StageTiming],
        states: [StageState] = [], threads: Int,
        peakMemoryBytes: Int = ProcessMemory.peakBytes, host: String = RunRecord.thisHost,
        kernels: String = Jilaal.kernels
    ) {
        self.started = started
        self.finished = finished
        self.stages = stages
        self.states = states
        self.threads = threads
        self.peakMemoryBytes = peakMemoryBytes
        self.host = host
        self.kernels = kernels
    }

    /// The name of this machine; empty when it has none.
    public static var thisHost: String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "" }
        let bytes = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The content of `run.json`; seconds with three decimals.
    public var json: JSONValue {
        [
            "format": "jilaal-run",
            "version": 1,
            "timings": [
                "started": .string(started.description),
                "finished": .string(finished.description),
                "seconds": .object(
                    stages.map { JSONMember($0.stage, .rounded($0.seconds, decimals: 3)) }),
            ],
            "stages": .object(
                states.map { state in
                    JSONMember(
                        state.stage,
                        [
                            "outcome": .string(state.isReused ? "reused" : "computed"),
                            "reason": .string(state.reason),
                        ])
                }),
            "threads": .integer(threads),
            "peak_memory_bytes": .integer(peakMemoryBytes),
            "host": .string(host),
            "kernels": .string(kernels),
        ]
    }
}

/// How long a stage took.
public struct StageTiming: Hashable, Sendable {
    /// Name of the stage.
    public var stage: String
    /// Of the wall clock.
    public var seconds: Double

    public init(stage: String, seconds: Double) {
        self.stage = stage
        self.seconds = seconds
    }
}

extension StageTiming {
    /// How long a stage took in all its parts, such as "drought" and "drought
    /// rasters"; 0 for one that was reused.
    static func seconds(of state: StageState, in timings: [StageTiming]) -> Double {
        guard !state.isReused else { return 0 }
        return timings.filter { $0.stage == state.stage || $0.stage.hasPrefix(state.stage + " ") }
            .reduce(0) { $0 + $1.seconds }
    }
}
