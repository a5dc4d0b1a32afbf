using System.Text.Json;
using System.Text.Unicode;

namespace Flashduty.Lambda.Json;

/// <summary>A JSON file that people write and deploy with the function.</summary>
internal static class JsonFile
{
    public const int MaxBytes = 1024 * 1024;

    /// <exception cref="IOException">The file cannot be read, or it is not what such a file is; the message says why.</exception>
    /// <exception cref="UnauthorizedAccessException">It is a directory, or may not be read.</exception>
    public static byte[] ReadAllBytes(string path)
    {
        var file = new FileInfo(path);
        if (file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target)
        {
            file = target;
        }

        // Opening a FIFO waits for its writer, and a device has no end. Both have no length, like an empty file, which is not JSON either.
        return file.Length switch
        {
            0 => throw new IOException("It is empty, or not a regular file."),
            > MaxBytes => throw new IOException($"It is {file.Length} bytes; the limit is {MaxBytes}."),
            _ => File.ReadAllBytes(path),
        };
    }

    /// <summary>Reads a document. Comments and trailing commas are allowed; a byte order mark is skipped. Never throws for what it
    /// says.</summary>
    /// <param name="utf8">The file.</param>
    /// <param name="diagnostics">Gets what is wrong with it.</param>
    /// <param name="read">Makes the result; the element is not valid after it.</param>
    /// <param name="unusable">The result for a file that is not JSON.</param>
    public static T Parse<T>(ReadOnlyMemory<byte> utf8, JsonDiagnostics diagnostics, Func<JsonElement, T> read, T unusable)
    {
        if (utf8.Span.StartsWith("\uFEFF"u8))
        {
            utf8 = utf8[3..];
        }

        if (!Utf8.IsValid(utf8.Span))
        {
            diagnostics.Error("", "is not UTF-8");
            return unusable;
        }

        try
        {
            using var document = JsonDocument.Parse(
                utf8,
                new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return read(document.RootElement);
        }
        catch (JsonException exception)
        {
            // The message ends in the place, counted from 0.
            var reason = exception.Message.Split(" LineNumber:")[0];
            diagnostics.Error($"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}", $"invalid JSON: {reason}");
            return unusable;
        }
    }

    /// <summary>What is wrong with a file, short enough for a log line.</summary>
    public static string Summarize(IReadOnlyList<string> lines)
    {
        const int Max = 20;
        var text = string.Join("; ", lines.Take(Max));
        return lines.Count > Max ? $"{text}; and {lines.Count - Max} more" : text;
    }
}
