/// What is lost when one base leaves and all others stay.
public struct BaseLoss: Sendable, Hashable {
    /// Index of the base.
    public let base: Int
    /// One per time limit.
    public internal(set) var limits: [LimitLoss]
    /// What has this base as its nearest, in any time.
    public internal(set) var nearest = DemandTotals.zero
    /// Added waiting: people times minutes, each time counted up to the cap.
    public internal(set) var delayPersonMinutes = 0.0
    /// The same for people under drought stress.
    public internal(set) var delayStressedPersonMinutes = 0.0
}

/// What is lost within one time limit when one base leaves.
public struct LimitLoss: Sendable, Hashable {
    public let limitInMinutes: Double
    /// What this base alone reaches: it is uncovered afterwards.
    public internal(set) var lost = DemandTotals.zero
    /// The same by sector.
    public internal(set) var lostBySector: [DemandTotals] = []
    /// What was reached by the base as the nearest or second nearest and by
    /// two or more bases: one cover fewer is left. What a third base reaches
    /// in time keeps its backup and is counted all the same.
    public internal(set) var backupLost = DemandTotals.zero
    /// Indices of the settlements that lose their last cover: the largest
    /// population first, unknown ones last; then by name, then by index.
    public internal(set) var settlementsLosingCover: [Int] = []
    /// Indices of the settlements in `backupLost`, in the same order.
    public internal(set) var settlementsLosingBackup: [Int] = []
}
