namespace Amazon.Lambda.APIGatewayEvents;

/// <summary>A Function URL's request, payload format version 2.0.</summary>
public class APIGatewayHttpApiV2ProxyRequest
{
    public string Version { get; set; } = null!;

    public string RouteKey { get; set; } = null!;

    /// <summary>Percent-encoded as it came.</summary>
    public string RawPath { get; set; } = null!;

    /// <summary>Without the <c>?</c>.</summary>
    public string RawQueryString { get; set; } = null!;

    public string[] Cookies { get; set; } = null!;

    /// <summary>Names in lower case; several values of one name joined by commas.</summary>
    public IDictionary<string, string> Headers { get; set; } = null!;

    /// <summary>Decoded; several values of one name joined by commas.</summary>
    public IDictionary<string, string> QueryStringParameters { get; set; } = null!;

    public ProxyRequestContext RequestContext { get; set; } = null!;

    /// <summary>Null for none; base64 where <see cref="IsBase64Encoded"/>.</summary>
    public string Body { get; set; } = null!;

    public bool IsBase64Encoded { get; set; }

    public class ProxyRequestContext
    {
        public string AccountId { get; set; } = null!;

        public string ApiId { get; set; } = null!;

        public string DomainName { get; set; } = null!;

        public string DomainPrefix { get; set; } = null!;

        public HttpDescription Http { get; set; } = null!;

        public string RequestId { get; set; } = null!;

        public string RouteKey { get; set; } = null!;

        public string Stage { get; set; } = null!;

        /// <summary>In the form <c>22/Dec/2017:18:43:48 +0000</c>.</summary>
        public string Time { get; set; } = null!;

        /// <summary>Milliseconds since 1970 in UTC.</summary>
        public long TimeEpoch { get; set; }
    }

    public class HttpDescription
    {
        public string Method { get; set; } = null!;

        public string Path { get; set; } = null!;

        public string Protocol { get; set; } = null!;

        public string SourceIp { get; set; } = null!;

        public string UserAgent { get; set; } = null!;
    }
}
