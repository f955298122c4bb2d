import Diagnostics
import GridCore

/// What the sum around a cell at a step is compared with.
public enum GlobalWindow: String, Hashable, Sendable, CaseIterable {
    /// Mean and spread of all cells and steps. The default.
    case entireCube = "entire-cube"
    /// Those of the steps that the neighbourhood reaches.
    case neighbourhoodSteps = "neighbourhood-steps"
    /// Those of the step itself; steps before it then are no neighbours.
    case individualStep = "individual-step"
}

/// Which cells and steps are the neighbours of a cell at a step: those around
/// it at that step, and the same cells at the steps before. Later steps are
/// never neighbours: what was found yesterday does not change tomorrow.
public struct SpaceTimeNeighbourhood: Hashable, Sendable {
    /// A distance band, `queen` or `rook`.
    public var space: Neighbourhood
    /// How many steps back, 0 or more. The first steps of a cube have fewer.
    public var previousSteps: Int
    public var window: GlobalWindow

    public init(
        space: Neighbourhood, previousSteps: Int = 1, window: GlobalWindow = .entireCube
    ) {
        self.space = space
        self.previousSteps = previousSteps
        self.window = window
    }

    /// Steps that the neighbourhood of a step holds, itself included.
    func layers(at step: Int) -> Int {
        window == .individualStep ? 1 : min(step, previousSteps) + 1
    }

    /// Steps whose mean and spread count for a step.
    func windowSteps(at step: Int, of count: Int) -> Range<Int> {
        switch window {
        case .entireCube: 0..<count
        case .neighbourhoodSteps: (step + 1 - layers(at: step))..<(step + 1)
        case .individualStep: step..<(step + 1)
        }
    }

    /// The runs of cells in space.
    ///
    /// - Throws: `.unsuitableParameter`.
    func band(on spec: GridSpec) throws(HotspotError) -> DistanceBand {
        try space.check()
        guard previousSteps >= 0 else {
            throw HotspotError(
                .unsuitableParameter,
                "space-time neighbours: \(previousSteps) previous steps (expected 0 or more)",
                mend: "Give how many steps back neighbours lie, such as 1")
        }
        switch space {
        case .distanceBand, .queen, .rook:
            if let band = space.band(on: spec) { return band }
        case .kernel, .nearest, .distanceBandAtLeast: break
        }
        throw HotspotError(
            .unsuitableParameter,
            "space-time neighbours: kernel weights and nearest cells are not offered in cubes "
                + "(expected a distance band, queen or rook)",
            mend: "Use a distance band")
    }
}
