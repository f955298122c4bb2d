import Crypto
import Tables

/// What a stage works on and what it makes: everything that its results
/// depend on, and nothing else.
///
/// Two declarations with the same key have the same results, so that a stage
/// is computed once for each key. Names of files, times, threads, folders
/// and the order of keys in the pipeline file are not part of it unless an
/// output states them.
struct StageDeclaration: Hashable, Sendable, Codable {
    /// Something that is read: a file, or part of one.
    struct Input: Hashable, Sendable, Codable {
        /// What it is to the stage, such as `ndvi 2010-12-03`; unique in a
        /// declaration.
        var role: String
        /// As written in the pipeline file.
        var path: String
        /// 64 hexadecimal digits.
        var sha256: String
    }

    /// A parameter by its path in the pipeline file.
    struct Parameter: Hashable, Sendable, Codable {
        var name: String
        /// Canonical JSON.
        var value: String
    }

    var stage: StageName
    /// Counted up whenever the same input would give other results.
    var algorithm: Int
    /// The program and the libraries that write outputs, with versions:
    /// outputs name them, and their encoders decide bytes.
    var program: [String]
    /// By role.
    var inputs: [Input]
    /// By name.
    var parameters: [Parameter]
    /// Keys of the stages whose results are used.
    var upstream: [StageName: String]
    /// Files and folders that it may write, relative to the run.
    var outputs: [String]

    init(
        stage: StageName, program: [String], inputs: [Input], parameters: [Parameter],
        upstream: [StageName: String]
    ) {
        self.stage = stage
        algorithm = stage.algorithm
        self.program = program
        self.inputs = inputs.sorted { $0.role.utf8.lexicographicallyPrecedes($1.role.utf8) }
        self.parameters = parameters.sorted {
            $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
        }
        self.upstream = upstream
        outputs = stage.outputs
    }

    /// SHA-256 of everything above but the paths of inputs: 64 hexadecimal
    /// digits.
    var key: String {
        let json: JSONValue = [
            "stage": .string(stage.rawValue),
            "algorithm": .integer(algorithm),
            "program": .array(program.map(JSONValue.string)),
            "inputs": .object(inputs.map { JSONMember($0.role, .string($0.sha256)) }),
            "parameters": .object(parameters.map { JSONMember($0.name, .string($0.value)) }),
            "upstream": .object(
                upstream.sorted { $0.key.rawValue < $1.key.rawValue }
                    .map { JSONMember($0.key.rawValue, .string($0.value)) }),
        ]
        return Digest(of: json.utf8()).sha256
    }
}

/// The stages of a night, in the order in which they run.
enum StageName: String, Hashable, Sendable, Codable, CaseIterable, CodingKeyRepresentable {
    /// Checks everything that is read.
    case inputs
    case drought
    /// Methods on whole series.
    case indicators
    case incidents
    case hotspots
    /// Space-time cube and emerging classes.
    case cube
    /// Scan statistics and near-repeats.
    case clusters
    /// Violence against drought.
    case relation
    case sectors
    case bases
    /// Who is reached by the bases over land, and how fast.
    case coverage
    /// Which bases can be handed over, kept or closed.
    case transfer
    case map

    /// Version of its algorithm.
    var algorithm: Int {
        switch self {
        // 2: medians, class areas, the baseline band, series of indicators;
        // 3: low and high estimates of deaths.
        case .sectors: 3
        // 4: the zones' series for the relation with violence.
        case .drought: 4
        // 3: smaller tiles, overviews by halving.
        case .indicators: 3
        // 2: tables of harm, precision, pile-ups and duplicates.
        case .incidents: 2
        // 3: significance under complete spatial randomness, robustness, local
        // Moran, low and high estimates of deaths.
        case .hotspots: 3
        // 2: the edition is a column, and the public one is rounded.
        case .bases: 2
        default: 1
        }
    }

    /// Files and folders that it may write.
    var outputs: [String] {
        switch self {
        case .inputs: []
        case .drought: ["drought/"]
        case .indicators: ["indicators/"]
        case .incidents: ["incidents/"]
        case .hotspots: ["hotspots/", "hotspots.", "incidents/index."]
        case .cube: ["cube/"]
        case .clusters: ["clusters/"]
        case .relation: ["relation/"]
        case .sectors: ["sectors.", "districts.", "livelihood_zones."]
        case .bases: ["bases.", "base_coverage_by_sector."]
        case .coverage: ["coverage/"]
        case .transfer: ["transfer/"]
        case .map: ["map.png"]
        }
    }

    /// Whether it may write `path`.
    func mayWrite(_ path: String) -> Bool { outputs.contains { path.hasPrefix($0) } }
}
