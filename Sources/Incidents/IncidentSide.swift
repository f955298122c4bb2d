/// One party to an incident, with those beside it.
///
/// Sources do not say which party began; the order is theirs.
public struct IncidentSide: Hashable, Sendable {
    /// The main actor as the source names it; nil when only its type is told.
    public var name: String?
    /// Actors that the source names beside it.
    public var associates: [String]
    /// Class of the main actor.
    public var actorClass: ActorClass
    /// Its class and those of its associates that can be told by name
    /// (mission, aid workers, forces of a state), each once, in the order of
    /// `ActorClass`.
    public var classes: [ActorClass]

    /// A party; `associateClasses` join the class of the main actor.
    public init(
        name: String?, actorClass: ActorClass, associates: [String] = [],
        associateClasses: [ActorClass] = []
    ) {
        self.name = name
        self.associates = associates
        self.actorClass = actorClass
        let all = Set(associateClasses + [actorClass])
        classes = ActorClass.allCases.filter(all.contains)
    }

    /// Whether nobody on this side bears arms.
    public var isUnarmed: Bool { classes.allSatisfy(\.isUnarmed) }
}

extension Incident {
    /// Every class of actor on any side, each once, in the order of
    /// `ActorClass`; `unknown` alone when the source names nobody.
    public var actorClasses: [ActorClass] {
        let all = Set(sides.flatMap(\.classes))
        return all.isEmpty ? [.unknown] : ActorClass.allCases.filter(all.contains)
    }

    /// Whether civilians were targeted or killed, by the columns that say so;
    /// in tables without them, whether civilians or aid workers are a side.
    public var harmsCivilians: Bool {
        if civilianTargeting == true || civilianDeaths ?? 0 > 0 { return true }
        guard civilianTargeting == nil else { return false }
        let harmed: Set<ActorClass> = [.civilians, .aidWorkers]
        return sides.contains { !harmed.isDisjoint(with: $0.classes) }
    }
}
