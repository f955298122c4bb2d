import CGDAL

/// Something that GDAL said while it worked.
struct GDALMessage: Sendable, Hashable {
    var isFailure: Bool
    var text: String

    static func failure(_ text: String) -> GDALMessage {
        GDALMessage(isFailure: true, text: text)
    }
}

extension [GDALMessage] {
    /// The failures, else the warnings, in one line.
    var summary: String {
        let failures = filter(\.isFailure)
        let texts = (failures.isEmpty ? self : failures).map(\.text)
        guard let first = texts.first else { return "GDAL gave no reason" }
        let others = Set(texts).count - 1
        let line = first.split(whereSeparator: \.isNewline).joined(separator: " ")
        return others > 0 ? "GDAL: \(line); and \(others) more" : "GDAL: \(line)"
    }
}

private final class MessageList {
    var messages: [GDALMessage] = []
}

/// Runs `body` and returns its result with all that GDAL said on this thread
/// meanwhile; GDAL prints nothing.
///
/// Whether a call worked is judged by what it returned: some calls report an
/// error and succeed.
func captureGDALErrors<Result>(_ body: () throws -> Result) rethrows -> (Result, [GDALMessage]) {
    let list = MessageList()
    return try withExtendedLifetime(list) {
        CPLPushErrorHandlerEx(
            { severity, _, text in
                guard let data = CPLGetErrorHandlerUserData() else { return }
                let list = Unmanaged<MessageList>.fromOpaque(data).takeUnretainedValue()
                // Debug lines are not messages; a flood is cut at a hundred.
                guard severity.rawValue >= CE_Warning.rawValue, list.messages.count < 100 else {
                    return
                }
                list.messages.append(
                    GDALMessage(
                        isFailure: severity.rawValue >= CE_Failure.rawValue,
                        text: text.map { String(cString: $0) } ?? ""))
            }, Unmanaged.passUnretained(list).toOpaque())
        defer {
            CPLPopErrorHandler()
            CPLErrorReset()
        }
        let result = try body()
        return (result, list.messages)
    }
}
