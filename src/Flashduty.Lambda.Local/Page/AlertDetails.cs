using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Flashduty.Lambda.Local.Explanation;
using Flashduty.Lambda.Local.Flashduty;
using Flashduty.Lambda.Local.Recording;
using Flashduty.Lambda.Normalization.EventTypes;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Normalization.Writing;
using Flashduty.Lambda.Receiving;
using Flashduty.Lambda.Secrets;

namespace Flashduty.Lambda.Local.Page;

/// <summary>Explains one alert: what was made of its latest event, and why it went where it went.</summary>
internal static class AlertDetails
{
    public static AlertDetail Explain(AlertRow row, Rules rules, IntegrationSecret secret)
    {
        var latest = row.Latest;
        var alert = latest.Alert;
        return new AlertDetail(
            AlertSummary.From(row),
            alert?.Description ?? "",
            [.. (alert?.Labels ?? []).Select(label => new LabelView(label.Key, label.Value))],
            Link(alert),
            rules.AlertKey.Scope == AlertKeyScope.Event ? "event" : "resource",
            alert is null ? null : KeySource(latest.Event, alert.Key, rules.AlertKey),
            Encoding.UTF8.GetString(latest.Event.Span),
            alert is null ? [] : MemberUses.Find(latest.Event, rules.Alerts),
            alert is null ? null : RouteTrace.Create(latest.Routes, alert, secret),
            [.. row.Deliveries.Select(View)]);
    }

    /// <summary>Only an address that a browser may open safely.</summary>
    private static string? Link(Alert? alert) =>
        alert?.Label("console_url") is { } url && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps
            ? url
            : null;

    private static string? KeySource(ReadOnlyMemory<byte> utf8, string key, AlertKeyOptions options)
    {
        if (!EventReader.Read(utf8).TryGetValue(out var e, out _))
        {
            return null;
        }

        // A rule of alerts.json may give the key another source.
        var source = AlertKey.Source(e, EventSummary.Create(e), options);
        return AlertKey.FromIdentity(source) == key ? TextSanitizer.OneLine(source, FlashdutyLimits.LabelValue) : null;
    }

    private static DeliveryView View(DeliveredEvent delivery) => new(
        delivery.Time,
        delivery.RequestId,
        delivery.Shape switch { InvocationShape.FunctionUrl => "url", InvocationShape.Rule => "rule", _ => "queue" },
        delivery.Outcome,
        delivery.Code,
        delivery.Message,
        delivery.Status,
        delivery.Answer,
        JsonNamingPolicy.CamelCase.ConvertName(delivery.Reaction.ToString()),
        delivery.Attempts,
        delivery.Channels,
        delivery.Warnings,
        [.. delivery.Pushes.Select(push => View(push, delivery.Times.Start))],
        delivery.Times.Normalize.TotalMilliseconds,
        delivery.Times.Route.TotalMilliseconds,
        delivery.Times.Total.TotalMilliseconds);

    private static PushView View(FlashdutyPush push, long start) => new(
        push.Channel,
        push.Status,
        push.Note,
        Stopwatch.GetElapsedTime(start, push.Start).TotalMilliseconds,
        push.Duration.TotalMilliseconds);
}
