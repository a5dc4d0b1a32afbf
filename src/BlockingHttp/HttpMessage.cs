using System.Text;

namespace BlockingHttp;

/// <summary>What is sent: the body's <c>Content-Length</c> and the <c>Host</c> are added on the way.</summary>
/// <param name="Method">For example <c>POST</c>.</param>
/// <param name="Target">Path and query, already percent-encoded, beginning with <c>/</c>.</param>
/// <param name="Headers">Whole header lines, each ended by CR LF; no value may hold a line break.</param>
/// <param name="Body">Empty for none.</param>
public readonly record struct HttpRequest(string Method, string Target, string Headers = "", ReadOnlyMemory<byte> Body = default);

/// <summary>What came back.</summary>
public sealed class HttpResponse
{
    private readonly string _head;

    internal HttpResponse(int statusCode, string head, ReadOnlyMemory<byte> body)
    {
        StatusCode = statusCode;
        Body = body;
        _head = head;
    }

    public int StatusCode { get; }

    public bool IsSuccess => StatusCode is >= 200 and < 300;

    /// <summary>Valid until the next request on the same connection for <see cref="HttpConnection"/>, for good for
    /// <see cref="HttpOrigin"/>.</summary>
    public ReadOnlyMemory<byte> Body { get; internal set; }

    /// <summary>The first value of a header, without the white space around it; its name in any case.</summary>
    public string? Header(string name) => FindHeader(_head, name);

    public string Text => Encoding.UTF8.GetString(Body.Span);

    /// <summary>Looks in the head itself: a dictionary would cost more than the two or three look-ups a response sees.</summary>
    internal static string? FindHeader(string head, string name)
    {
        var rest = head.AsSpan();
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf("\r\n");
            var line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 2)..];
            if (line.Length > name.Length && line[name.Length] == ':' && line.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                return line[(name.Length + 1)..].Trim().ToString();
            }
        }

        return null;
    }
}
