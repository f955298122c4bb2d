import Foundation
import TestSupport

/// Runs that several suites look at; each is made once, when first needed.
enum SharedRuns {
    /// The invented country on its own night.
    static let korsavel = Result {
        try PublishedRun(
            "sample-data/pipeline.yaml", ["--threads", "2"], trace: korsavelConnections)
    }

    /// The connections that it opened; nil where they cannot be traced.
    static let korsavelConnections = ConnectionTrace.isAvailable ? Scratch.file() : nil

    /// The same data a year before, when the drought in the north-east was on.
    static let korsavelBefore = Result {
        try PublishedRun(
            "sample-data/pipeline.yaml", ["--as-of", try Truth.read().drought("A").asOf])
    }

    /// The small working set that the cases of bad input start from.
    static let small = Result { try PublishedRun(goodFolder.path + "/pipeline.yaml", ["--threads", "1"]) }

    /// The same with what becomes of violence in time.
    static let patternedFolder = Result { try ChangedNights.patterned().inputs }
    static let patterned = Result {
        try PublishedRun(
            try patternedFolder.get().appendingPathComponent("pipeline.yaml").path,
            ["--threads", "1"])
    }

    static let goodFolder = TestPaths.fixture("bad/good")
}
