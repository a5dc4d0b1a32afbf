using System.Text.Json;

namespace Kit;

/// <summary>The files in <c>test/events</c>: events, their approved alerts in <c>alerts</c>, and whole invocations in <c>invoke</c>.</summary>
public static class SampleFiles
{
    private const string Extension = ".json";

    /// <summary>The names of the events, without their extension. Other payloads stand beside them.</summary>
    public static IEnumerable<string> EventNames { get; } =
        [.. Names(Repository.PathOf("test", "events")).Where(name => IsEvent(EventPath(name)))];

    public static IEnumerable<string> ApprovedAlertNames => Names(Repository.PathOf("test", "events", "alerts"));

    public static IEnumerable<string> InvocationNames => Names(Repository.PathOf("test", "events", "invoke"));

    public static string EventPath(string name) => Repository.PathOf("test", "events", name + Extension);

    public static string ApprovedAlertPath(string name) => Repository.PathOf("test", "events", "alerts", name + Extension);

    public static string InvocationPath(string name) => Repository.PathOf("test", "events", "invoke", name + Extension);

    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(folder, "*" + Extension).Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal);

    private static bool IsEvent(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("detail-type", out _);
    }
}
