import Tables

/// Wall times of repeated runs; medians are quoted, because machines are
/// shared and noisy.
struct Measurement {
    let seconds: [Double]

    /// Runs `body` once to warm up, then `runs` times.
    init(runs: Int, warmUp: Bool = true, _ body: () throws -> Void) rethrows {
        if warmUp { try body() }
        let clock = ContinuousClock()
        seconds = try (0..<max(1, runs)).map { _ in
            let start = clock.now
            try body()
            return (clock.now - start).seconds
        }
    }

    init(seconds: [Double]) { self.seconds = seconds }

    var median: Double {
        let sorted = seconds.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    var json: JSONValue {
        [
            "median_s": .rounded(median, decimals: 5),
            "min_s": .rounded(seconds.min() ?? 0, decimals: 5),
            "max_s": .rounded(seconds.max() ?? 0, decimals: 5), "runs": .integer(seconds.count),
        ]
    }
}

extension Duration {
    var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}

/// Prints one benchmark as a JSON object.
func report(_ name: String, _ members: [JSONMember]) {
    print(JSONValue.object([JSONMember("benchmark", .string(name))] + members).text(.pretty))
}
