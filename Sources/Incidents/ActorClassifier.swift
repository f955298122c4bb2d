/// Makes the sides of an incident from what its row says of actors. Rows that
/// say the same share one result.
struct ActorClassifier {
    /// What one row says.
    struct Fields: Hashable {
        var name1: String?
        var name2: String?
        var associates1: String?
        var associates2: String?
        var type1: String?
        var type2: String?
        var interaction: String?
        var country: String?
        /// UCDP: a conflict in which no side is a state.
        var isNonState = false
    }

    private let coding: EventCoding
    private let names: ActorNames
    private var known: [Fields: [IncidentSide]] = [:]

    init(coding: EventCoding, missionActors: [String]?) {
        self.coding = coding
        names = ActorNames(missionActors: missionActors)
    }

    /// None, one or two sides; a side without a name, a type and associates
    /// is none.
    mutating func sides(_ fields: Fields) -> [IncidentSide] {
        if let sides = known[fields] { return sides }
        let types = types(fields)
        let sides = [
            side(fields.name1, fields.associates1, types.0, fields),
            side(fields.name2, fields.associates2, types.1, fields),
        ].compactMap { $0 }
        known[fields] = sides
        return sides
    }

    /// What a row without a second type says of it in `interaction`.
    private func types(_ fields: Fields) -> (ActorClass?, ActorClass?) {
        let type1 = fields.type1.flatMap(ActorClass.init(typeOfActor:))
        let type2 = fields.type2.flatMap(ActorClass.init(typeOfActor:))
        guard fields.type2 == nil, var pair = fields.interaction.map(ActorClass.interaction) else {
            return (type1, type2)
        }
        if let type1 {
            if let index = pair.firstIndex(of: type1) { pair.remove(at: index) }
            return (type1, pair.first)
        }
        // Numbers are in their own order: they fit no names.
        guard fields.name1 == nil, fields.name2 == nil else { return (nil, nil) }
        return (pair.first, pair.dropFirst().first)
    }

    private func side(
        _ name: String?, _ associates: String?, _ type: ActorClass?, _ fields: Fields
    ) -> IncidentSide? {
        let beside = associates.map(Self.list) ?? []
        guard name != nil || type != nil || !beside.isEmpty else { return nil }
        var others = beside.compactMap {
            names.outstandingClass(ActorNames.Words($0), country: fields.country)
        }
        var main = type ?? .unknown
        if let name {
            // UCDP writes the parties of one side into one name.
            let parties = type == nil ? Self.parties(name) : [name]
            let found = parties.map { actorClass($0, type, fields) }
            main = found.first ?? main
            others += found.dropFirst()
        }
        return IncidentSide(
            name: name, actorClass: main, associates: beside, associateClasses: others)
    }

    /// The source's type decides, but that neither ACLED nor UCDP has one for
    /// the mission or for aid workers: those are told by name.
    private func actorClass(_ name: String, _ type: ActorClass?, _ fields: Fields) -> ActorClass {
        let words = ActorNames.Words(name)
        if let type {
            switch names.outstandingClass(words, country: fields.country) {
            case .mission?: return .mission
            case .aidWorkers? where type == .civilians || type == .externalForces:
                return .aidWorkers
            default: return type
            }
        }
        let isFormal = coding == .ucdpGED
        let found = names.plainClass(words, country: fields.country, isFormal: isFormal)
        if let found { return found }
        guard isFormal, !names.isNobody(words) else { return .unknown }
        let isMilitia = fields.isNonState && words.contains(anyOf: ["militia", "militias"])
        return isMilitia ? .communalMilitia : .armedGroup
    }

    /// Names joined by semicolons.
    private static func list(_ text: String) -> [String] {
        text.split(separator: ";").map { String($0).trimmed }.filter { !$0.isEmpty }
    }

    /// Names joined by commas outside brackets.
    private static func parties(_ text: String) -> [String] {
        var parts = [""]
        var depth = 0
        for character in text {
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            if character == ",", depth == 0 {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
        }
        return parts.map(\.trimmed).filter { !$0.isEmpty }
    }
}
