using System.Text;
using System.Text.Json;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Tests.Normalization;

/// <summary>The events in <c>test/events</c>, and events made from parts.</summary>
internal static class SampleEvents
{
    public static TheoryData<string> All() => new(SampleFiles.EventNames);

    public static EventBridgeEvent Read(string name) => EventReader.Read(Bytes(name)).OrThrow();

    public static byte[] Bytes(string name) => File.ReadAllBytes(SampleFiles.EventPath(name));

    public static EventBridgeEvent Of(
        string source, string detailType, string detail, string[]? resources = null, string id = "7bf73129-1428-4cd3-a780-95db273d1602",
        string time = "2025-03-16T15:07:00Z", string account = "123456789012", string region = "us-east-1") =>
        new(id, source, detailType, account, region, time, resources ?? [], JsonDocument.Parse(Encoding.UTF8.GetBytes(detail)).RootElement);
}
