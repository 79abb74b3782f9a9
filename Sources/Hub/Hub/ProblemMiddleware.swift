import Hummingbird
import Logging

/// Turns what a route throws into a problem document, and logs what is our own fault.
struct ProblemMiddleware<Context: RequestContext>: RouterMiddleware {
    let log: Logger

    func handle(
        _ request: Request, context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            guard let problem = Problem(error) else {
                log.error("bug: \(request.method) \(request.uri.path): \(error)")
                return Problem.ofOurOwn.response
            }
            log.debug("refused \(request.method) \(request.uri.path): \(problem.detail)")
            return problem.response
        }
    }
}
