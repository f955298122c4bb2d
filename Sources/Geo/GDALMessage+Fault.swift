import Faults
import Glibc

extension GDALMessage {
    /// What the operating system said of the call that just failed.
    static var systemFailure: GDALMessage {
        .failure(strerror(errno).map { String(cString: $0) } ?? "error \(errno)")
    }
}

/// As `captureGDALErrors`, for a call that a test may let fail.
///
/// - Parameter failed: what the call gives when it fails.
func captureGDALErrors<Result>(
    at point: FaultPoint, _ file: String, failed: Result, _ body: () -> Result
) -> (Result, [GDALMessage]) {
    guard point.passes(file) else { return (failed, [.systemFailure]) }
    return captureGDALErrors(body)
}
