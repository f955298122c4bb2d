import Tables

/// The outcomes of the damages of one file.
struct CorruptionTally: Sendable {
    let file: String
    let byteCount: Int
    private(set) var outcomes: [Damage: DamageOutcome] = [:]
    /// What must not happen: a crash, a hang, an unknown error.
    private(set) var violations: [(damage: Damage, words: String)] = []
    /// Largest resident set of the reading processes.
    var peakBytes = 0

    mutating func add(_ outcome: DamageOutcome, after damage: Damage) {
        outcomes[damage] = outcome
        if case .unknownError(let words) = outcome {
            violations.append((damage, "unknown error: \(words)"))
        }
    }

    mutating func addViolation(_ words: String, after damage: Damage) {
        violations.append((damage, words))
    }

    /// Damages that were read through without a word and with other values.
    func unnoticed(wherever isIncluded: (Damage) -> Bool) -> Int {
        outcomes.count { isIncluded($0.key) && $0.value != .same && !$0.value.isRefusal }
    }

    var json: JSONValue {
        var refusals: [String: Int] = [:]
        for case .refused(let code) in outcomes.values { refusals[code, default: 0] += 1 }
        func count(_ outcome: DamageOutcome) -> JSONValue {
            .integer(outcomes.values.count { $0 == outcome })
        }
        return [
            "file": .string(file), "bytes": .integer(byteCount),
            "damages": .integer(outcomes.count + violations.count { outcomes[$0.damage] == nil }),
            "same": count(.same),
            "refused": .object(
                refusals.sorted { $0.key < $1.key }.map { JSONMember($0.key, .integer($0.value)) }),
            "other_values": count(.otherValues), "other_description": count(.otherDescription),
            "unnoticed_truncations": .integer(
                unnoticed { if case .truncated = $0 { true } else { false } }),
            "violations": .array(
                violations.map { .string("\($0.damage): \($0.words)") }),
            "peak_MB": .integer(peakBytes >> 20),
        ]
    }
}

extension DamageOutcome {
    var isRefusal: Bool { if case .refused = self { true } else { false } }
}
