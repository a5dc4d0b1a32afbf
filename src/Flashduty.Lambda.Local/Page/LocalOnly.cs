using System.Net;

namespace Flashduty.Lambda.Local.Page;

/// <summary>Keeps other people's pages out: a site that a browser shows must not reach this server through that browser.</summary>
internal static class LocalOnly
{
    /// <summary>Nothing but this server's own files, and no script or style inside the document.</summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
        + "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    public static void Use(WebApplication app) => app.Use((http, next) =>
    {
        // A name that an attacker's DNS points here (rebinding) is neither an address nor localhost.
        if (!IsLocalName(http.Request.Host.Host))
        {
            return RefuseAsync(http, "The Host header names another server; use http://127.0.0.1 or http://localhost.");
        }

        if (IsForeign(http.Request))
        {
            return RefuseAsync(http, "Requests from other sites are not accepted.");
        }

        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return next(http);
    });

    private static bool IsLocalName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host.Trim('[', ']'), out _);

    private static bool IsForeign(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site" && request.Headers["Sec-Fetch-Mode"] != "navigate")
        {
            return true;
        }

        // Programs send no Origin; browsers send it with everything that may change something.
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0 && !origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }

    private static Task RefuseAsync(HttpContext http, string message) =>
        PageJson.Error(StatusCodes.Status403Forbidden, message).ExecuteAsync(http);
}
