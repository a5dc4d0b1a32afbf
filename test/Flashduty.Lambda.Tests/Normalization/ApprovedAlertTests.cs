using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Flashduty.Lambda.Normalization;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Normalization.Writing;

namespace Flashduty.Lambda.Tests.Normalization;

/// <summary>The whole alert of each sample event is checked in (<c>test/events/alerts</c>), so that a diff shows what a change does to alerts.
/// <c>APPROVE_ALERTS=1 dotnet test</c> rewrites them.</summary>
public sealed class ApprovedAlertTests
{
    private static readonly bool Approving = Environment.GetEnvironmentVariable("APPROVE_ALERTS") == "1";

    [Theory]
    [MemberData(nameof(SampleEvents.All), MemberType = typeof(SampleEvents))]
    public void A_sample_events_alert_is_the_approved_one(string name)
    {
        var alert = new Normalizer(AlertKeyOptions.Default).Normalize(SampleEvents.Read(name));
        AlertRules.Check(alert);
        var byResource = new Normalizer(new AlertKeyOptions(AlertKeyScope.Resource, TimeSpan.Zero)).Normalize(SampleEvents.Read(name));
        var actual = Json(alert, byResource.Key);

        var path = SampleFiles.ApprovedAlertPath(name);
        if (Approving)
        {
            File.WriteAllText(path, actual);
        }

        Assert.True(File.Exists(path), $"There is no approved alert {name}.json: run APPROVE_ALERTS=1 dotnet test, read it, and check it in.");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), actual);
    }

    [Fact]
    public void Every_approved_alert_has_its_event() =>
        Assert.Empty(SampleFiles.ApprovedAlertNames.Except(SampleFiles.EventNames));

    private static string Json(Alert alert, string resourceKey)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("event_status", Alert.Status);
            json.WriteString("title_rule", alert.Title);
            json.WriteString("alert_key", alert.Key);
            json.WriteString("alert_key by resource", resourceKey);
            json.WriteStartArray("description");
            foreach (var line in alert.Description.Split('\n'))
            {
                json.WriteStringValue(line);
            }

            json.WriteEndArray();
            json.WriteStartObject("labels");
            foreach (var (name, value) in alert.Labels)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }
}
