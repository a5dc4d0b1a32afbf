using System.Text;
using System.Text.Json;
using Flashduty.Lambda.Local.Flashduty;
using Flashduty.Lambda.Local.Output;
using Flashduty.Lambda.Logging;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Routing;
using Flashduty.Lambda.Secrets;

namespace Flashduty.Lambda.Local.Recording;

/// <summary>Puts together what became of each event of an invocation, from what was seen around the function.</summary>
/// <param name="rules">How events become alerts, and where alerts go.</param>
internal sealed class Recorder(Rules rules, IntegrationSecret secret, TimeProvider time)
{
    private sealed record Candidate(FoundEvent Found, Alert Alert, TimeSpan Normalize, TimeSpan Route);

    /// <returns>One for each event that the function logged an outcome of.</returns>
    public IReadOnlyList<DeliveredEvent> Record(RecordedInvocation invocation, InvocationAnswer answer)
    {
        var candidates = EventFinder.Find(invocation.Payload).Select(Examine).ToList();
        var lines = invocation.Lines;
        var outcomes = lines.Where(line => line.Outcome.Length > 0).ToList();
        var warnings = lines.Where(line => line.IsWarningOrError && line.Outcome.Length == 0).Select(line => line.Message).ToList();
        return [.. outcomes.Select(outcome => Record(invocation, answer, outcome, Take(candidates, outcome), warnings))];
    }

    private Candidate Examine(FoundEvent found)
    {
        var start = time.GetTimestamp();
        var alert = rules.Alerts.Create(found.Event);
        var normalized = time.GetTimestamp();
        _ = new Router(rules.Routes, new Log(Stream.Null, time)).Route(alert, secret);
        return new Candidate(found, alert, time.GetElapsedTime(start, normalized), time.GetElapsedTime(normalized));
    }

    private static Candidate? Take(List<Candidate> candidates, FunctionLogLine outcome)
    {
        var (key, id) = (outcome.Text("alertKey"), outcome.Text("eventId"));
        var taken = candidates.Find(candidate => candidate.Alert.Key == key)
            ?? candidates.Find(candidate => id.Length > 0 && candidate.Found.Event.Id == id)
            ?? (candidates.Count == 1 ? candidates[0] : null);
        if (taken is not null)
        {
            candidates.Remove(taken);
        }

        return taken;
    }

    private DeliveredEvent Record(
        RecordedInvocation invocation,
        InvocationAnswer answer,
        FunctionLogLine outcome,
        Candidate? candidate,
        IReadOnlyList<string> warnings)
    {
        var hasFailed = outcome.Outcome != OutcomeLog.Delivered;
        var isDryRun = invocation.Lines.Any(line => line.DryRunAlert is not null);
        var hasAlert = outcome.Text("alertKey").Length > 0;
        var pushes = invocation.Pushes.Where(push => push.Alert is null || push.Alert.Key == outcome.Text("alertKey")).ToList();
        return new DeliveredEvent(
            invocation.Time,
            invocation.RequestId,
            answer.Shape,
            candidate?.Found.Utf8 ?? Sent(invocation.Payload),
            candidate?.Found.Event.Source ?? outcome.Text("source"),
            candidate?.Found.Event.DetailType ?? outcome.Text("detailType"),
            hasAlert ? candidate?.Alert ?? FromPush(pushes, outcome) : null,
            rules.Routes,
            outcome.Texts("channels"),
            hasFailed ? outcome.Outcome : null,
            hasFailed ? outcome.Message : "",
            warnings,
            pushes,
            (int)outcome.Number("attempts"),
            isDryRun,
            answer.Text,
            answer.Status,
            answer.Reaction(hasFailed),
            new StepTimes(
                invocation.Start,
                candidate?.Normalize ?? TimeSpan.Zero,
                candidate?.Route ?? TimeSpan.Zero,
                TimeSpan.FromMilliseconds(outcome.Number("Latency"))));
    }

    /// <summary>The alert as it was sent, where the event that it came from was not found.</summary>
    private static Alert FromPush(IEnumerable<FlashdutyPush> pushes, FunctionLogLine outcome)
    {
        var sent = pushes.Select(push => push.Alert).FirstOrDefault(alert => alert is not null);
        return new Alert(outcome.Text("title"), sent?.Description ?? "", outcome.Text("alertKey"), sent?.Labels ?? []);
    }

    /// <summary>What the sender wrote: of a request its body, else the payload.</summary>
    private static ReadOnlyMemory<byte> Sent(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("requestContext", out _)
                || !document.RootElement.TryGetProperty("body", out var body))
            {
                return payload;
            }

            var isBase64 = document.RootElement.TryGetProperty("isBase64Encoded", out var flag) && flag.ValueKind == JsonValueKind.True;
            return isBase64 && body.TryGetBytesFromBase64(out var bytes) ? bytes : Encoding.UTF8.GetBytes(body.GetString() ?? "");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return payload;
        }
    }
}
