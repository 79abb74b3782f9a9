import Glibc
import HummingbirdCore
import LinuxIO
import Logging
import NIOCore
import NIOExtras
import NIOPosix
import ServiceLifecycle

/// Serves a socket that somebody else opened and goes on holding: who connects while no daemon
/// runs waits for the next one.
struct GivenListener<Connection: ServerChildChannel>: Service, CustomStringConvertible {
    let socket: LinuxIO.FileDescriptor
    let connection: Connection
    /// Connections at once; those beyond wait until others end.
    let connectionLimit: Int
    let threads: any EventLoopGroup
    let log: Logger
    let running: @Sendable (any Channel) -> Void

    var description: String { "given listener" }

    func run() async throws {
        let quiescing = ServerQuiescingHelper(group: threads)
        let server = try await listen(quiescing)
        await withGracefulShutdownHandler {
            running(server.channel)
            await serve(server)
        } onGracefulShutdown: {
            quiescing.initiateShutdown(promise: nil)
        }
    }

    private func serve(_ server: NIOAsyncChannel<Connection.Value, Never>) async {
        await withTaskGroup(of: Void.self) { group in
            do {
                var count = 0
                try await server.executeThenClose { connections in
                    for try await one in connections {
                        if count == connectionLimit { await group.next() } else { count += 1 }
                        group.addTask { await connection.handle(value: one, logger: log) }
                    }
                }
            } catch {
                log.error("api: no more connections are taken: \(error)")
            }
        }
    }

    /// NIO closes what it is given, so it gets a descriptor of its own.
    private func listen(
        _ quiescing: ServerQuiescingHelper
    ) async throws -> NIOAsyncChannel<Connection.Value, Never> {
        let copy = fcntl(socket.rawValue, F_DUPFD_CLOEXEC, 3)
        guard copy >= 0 else { throw IOError(errnoCode: errno, reason: "dup") }
        return try await ServerBootstrap(group: threads)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        quiescing.makeServerChannelHandler(channel: channel))
                }
            }
            .childChannelOption(ChannelOptions.allowRemoteHalfClosure, value: true)
            .bind(copy) { connection.setup(channel: $0, logger: log) }
    }
}
