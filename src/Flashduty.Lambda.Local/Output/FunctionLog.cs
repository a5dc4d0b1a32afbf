using System.Text.Json;
using Flashduty.Lambda.Json;
using Flashduty.Lambda.Local.Flashduty;

namespace Flashduty.Lambda.Local.Output;

/// <summary>Takes the function's log, lines of JSON made for CloudWatch, and shows of it what a person has to know.</summary>
/// <remarks>
/// That is warnings and errors; alerts that a dry run does not send; and, where no stand-in shows them (<paramref name="isReal"/>),
/// alerts that Flashduty took.
/// </remarks>
internal sealed class FunctionLog(Terminal terminal, bool isReal) : Stream
{
    private readonly MemoryStream _line = new();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.IndexOf((byte)'\n') is var end and >= 0)
        {
            _line.Write(buffer[..end]);
            buffer = buffer[(end + 1)..];
            Show(_line.ToArray());
            _line.SetLength(0);
        }

        _line.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void Show(ReadOnlyMemory<byte> utf8)
    {
        using var document = JsonDocument.Parse(utf8);
        var line = document.RootElement;
        var message = Text(line, "message");
        if (Text(line, "level") is "WARN" or "ERROR")
        {
            var outcome = Text(line, "outcome") is { Length: > 0 } code ? code + ": " : "";
            terminal.WriteError(Printable.Lines($"{Text(line, "level")} {outcome}{message}"));
        }
        else if (line.TryGetProperty("alert", out var alert))
        {
            terminal.WriteAlert(StandardAlert.Read(alert), channel: null, note: message);
        }
        else if (isReal && Text(line, "outcome") == OutcomeLog.Delivered && line.GetProperty("attempts").GetInt32() > 0)
        {
            var channels = string.Join(", ", line.GetProperty("channels").EnumerateArray().Select(JsonText.Of));
            terminal.WriteAlert(
                new StandardAlert(Normalization.Values.Alert.Status, Text(line, "title"), "", Text(line, "alertKey"), []),
                channels,
                "Flashduty has taken it.");
        }
    }

    private static string Text(JsonElement line, string name) => line.TryGetProperty(name, out var value) ? JsonText.Of(value) : "";
}
