using System.Text.Json;
using Flashduty.Lambda.Local.Flashduty;

namespace Flashduty.Lambda.Local.Output;

/// <summary>Takes the function's log, lines of JSON made for CloudWatch, and prints what a person has to know.</summary>
/// <remarks>
/// That is warnings and errors; alerts that a dry run does not send; and, where no simulator shows them (<paramref name="isReal"/>),
/// alerts that Flashduty accepted.
/// </remarks>
/// <param name="written">Called with every line.</param>
internal sealed class FunctionLog(Terminal terminal, bool isReal, Action<FunctionLogLine>? written = null) : Stream
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
        var line = new FunctionLogLine(JsonDocument.Parse(utf8).RootElement);
        written?.Invoke(line);
        if (line.IsWarningOrError)
        {
            terminal.WriteError(Printable.Lines($"{line.Level} {(line.Outcome.Length > 0 ? line.Outcome + ": " : "")}{line.Message}"));
        }
        else if (line.DryRunAlert is { } alert)
        {
            terminal.WriteAlert(StandardAlert.Read(alert), channel: null, note: line.Message);
        }
        else if (isReal && line.Outcome == OutcomeLog.Delivered && line.Number("attempts") > 0)
        {
            terminal.WriteAlert(
                new StandardAlert(Normalization.Values.Alert.Status, line.Text("title"), "", line.Text("alertKey"), []),
                string.Join(", ", line.Texts("channels")),
                "Flashduty has accepted it.");
        }
    }
}
