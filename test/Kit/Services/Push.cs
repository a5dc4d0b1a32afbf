using System.Text.Json;

namespace Kit.Services;

/// <summary>An alert as it was pushed to Flashduty.</summary>
/// <param name="Number">1 for the server's first request.</param>
public sealed record Push(int Number, string Method, string Path, string IntegrationKey, string? ContentType, JsonElement Alert)
{
    public string AlertKey => Alert.GetProperty("alert_key").GetString()!;
}

/// <summary>The answer to a push.</summary>
/// <param name="RetryAfter">The header of that name.</param>
public sealed record Reply(int Status, string Body = "", string? RetryAfter = null)
{
    public static Reply Accepted { get; } = new(200, """{"request_id":"r-1","data":{"alert_key":"k"}}""");

    /// <summary>The connection is closed without an answer.</summary>
    public static Reply Dropped { get; } = new(0);

    /// <summary>No answer comes for as long as the client waits.</summary>
    public static Reply Silence { get; } = new(-1);

    public static Reply Error(int status, string code, string message = "no") =>
        new(status, $$$"""{"request_id":"r-1","error":{"code":"{{{code}}}","message":"{{{message}}}"}}""");
}
