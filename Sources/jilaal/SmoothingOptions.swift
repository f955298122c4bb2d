import ArgumentParser
import Drought
import GridCore
import Pipeline

/// How series are smoothed: the keys of `drought.indicators.smoothing` as
/// options.
struct SmoothingOptions: ParsableArguments {
    @Flag(help: "Smooth the series first (Whittaker, lambda by V-curve).") var smooth = false
    @Option(help: "Smooth with this lambda for all series, 1e-4 to 1e8.") var lambda: Double?
    @Option(
        help: "Smooth with this weight of values above the curve, 0.5 to 0.99; 1 less it below.")
    var asymmetry: Double?
    @Option(help: "Gaps of more steps stay without value.") var maximumGap = 12

    func validate() throws {
        if let lambda, !(1e-4...1e8).contains(lambda) {
            throw ValidationError("--lambda: \(lambda) is outside 1e-4...1e8.")
        }
        if let asymmetry, !(0.5...0.99).contains(asymmetry) {
            throw ValidationError("--asymmetry: \(asymmetry) is outside 0.5...0.99.")
        }
        guard (0...1000).contains(maximumGap) else {
            throw ValidationError("--maximum-gap: \(maximumGap) is outside 0...1000.")
        }
    }

    /// Whether one of the options asks for smooth curves.
    var isAsked: Bool { smooth || lambda != nil || asymmetry != nil }

    var rule: WhittakerRule {
        var configuration = SmoothingConfiguration()
        if let lambda {
            configuration.lambda = .fixed
            configuration.fixedLambda = lambda
        }
        configuration.asymmetry = asymmetry
        configuration.maximumGap = maximumGap
        return configuration.rule
    }
}
