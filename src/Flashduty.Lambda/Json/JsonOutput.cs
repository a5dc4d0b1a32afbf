using System.Text.Encodings.Web;
using System.Text.Json;

namespace Flashduty.Lambda.Json;

/// <summary>How all JSON that leaves the function is written.</summary>
internal static class JsonOutput
{
    /// <summary>Text stays readable ("é", "告警", "&lt;"): services and logs read it, nothing puts it into HTML.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
