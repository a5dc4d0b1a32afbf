using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Tests.Normalization;

/// <summary>The events in <c>test/events</c>, and events made from parts.</summary>
internal static class SampleEvents
{
    /// <summary>The names of the files that are events, without their extension. Other payloads stand beside them.</summary>
    public static IEnumerable<string> Names() =>
        Directory.EnumerateFiles(Folder, "*.json").Where(IsEvent).Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal);

    public static TheoryData<string> All() => new(Names());

    public static EventBridgeEvent Read(string name) => EventReader.Read(Bytes(name));

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder, name + ".json"));

    public static EventBridgeEvent Of(
        string source, string detailType, string detail, string[]? resources = null, string id = "7bf73129-1428-4cd3-a780-95db273d1602",
        string time = "2025-03-16T15:07:00Z", string account = "123456789012", string region = "us-east-1") =>
        new(id, source, detailType, account, region, time, resources ?? [], JsonDocument.Parse(Encoding.UTF8.GetBytes(detail)).RootElement);

    public static string ApprovedFolder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "alerts");

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "events");

    private static bool IsEvent(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("detail-type", out _);
    }
}
