import Diagnostics
import Drought
import Geo

/// Replays reference vectors of the drought indicators, under the conventions
/// of this program and of its peers.
///
/// What has a tolerance must be met; what has none says how far numbers move
/// when one convention is taken for another.
public struct DroughtSelfTest: Sendable {
    private let vectors: SelfTestVectors
    private let kernels: Kernels

    /// - Parameters:
    ///   - folder: of the vectors, as in `Tests/Fixtures/drought`.
    ///   - kernels: the form to be tested.
    public init(vectors folder: String, kernels: Kernels = .best) {
        vectors = SelfTestVectors(folder: folder)
        self.kernels = kernels
    }

    /// Runs the checks of every profile.
    ///
    /// - Parameter profiles: in this order.
    /// - Throws: when a file of the vectors is missing (exit code of missing
    ///   input) or damaged (of refused data), with file and row or field.
    public func run(
        profiles: [SelfTestProfile] = SelfTestProfile.allCases
    ) throws -> SelfTestReport {
        let areas: [any SelfTestArea] = [
            try VegetationArea(vectors), try StressArea(vectors), try DroughtRunArea(vectors),
            try SmoothingArea(vectors), try PrecipitationArea(vectors), try TrendArea(vectors),
            try BreakArea(vectors), try CalendarArea(vectors), try ClassArea(vectors),
        ]
        return SelfTestReport(
            entries: try profiles.flatMap { profile in
                try areas.flatMap { try $0.checks(for: profile, kernels: kernels) }
                    .map { SelfTestReport.Entry(profile: profile, check: $0) }
            }, kernels: kernels.name)
    }

    /// The vectors of the source tree: `Tests/Fixtures/drought` in the first
    /// of `places` or the nearest folder above it that has one; nil when none
    /// has.
    public static func folder(above places: [String]) -> String? {
        for place in places {
            var parts = place.split(separator: "/").map(String.init)
            while true {
                let folder = "/" + (parts + ["Tests", "Fixtures", "drought"]).joined(separator: "/")
                if isFile(folder + "/" + VegetationArea.file) { return folder }
                guard !parts.isEmpty else { break }
                parts.removeLast()
            }
        }
        return nil
    }

    /// What to say when there are none.
    public static let noVectors = PipelineError(
        .missingVectors, at: Place(field: "drought selftest"),
        "no reference vectors above the working directory or the program (expected "
            + "Tests/Fixtures/drought)",
        mend: "Give their folder with --vectors DIR")

    private static func isFile(_ path: String) -> Bool {
        do {
            _ = try LocalFile(path, writtenAs: path)
            return true
        } catch {
            return false
        }
    }
}

/// The vectors of one method, and what they are compared with.
protocol SelfTestArea {
    init(_ vectors: SelfTestVectors) throws
    func checks(for profile: SelfTestProfile, kernels: Kernels) throws -> [SelfTestCheck]
}
