import HTTPTypes
import Hummingbird
import WebPages

/// The hub's web console.
enum Console {
    static func add(to router: Router<HubRequestContext>, _ context: HubContext) {
        for file in files {
            router.get(RouterPath(file.path)) { request, _ in file.response(to: request) }
        }
        LoginPages(context: context).add(to: router)
        AccountPages(context: context).add(to: router)
        OverviewPage(context: context).add(to: router)
        StockPages(context: context).add(to: router)
        WorkPages(context: context).add(to: router)
        StationPages(context: context).add(to: router)
        UserPages(context: context).add(to: router)
        ActivityPage(context: context).add(to: router)
    }

    private static let files =
        WebFile.shared + [WebFile("/hub.css", "text/css; charset=utf-8", PackageResources.hub_css)]
}

extension WebFile {
    fileprivate func response(to request: Request) -> Response {
        let headers: HTTPFields = [
            .contentType: type, .eTag: tag, .cacheControl: "no-cache",
        ]
        return request.headers[.ifNoneMatch] == tag
            ? Response(status: .notModified, headers: headers)
            : Response(
                status: .ok, headers: headers,
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
