using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Flashduty.Lambda.Delivery;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Routing;

namespace Flashduty.Lambda.Logging;

/// <summary>Every message the function logs: one line of JSON each, so that CloudWatch Logs Insights can query their fields.</summary>
/// <remarks>
/// Lines go straight to standard output, which Lambda hands to CloudWatch as they are; a logger in between would wrap them, and an
/// embedded metric inside another line's string is no metric. No message takes a key.
/// </remarks>
internal sealed class Log(Stream output, TimeProvider time)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // One line's room, used for each line in turn.
    private readonly ArrayBufferWriter<byte> _line = new(2048);

    public void SecretIsReplaced() =>
        Write("WARN", "FLASHDUTY_INTEGRATION_KEY is used in place of the secret: it is for local runs, not for Lambda.");

    public void SecretCannotBeRead(string reason, bool isCached) =>
        Write("ERROR", isCached
            ? $"The secret cannot be read, the one read before goes on serving: {reason}"
            : $"The secret cannot be read, and none was before: {reason}");

    public void SecretHasBadEntries(IEnumerable<string> names) =>
        Write("ERROR", $"Entries of the secret whose value is no integration key, so no channel: {string.Join(", ", names)}");

    public void RoutesCannotBeRead(string path, string reason) =>
        Write("ERROR", $"The routes file {path} cannot be used, every alert goes to the integration key: {reason}");

    public void ChannelIsUnknown(string channel) =>
        Write("ERROR", $"A route names the channel \"{channel}\", and the secret has no such entry: the alert goes to the integration key.");

    public void NoRouteMatches(string alertKey) =>
        Write("ERROR", $"No case matches alert {alertKey} and there is no default: it goes to the integration key.");

    public void RoutingFailed(string alertKey, Exception exception) =>
        Write("ERROR", $"Alert {alertKey} cannot be routed, it goes to the integration key: {exception}");

    /// <summary>What would have been sent, whole: a dry run is for looking at it.</summary>
    public void DryRun(Alert alert, IReadOnlyList<Channel> channels) => Write(json =>
    {
        json.WriteString("timestamp", time.GetUtcNow().UtcDateTime);
        json.WriteString("level", "INFO");
        json.WriteString("message", $"FLASHDUTY_DRY_RUN: not sent to {string.Join(", ", channels.Select(channel => channel.Name))}.");
        json.WritePropertyName("alert");
        AlertWriter.Write(json, alert);
    });

    public void Failed(string requestId, Exception exception) =>
        Write("ERROR", $"Request {requestId} failed in a way nobody foresaw: {exception}");

    private void Write(string level, string message) => Write(json =>
    {
        json.WriteString("timestamp", time.GetUtcNow().UtcDateTime);
        json.WriteString("level", level);
        json.WriteString("message", message);
    });

    /// <summary>Writes one line, whole even when threads write at once.</summary>
    public void Write(Action<Utf8JsonWriter> members)
    {
        lock (_line)
        {
            _line.ResetWrittenCount();
            using (var json = new Utf8JsonWriter(_line, Options))
            {
                json.WriteStartObject();
                members(json);
                json.WriteEndObject();
            }

            _line.Write("\n"u8);
            output.Write(_line.WrittenSpan);
            output.Flush();
        }
    }
}
