import ArgumentParser
import Bases

/// The country of `make_inputs_mclp.py`.
enum LocationInput {
    static func matrix(in folder: String) throws -> DemandMatrix {
        let minutes = try SharedInput.doubles("mclp_minutes.f64", in: folder)
        let weights = try SharedInput.doubles("mclp_weights.f64", in: folder)
        guard !weights.isEmpty else {
            throw ValidationError("\(folder)/mclp_weights.f64 is empty. Run make_inputs_mclp.py.")
        }
        return try DemandMatrix(
            minutes: minutes, weights: weights, baseCount: minutes.count / weights.count)
    }
}
