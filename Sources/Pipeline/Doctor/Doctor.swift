import Diagnostics
import Geo
import GridCore
import Tables

/// Looks at everything outside of the data that a run needs, and writes
/// nothing but one file in the output folder, which it removes.
public struct Doctor: Sendable {
    /// What one look found.
    public struct Finding: Hashable, Sendable {
        public enum Status: String, Hashable, Sendable {
            case ok
            /// A run goes on, perhaps not as its user would like.
            case warning
            /// A run would fail.
            case fault
        }

        /// What was looked at, such as `output folder`.
        public var subject: String
        public var status: Status
        /// What was found.
        public var found: String
        /// How to mend it; empty when there is nothing to mend.
        public var mend: String = ""
        /// What a run would end with.
        public var exit: ExitStatus = .ok

        static func ok(_ subject: String, _ found: String) -> Finding {
            Finding(subject: subject, status: .ok, found: found)
        }

        static func warning(_ subject: String, _ found: String, mend: String) -> Finding {
            Finding(subject: subject, status: .warning, found: found, mend: mend)
        }

        static func fault(
            _ subject: String, _ found: String, mend: String, exit: ExitStatus
        ) -> Finding {
            Finding(subject: subject, status: .fault, found: found, mend: mend, exit: exit)
        }
    }

    /// In the order in which they are shown.
    public let findings: [Finding]

    /// - Parameters:
    ///   - output: the folder that runs are published into; nil: it is not
    ///     looked at.
    ///   - environment: `TZ`, `LC_ALL` and `LANG` are looked at.
    ///   - now: the clock.
    public init(output: String?, environment: [String: String], now: UTCTime = .now) {
        var findings = Self.program + Self.drivers + Self.projections
        findings += MachineCheck.memory + MachineCheck.openFiles + MachineCheck.fileSize
        findings += MachineCheck.clock(environment, now)
        if let output { findings += OutputCheck(folder: output, now: now).findings }
        self.findings = findings
    }

    /// What a run would end with for the first fault; `ok` without one.
    public var exit: ExitStatus {
        findings.first { $0.status == .fault }?.exit ?? .ok
    }

    // MARK: Program and libraries

    private static var program: [Finding] {
        let libraries = GDALRuntime.versions
        let text = libraries.map { "\($0.name) \($0.version)" }.joined(separator: ", ")
        let geos = libraries.first { $0.name == "GEOS" }?.version
        return [
            .ok("program", "\(Jilaal.nameAndVersion), kernels: \(Jilaal.kernels)"),
            geos == "absent"
                ? .fault(
                    "libraries", text, mend: "Install a GDAL that was built with GEOS", exit: .fault)
                : .ok("libraries", text),
        ]
    }

    private static var drivers: [Finding] {
        let registered = Set(GDALRuntime.registeredDriverNames)
        let odd = registered.subtracting(GDALRuntime.driverNames).sorted()
        guard odd.isEmpty else {
            return [
                .fault(
                    "drivers", "GDAL would also open \(odd.joined(separator: ", "))",
                    mend: "Report this fault", exit: .bug)
            ]
        }
        let missing = Set(GDALRuntime.driverNames).subtracting(registered).sorted()
        let needed = missing.filter { GDALRuntime.indispensableDriverNames.contains($0) }
        guard needed.isEmpty else {
            return [
                .fault(
                    "drivers", "GDAL has no \(needed.joined(separator: ", "))",
                    mend: "Install Debian's libgdal, or a GDAL that was built with them",
                    exit: .fault)
            ]
        }
        guard missing.isEmpty else {
            return [
                .warning(
                    "drivers", "GDAL has no \(missing.joined(separator: ", "))",
                    mend: "Files of these formats cannot be read; install Debian's libgdal")
            ]
        }
        return [.ok("drivers", "\(registered.count) of GDAL's, no other can be opened")]
    }

    private static var projections: [Finding] {
        let codes = ["EPSG:4326", "EPSG:32637"]
        for code in codes {
            do throws(GeoError) {
                _ = try SpatialReference(CRSIdentifier(code))
            } catch {
                return [
                    .fault(
                        "projections", error.cause,
                        mend: "Install Debian's proj-data, or correct PROJ_DATA (PROJ_LIB)",
                        exit: .fault)
                ]
            }
        }
        return [.ok("projections", "PROJ's database knows \(codes.joined(separator: " and "))")]
    }
}

extension Doctor {
    /// One line a finding, for people.
    public var lines: [String] {
        findings.map { finding in
            let mend = finding.mend.isEmpty ? "" : ". \(finding.mend)"
            return TerminalText.sanitized(
                "\(finding.status.rawValue): \(finding.subject): \(finding.found)\(mend)")
        }
    }

    /// The findings, for programs.
    public var json: JSONValue {
        .array(
            findings.map { finding in
                [
                    "subject": .string(finding.subject), "status": .string(finding.status.rawValue),
                    "found": .string(finding.found), "mend": .string(finding.mend),
                    "exit_code": .integer(Int(finding.exit.rawValue)),
                ]
            })
    }
}
