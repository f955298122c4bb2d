import Diagnostics
import Drought
import Glibc
import InstructionSets

/// Which form of the kernels a person asked for.
public enum KernelRequest {
    /// Looks at `JILAAL_KERNELS` before anything is computed.
    ///
    /// - Throws: `PipelineError` of kind `noSuchKernels` when it names a form
    ///   that there is not or that this processor does not run.
    public static func check() throws(PipelineError) {
        guard let value = getenv(Kernels.environmentName) else { return }
        try check(String(cString: value))
    }

    static func check(_ name: String) throws(PipelineError) {
        guard Kernels.named(name) == nil else { return }
        let forms = Kernels.available.map(\.form.rawValue)
        let isKnown = Kernels.Form(rawValue: name) != nil
        throw PipelineError(
            .noSuchKernels, at: Place(field: Kernels.environmentName),
            isKnown
                ? "this processor lacks the instructions of \"\(name)\" (it runs: "
                    + "\(forms.joined(separator: ", ")))"
                : "there are no kernels named \"\(name)\" (this processor runs: "
                    + "\(forms.joined(separator: ", ")))",
            mend: "Unset it to take the fastest, or name one of those")
    }
}
