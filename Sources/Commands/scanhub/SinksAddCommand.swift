import Accounts
import ArgumentParser
import CommandKit
import Foundation
import Hub
import HubStorage
import Replication
import Sinks

struct SinksAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Have another system sent what happens.",
        subcommands: [Webhook.self, MQTT.self, EPCIS.self])

    struct Webhook: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Operations as JSON, posted in batches and signed (Standard Webhooks).",
            discussion: """
                Without --secret-file a key is made and printed: the receiver needs it to see that \
                a request is this hub's, whole and new.
                """)

        @OptionGroup var new: NewSink
        @OptionGroup var http: HTTPSinkOptions

        func run() async throws {
            try await new.add(.webhook(new.receiver(http)))
        }
    }

    struct MQTT: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "One message an operation, to a broker (MQTT 3.1.1).")

        @OptionGroup var new: NewSink
        @Option(help: "What topics begin with: TOPIC/TENANT/operations.")
        var topic = "scanstation"
        @Option(help: "Who the password in --secret-file is of.") var user: String?
        @Option(
            help: ArgumentHelp(
                "The authorities that may vouch for the broker, in PEM. Default: the system's.",
                valueName: "file"))
        var caFile: String?
        @Option(
            help: ArgumentHelp(
                "Where Home Assistant looks for what there is.", valueName: "topic"))
        var discovery = "homeassistant"
        @Flag(help: "Tell Home Assistant nothing.") var noDiscovery = false

        func validate() throws {
            guard (user == nil) == (new.secretFile == nil) else {
                throw ValidationError("--user and --secret-file go together")
            }
        }

        func run() async throws {
            try await new.add(
                .mqtt(
                    MQTTSettings(
                        url: new.url, allowsPlain: new.allowPlain, topic: topic, user: user,
                        authorityFile: caFile.map(NewSink.whole),
                        discovery: noDiscovery ? nil : discovery)))
        }
    }

    struct EPCIS: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Events of EPCIS 2.0, to a repository's capture interface.",
            discussion: """
                What becomes which event: docs/ways-out.md. --secret-file holds a bearer token.
                """)

        @OptionGroup var new: NewSink
        @OptionGroup var http: HTTPSinkOptions
        @OptionGroup var meaning: EPCISOptions

        func run() async throws {
            // What makes no sense is told as for a file.
            _ = try meaning.settings(tenant: new.tenant.tenant)
            try await new.add(
                .epcis(
                    CaptureSettings(
                        new.receiver(http), namespace: meaning.namespace,
                        zoneOffset: meaning.zoneOffset, goodsIn: meaning.goodsIn,
                        goodsOut: meaning.goodsOut)))
        }
    }
}

/// What every new sink is told.
struct NewSink: ParsableArguments {
    @Argument(help: "What to call it: small letters, digits and '-'.") var name: String
    @Argument(help: "Where it is. No user and no password in it.") var url: String
    @Option(help: "What it gets first: start, now, or what comes after a position of the log.")
    var from = SinkStart.start
    @Option(
        help: ArgumentHelp(
            "A file with its secret that only the hub's user may read (chmod 600).",
            valueName: "file"))
    var secretFile: String?
    @Flag(help: "Send unencrypted to another machine: whoever is on the way reads all.")
    var allowPlain = false
    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    func receiver(_ http: HTTPSinkOptions) -> HTTPReceiver {
        HTTPReceiver(url: url, allowsPlain: allowPlain, batch: http.batch, pin: http.pin)
    }

    func add(_ target: SinkTarget) async throws {
        let store = try data.store()
        let made = try await SinkSetup(store: store, tenant: tenant.tenant).add(
            name, target, secretFile: secretFile.map(Self.whole), after: from.position,
            by: ShellUser.name, now: WallClock.microseconds())
        try await store.noteShell(.sinkChanged, "\(name): added", tenant: tenant.tenant)
        try store.close()
        guard !output.json else {
            return print(
                JSONForm.text(
                    NewSinkReport(
                        name: name, kind: target.kind, url: url, secret: made.key,
                        secretFile: made.secretFile)))
        }
        print("Sink '\(name)' gets \(from.sentence).")
        if let key = made.key, let file = made.secretFile {
            print("Its requests are signed with this key, which is kept in \(file):")
            print(key)
        }
    }

    /// The hub may run in another folder.
    static func whole(_ path: String) -> String {
        URL(filePath: path).standardizedFileURL.path(percentEncoded: false)
    }
}

struct HTTPSinkOptions: ParsableArguments {
    @Option(help: "At most so many operations a request.")
    var batch = HTTPReceiver.batchDefault
    @Option(help: "The only key that the receiver may have, sha256//...")
    var pin: String?

    func validate() throws {
        guard (1...HTTPReceiver.batchLimit).contains(batch) else {
            throw ValidationError("--batch is between 1 and \(HTTPReceiver.batchLimit)")
        }
    }
}

/// Where in the log a sink begins.
enum SinkStart: ExpressibleByArgument {
    case start, now
    case after(FeedPosition)

    init?(argument: String) {
        switch argument {
        case "start": self = .start
        case "now": self = .now
        default:
            guard let position = FeedPosition(argument), position <= Int64.max else { return nil }
            self = .after(position)
        }
    }

    var position: FeedPosition? {
        switch self {
        case .start: 0
        case .now: nil
        case .after(let position): position
        }
    }

    var sentence: String {
        switch self {
        case .start: "all that the log holds"
        case .now: "what comes from now on"
        case .after(let position): "what comes after position \(position)"
        }
    }

    var defaultValueDescription: String {
        switch self {
        case .start: "start"
        case .now: "now"
        case .after(let position): "\(position)"
        }
    }
}

/// `scanhub sinks add --json`.
private struct NewSinkReport: Encodable {
    var name: String
    var kind: String
    var url: String
    var secret: String?
    var secretFile: String?
}
