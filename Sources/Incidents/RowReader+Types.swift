import Products
import Tables

// What kind of event it is, and who took part.
extension RowReader {
    func classify(_ draft: inout Draft, _ record: TableRecord) {
        switch schema.coding {
        case .acled: classifyACLED(&draft, record)
        case .ucdpGED: classifyUCDP(&draft)
        case .plain:
            draft.incident.civilianTargeting = stated(.civilianTargeting, record)
        }
        if draft.incident.civilianTargeting == nil { draft.notes.append(.civilianTargetingAbsent) }
    }

    private func classifyACLED(_ draft: inout Draft, _ record: TableRecord) {
        if let type = draft.incident.eventType.flatMap(ACLEDEventType.init(name:)) {
            let subType = draft.incident.subEventType
            draft.isPoliticalViolence = type.isPoliticalViolence(subType: subType)
            draft.isAttack = type.isAttack(subType: subType)
            if !type.has(subType: subType ?? "") { draft.notes.append(.unknownSubEventType) }
        } else {
            draft.notes.append(.unknownEventType)
        }
        guard binding.column(.civilianTargeting) != nil else { return }
        // Blank says that civilians were not the main target.
        let targeted =
            text(.civilianTargeting, record) == nil ? false : stated(.civilianTargeting, record)
        draft.incident.civilianTargeting = targeted
        if draft.incident.civilianDeaths == nil, let targeted {
            draft.incident.civilianDeaths = targeted ? draft.incident.deaths.best : 0
        }
    }

    private func classifyUCDP(_ draft: inout Draft) {
        guard let code = draft.incident.eventType else { return }
        guard let type = FieldText.wholeNumber(code).flatMap(UCDPViolenceType.init(rawValue:))
        else {
            draft.notes.append(.unknownEventType)
            return
        }
        draft.incident.eventType = type.title
        draft.incident.civilianTargeting = type == .oneSided
    }

    private func stated(_ role: EventRole, _ record: TableRecord) -> Bool? {
        switch text(role, record)?.lowercased() {
        case "civilian targeting", "true", "yes", "1": true
        case "false", "no", "0": false
        default: nil
        }
    }

    /// What the row says of actors.
    func actorFields(_ incident: Incident, _ record: TableRecord) -> ActorClassifier.Fields {
        ActorClassifier.Fields(
            name1: text(.actor1, record), name2: text(.actor2, record),
            associates1: text(.associates1, record), associates2: text(.associates2, record),
            type1: text(.actorType1, record), type2: text(.actorType2, record),
            interaction: text(.interaction, record), country: incident.country,
            isNonState: schema.coding == .ucdpGED
                && incident.eventType == UCDPViolenceType.nonState.title)
    }

    /// UCDP `event_clarity`: 1 one event, 2 several that reports sum up.
    func isSummary(_ record: TableRecord) -> Bool? {
        switch text(.clarity, record).flatMap(FieldText.wholeNumber) {
        case 1: false
        case 2: true
        default: nil
        }
    }
}
