using System.Buffers;
using System.Text.Json;
using Flashduty.Lambda.Json;
using Flashduty.Lambda.Limits;

namespace Flashduty.Lambda.Logging;

/// <summary>The function's log: one line of JSON per message, so that CloudWatch Logs Insights can query its fields.</summary>
/// <remarks>
/// Lines go straight to standard output, which Lambda hands to CloudWatch as they are; a logger in between would wrap them, and an
/// embedded metric inside another line's string is no metric. Each area has its messages beside it. No message takes a key.
/// </remarks>
internal sealed class Log(Stream output, TimeProvider time)
{
    // Reused for each line in turn.
    private readonly ArrayBufferWriter<byte> _line = new(2048);

    public void Info(string message) => Write("INFO", message);

    public void Warn(string message) => Write("WARN", message);

    public void Error(string message) => Write("ERROR", message);

    /// <summary>Writes one line with further members after the three that every line has.</summary>
    public void Write(string level, string message, Action<Utf8JsonWriter>? members = null) => Write(json =>
    {
        json.WriteString("timestamp", time.GetUtcNow().UtcDateTime);
        json.WriteString("level", level);
        json.WriteString("message", LogText.Clean(message, SizeLimits.LogMessage, keepLines: true));
        members?.Invoke(json);
    });

    /// <summary>Writes one line, whole even when several threads write.</summary>
    public void Write(Action<Utf8JsonWriter> members)
    {
        lock (_line)
        {
            _line.ResetWrittenCount();
            using (var json = new Utf8JsonWriter(_line, JsonOutput.Options))
            {
                json.WriteStartObject();
                members(json);
                json.WriteEndObject();
            }

            _line.Write("\n"u8);
            try
            {
                output.Write(_line.WrittenSpan);
                output.Flush();
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException or UnauthorizedAccessException)
            {
                // Whether an alert is delivered does not depend on whether that can be logged.
            }
        }
    }
}
