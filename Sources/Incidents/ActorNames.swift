/// Tells classes of actors by the words in their names.
///
/// Sources write names in English and add years and countries in brackets.
/// Abbreviations count in capitals only, other words in any case, and both
/// only as whole words.
struct ActorNames: Hashable, Sendable {
    /// Names of the mission; nil: those of the known peace operations.
    private let missionPhrases: [String]?

    /// - Parameter missionActors: nil = the known peace operations of the
    ///   United Nations and the African Union.
    init(missionActors: [String]?) {
        missionPhrases = missionActors?.map { Words($0).folded }.filter { $0 != "  " }
    }

    /// The words of one name.
    struct Words {
        /// As written.
        let words: [Substring]
        /// In small letters between single spaces, one at either end.
        let folded: String
        /// The same of what stands before the first bracket: without years
        /// and former names.
        let head: String

        init(_ name: String) {
            words = Self.words(name[...])
            folded = Self.folded(words)
            head = Self.folded(Self.words(name.prefix { $0 != "(" }))
        }

        private static func words(_ text: Substring) -> [Substring] {
            text.split { !$0.isLetter && !$0.isNumber }
        }

        private static func folded(_ words: [Substring]) -> String {
            " " + words.map { $0.lowercased() }.joined(separator: " ") + " "
        }

        func contains(anyOf phrases: [String]) -> Bool {
            phrases.contains { folded.contains(" \($0) ") }
        }

        func contains(abbreviation set: Set<String>) -> Bool {
            words.contains { set.contains(String($0)) }
        }
    }

    /// The mission, aid workers or forces of a state; nil: the name tells
    /// none of them.
    ///
    /// - Parameter country: where it happened, to tell the forces of that
    ///   state from those of others; nil: all count as of that state.
    func outstandingClass(_ name: Words, country: String?) -> ActorClass? {
        if isMission(name) { return .mission }
        if name.contains(abbreviation: Self.aidAbbreviations)
            || name.contains(anyOf: Self.aidPhrases)
        {
            return .aidWorkers
        }
        for begin in Self.stateHeads where name.head.hasPrefix(" \(begin) ") {
            guard let country else { return .stateForces }
            let state = name.head.dropFirst(begin.count + 1)
            return state == Words(country).head ? .stateForces : .externalForces
        }
        return nil
    }

    func isMission(_ name: Words) -> Bool {
        if let missionPhrases { return missionPhrases.contains { name.folded.contains($0) } }
        if name.contains(abbreviation: Self.missionAbbreviations)
            || name.contains(anyOf: Self.missionPhrases)
        {
            return true
        }
        return name.contains(anyOf: ["united nations"])
            && name.contains(anyOf: ["mission", "operation in", "interim force", "force in"])
    }

    /// The class that only a name tells; nil: no word in it does.
    ///
    /// - Parameter isFormal: the source writes "Government of" for states and
    ///   names no aid workers, so that other words of that kind are part of a
    ///   group's name, as in many a "National Army".
    func plainClass(_ name: Words, country: String?, isFormal: Bool) -> ActorClass? {
        let outstanding = outstandingClass(name, country: country)
        if name.contains(anyOf: ["civilian", "civilians"]), isFormal || outstanding != .aidWorkers {
            return .civilians
        }
        if let outstanding, !isFormal || outstanding != .aidWorkers { return outstanding }
        if name.contains(anyOf: ["protester", "protesters", "protestors"]) { return .protesters }
        if name.contains(anyOf: ["rioter", "rioters"]) { return .rioters }
        if !isFormal, name.contains(anyOf: Self.statePhrases) { return .stateForces }
        if name.contains(anyOf: Self.communalPhrases) { return .communalMilitia }
        if name.contains(anyOf: Self.rebelPhrases) { return .armedGroup }
        return nil
    }

    /// Whether a name stands for nobody in particular.
    func isNobody(_ name: Words) -> Bool {
        name.folded == "  " || name.contains(anyOf: ["unidentified", "unknown", "unnamed"])
    }

    private static let stateHeads = [
        "government of the", "government of", "military forces of the", "military forces of",
        "police forces of the", "police forces of",
    ]
    private static let statePhrases = [
        "state forces", "government forces", "national army", "national police",
    ]
    private static let communalPhrases = [
        "communal", "clan", "subclan", "sub clan", "ethnic", "tribal", "tribe", "pastoralist",
        "pastoralists", "herders", "herdsmen", "farmers", "christians", "muslims",
    ]
    private static let rebelPhrases = ["rebel", "rebels", "armed group", "insurgents"]
    private static let missionPhrases = [
        "african union mission", "african union transition mission", "african union support",
        "peacekeeper", "peacekeepers", "peacekeeping",
    ]
    private static let missionAbbreviations: Set<String> = [
        "AMIS", "AMISOM", "ATMIS", "AUSSOM", "FOMUC", "MICOPAX", "MINUCI", "MINURCA", "MINURCAT",
        "MINURSO", "MINUSCA", "MINUSMA", "MINUSTAH", "MISAHEL", "MISCA", "MONUC", "MONUSCO", "ONUB",
        "UNAMID", "UNAMIR", "UNAMSIL", "UNFICYP", "UNIFIL", "UNISFA", "UNMIL", "UNMIS", "UNMISS",
        "UNOCI", "UNOSOM", "UNPROFOR", "UNSOM",
    ]
    private static let aidPhrases = [
        "aid worker", "aid workers", "humanitarian", "humanitarians", "red cross", "red crescent",
        "medecins sans frontieres", "m\u{E9}decins sans fronti\u{E8}res",
        "doctors without borders", "world food programme", "save the children",
        "norwegian refugee council", "un united nations",
    ]
    private static let aidAbbreviations: Set<String> = [
        "FAO", "ICRC", "IFRC", "INGO", "IOM", "MSF", "NGO", "OCHA", "UNDP", "UNHCR",
        "UNICEF", "UNOCHA", "UNRWA", "WFP", "WHO",
    ]
}
