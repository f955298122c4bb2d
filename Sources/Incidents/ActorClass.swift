/// What kind of actor a party to an incident is, in the same words for every
/// source. The raw value stands in tables and in columns of one's own.
public enum ActorClass: String, CaseIterable, Hashable, Sendable, Codable {
    /// Forces of the state in whose country it happened.
    case stateForces = "state-forces"
    /// Forces of another state, private security, other outside forces.
    case externalForces = "external-forces"
    /// Peacekeepers: the mission itself.
    case mission
    /// Rebels and other organised armed groups.
    case armedGroup = "armed-group"
    /// Armed gangs and militias with political ends.
    case politicalMilitia = "political-militia"
    /// Militias of clans, ethnic, religious or pastoral communities.
    case communalMilitia = "communal-militia"
    case rioters
    case protesters
    case civilians
    /// Aid workers and their organisations.
    case aidWorkers = "aid-workers"
    /// The source names no one, or no one who can be told.
    case unknown

    /// Whether such a party bears no arms: who is with it only is harmed and
    /// harms no one.
    public var isUnarmed: Bool {
        switch self {
        case .protesters, .civilians, .aidWorkers: true
        case .stateForces, .externalForces, .mission, .armedGroup, .politicalMilitia,
            .communalMilitia, .rioters, .unknown:
            false
        }
    }

    /// The class that a source's word or number for a type of actor means;
    /// nil when it means none.
    ///
    /// ACLED `inter1` and `inter2`: 1 to 8 in tables until 2024, words since;
    /// also the words of this type. Case, plurals, spaces and hyphens do not
    /// count.
    public init?(typeOfActor text: String) {
        var word = text.lowercased().filter { !" -_".contains($0) }
        if word.hasPrefix("sole") { word.removeFirst(4) }
        if word.hasSuffix("s") { word.removeLast() }
        guard let found = Self.byWord[word] else { return nil }
        self = found
    }

    private static let byWord: [String: ActorClass] = [
        "1": .stateForces, "stateforce": .stateForces,
        "2": .armedGroup, "rebelgroup": .armedGroup, "rebelforce": .armedGroup,
        "armedgroup": .armedGroup, "rebel": .armedGroup,
        "3": .politicalMilitia, "politicalmilitia": .politicalMilitia,
        "4": .communalMilitia, "identitymilitia": .communalMilitia,
        "communalmilitia": .communalMilitia,
        "5": .rioters, "rioter": .rioters,
        "6": .protesters, "protester": .protesters, "protestor": .protesters,
        "7": .civilians, "civilian": .civilians,
        "8": .externalForces, "external/otherforce": .externalForces,
        "externalforce": .externalForces, "otherforce": .externalForces, "other": .externalForces,
        "mission": .mission, "peacekeeper": .mission,
        "aidworker": .aidWorkers, "unknown": .unknown,
    ]

    /// The one or two classes of ACLED's `interaction`: two digits, the
    /// smaller first and 0 for none (`17`, `60`), or words (`Rebel
    /// group-Civilians`, `Protesters only`). Empty when it cannot be read.
    static func interaction(_ text: String) -> [ActorClass] {
        let word = text.lowercased()
        if word.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            return word.compactMap { ActorClass(typeOfActor: String($0)) }
        }
        let pair = word.split(separator: "-")
        // No word of ACLED's has a hyphen; older ones join by "versus".
        let parts =
            pair.count == 2
            ? pair.map(String.init) : word.split(separator: " versus ").map(String.init)
        return parts.compactMap { part in
            ActorClass(typeOfActor: part.hasSuffix(" only") ? String(part.dropLast(5)) : part)
        }
    }
}
