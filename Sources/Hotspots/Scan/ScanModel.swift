import GridCore

/// How many cases a cylinder expects, and the windows there are.
///
/// Steps count from the first that any window contains; a prospective scan
/// knows only the last steps.
struct ScanModel: Sendable {
    enum Expectation: Sendable {
        /// Cases by location, and by window: the cases of a window of `end *
        /// longest + length - 1`.
        case permutation(sizes: [Int32], windows: [Int])
        /// Expected cases by location and step.
        case poisson([Double])
    }

    let expectation: Expectation
    /// Cases everywhere and ever.
    let total: Int
    /// Steps of the study before the first that any window contains.
    let firstStep: Int
    let steps: Int
    let longest: Int
    let endsLast: Bool
    let minimumCases: Int

    init(events: ScanEvents, design: ScanDesign, expected: [Double]?) {
        total = events.count
        longest = min(design.maximumSteps, events.stepCount)
        endsLast = design.period == .prospective
        steps = endsLast ? longest : events.stepCount
        firstStep = events.stepCount - steps
        minimumCases = design.minimumCases
        let (steps, longest, firstStep) = (steps, longest, firstStep)
        if let expected {
            let all = events.stepCount
            expectation = .poisson(
                events.locations.indices.flatMap { location in
                    expected[(location * all + firstStep)..<((location + 1) * all)]
                })
        } else {
            let byStep = events.countByStep.suffix(steps).map { $0 }
            var windows = [Int](repeating: 0, count: steps * longest)
            for end in 0..<steps {
                var cases = 0
                for back in 0..<min(longest, end + 1) {
                    cases += byStep[end - back]
                    windows[end * longest + back] = cases
                }
            }
            expectation = .permutation(
                sizes: events.countByLocation.map { Int32($0) }, windows: windows)
        }
    }

    /// 64-bit words for a bit per step.
    var words: Int { (steps + 63) / 64 }

    /// Steps at which windows end that contain `step`.
    @inline(__always)
    func ends(containing step: Int) -> Range<Int> {
        endsLast ? steps - 1..<steps : step..<min(steps, step + longest)
    }

    /// Marks the windows that gain a case of `step`.
    @inline(__always)
    func mark(_ step: Int, in touched: UnsafeMutablePointer<UInt64>) {
        for end in ends(containing: step) { touched[end >> 6] |= 1 << UInt64(end & 63) }
    }
}

/// The expectations of a zone as it grows.
struct ScanZoneExpectation {
    private let model: ScanModel
    private var size = 0
    private(set) var byStep: [Double]

    init(_ model: ScanModel) {
        self.model = model
        if case .poisson = model.expectation {
            byStep = [Double](repeating: 0, count: model.steps)
        } else {
            byStep = []
        }
    }

    mutating func clear() {
        size = 0
        for step in byStep.indices { byStep[step] = 0 }
    }

    mutating func enter(_ location: Int) {
        switch model.expectation {
        case .permutation(let sizes, _): size += Int(sizes[location])
        case .poisson(let expected):
            let row = location * model.steps
            for step in 0..<model.steps { byStep[step] += expected[row + step] }
        }
    }

    /// Expected cases of windows that end with `end`, by length less one.
    func withWindows(
        endingAt end: Int, _ body: (_ back: Int, _ expected: Double) -> Bool
    ) {
        switch model.expectation {
        case .permutation(_, let windows):
            for back in 0..<min(model.longest, end + 1) {
                let cases = Double(windows[end * model.longest + back])
                guard body(back, Double(size) * cases / Double(model.total)) else { return }
            }
        case .poisson:
            var expected = 0.0
            for back in 0..<min(model.longest, end + 1) {
                expected += byStep[end - back]
                guard body(back, expected) else { return }
            }
        }
    }
}
