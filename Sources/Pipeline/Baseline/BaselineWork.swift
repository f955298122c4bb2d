/// What has to be done to bring one period of a climatology up to date.
struct BaselineWork: Sendable {
    enum Step: Sendable {
        case keep(BaselineManifest.Slot)
        /// Add to what is there.
        case extend(BaselineManifest.Slot)
        case rebuild
    }

    let step: Step
    /// Composites to read, in date order.
    let positions: [Int]
    let reason: String

    /// Integers are added in any order with exactly the same result. Other
    /// numbers only at the end, since their fold depends on its order. A
    /// minimum cannot be taken back, so that what was revised or withdrawn is
    /// made anew.
    ///
    /// - Parameter anew: whatever is there.
    init(
        _ slot: BaselineInputs.Slot, _ state: BaselineState, areIntegers: Bool, anew: Bool
    ) {
        switch state {
        case .current(let kept) where !anew:
            step = .keep(kept)
            positions = []
            reason = ""
        case .outdated(let kept, let difference)
        where !anew && difference.revised.isEmpty && difference.withdrawn.isEmpty
            && (areIntegers || Self.comeLast(difference.added, after: kept.contributions)):
            let added = Set(difference.added.map(\.date))
            step = .extend(kept)
            positions = zip(slot.positions, slot.contributions).filter {
                added.contains($0.1.date)
            }.map(\.0)
            reason = difference.summary
        default:
            step = .rebuild
            positions = slot.positions
            reason = anew ? "as asked" : state.summary
        }
    }

    private static func comeLast(
        _ added: [BaselineContribution], after known: [BaselineContribution]
    ) -> Bool {
        guard let last = known.map(\.date).max() else { return true }
        return added.allSatisfy { $0.date > last }
    }

    /// What the composites are added to.
    var base: BaselineManifest.Slot? {
        if case .extend(let kept) = step { kept } else { nil }
    }

    var kind: BaselineJob.Change.Kind {
        switch step {
        case .keep: .kept
        case .extend: .extended
        case .rebuild: .rebuilt
        }
    }
}
