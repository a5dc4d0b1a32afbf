using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Local.Hosting;
using Flashduty.Lambda.Routing;
using Flashduty.Lambda.Secrets;

namespace Flashduty.Lambda.Local.Flashduty;

/// <summary>Accepts alerts as Flashduty does, over HTTP on loopback, and fails on request.</summary>
internal sealed class FlashdutySimulator : IAsyncDisposable
{
    private const string PushPath = "/event/push/alert/standard";
    private const long MaxBodyBytes = 4 * 1024 * 1024;

    private readonly Action<FlashdutyPush> _pushed;
    private readonly ConcurrentDictionary<(string IntegrationKey, string AlertKey), int> _received = new();

    private Dictionary<string, string> _channels = [];
    private FaultPlan _fault = FaultPlan.None;
    private HttpServer _server = null!;

    private FlashdutySimulator(Action<FlashdutyPush> pushed) => _pushed = pushed;

    public Uri Address => _server.Address;

    public FaultPlan Fault
    {
        get => Volatile.Read(ref _fault);
        set => Volatile.Write(ref _fault, value);
    }

    /// <param name="secret">The integrations it knows.</param>
    /// <param name="pushed">Called for each request, before its answer is sent.</param>
    public static async Task<FlashdutySimulator> StartAsync(IntegrationSecret secret, Action<FlashdutyPush> pushed)
    {
        var simulator = new FlashdutySimulator(pushed);
        simulator.Know(secret);
        simulator._server = await HttpServer.StartAsync("http://127.0.0.1:0", MaxBodyBytes, simulator.HandleAsync);
        return simulator;
    }

    /// <summary>Accepts the keys of this secret, and those it accepted before.</summary>
    public void Know(IntegrationSecret secret)
    {
        var channels = new Dictionary<string, string>(_channels);
        foreach (var name in secret.ChannelNames)
        {
            channels.TryAdd(secret.ChannelKey(name)!, name);
        }

        channels[secret.IntegrationKey] = Channel.IntegrationName;
        _channels = channels;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task HandleAsync(HttpContext http)
    {
        var start = TimeProvider.System.GetTimestamp();
        if (http.Request.Path != PushPath)
        {
            await RefuseAsync(http, 404, ErrorCode.RouteNotFound, $"There is only {PushPath}.");
            return;
        }

        if (!HttpMethods.IsPost(http.Request.Method))
        {
            await RefuseAsync(http, 400, ErrorCode.MethodNotAllowed, "Alerts are pushed with POST.");
            return;
        }

        var integrationKey = http.Request.Query["integration_key"].ToString();
        var channel = _channels.GetValueOrDefault(integrationKey);
        StandardAlert alert;
        try
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body);
            alert = StandardAlert.Read(body.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            var isKnown = channel is not null;
            Report(channel, null, isKnown ? 400 : 401, exception.Message, 0, start);
            await (isKnown
                ? RefuseAsync(http, 400, ErrorCode.InvalidParameter, exception.Message)
                : RefuseAsync(http, 401, ErrorCode.Unauthorized, "No integration has this key."));
            return;
        }

        var fault = TakeFault();
        if (fault.Fault == FlashdutyFault.None && channel is null)
        {
            fault = fault with { Fault = FlashdutyFault.KeyRefused };
        }

        if (fault.Fault != FlashdutyFault.None)
        {
            await FailAsync(http, fault, channel, alert, start);
            return;
        }

        alert = alert with { Key = alert.Key ?? Guid.NewGuid().ToString("n") };
        var times = _received.AddOrUpdate((integrationKey, alert.Key), 1, (_, before) => before + 1);
        Report(channel, alert, 200, times > 1 ? "merged" : "accepted", times, start);
        await AnswerAsync(http, 200, json =>
        {
            json.WriteStartObject("data");
            json.WriteString("alert_key", alert.Key);
            json.WriteEndObject();
        });
    }

    private FaultPlan TakeFault()
    {
        var fault = Fault;
        if (fault.Once)
        {
            Interlocked.CompareExchange(ref _fault, FaultPlan.None, fault);
        }

        return fault;
    }

    private async Task FailAsync(HttpContext http, FaultPlan plan, string? channel, StandardAlert alert, long start)
    {
        switch (plan.Fault)
        {
            case FlashdutyFault.TooManyRequests:
                http.Response.Headers.RetryAfter = plan.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
                Report(channel, alert, 429, $"Retry-After: {plan.RetryAfterSeconds}", 0, start);
                await RefuseAsync(http, 429, ErrorCode.RequestTooFrequently, "Request too frequently.");
                break;
            case FlashdutyFault.ServerError:
                Report(channel, alert, 500, "InternalError", 0, start);
                await RefuseAsync(http, 500, ErrorCode.InternalError, "Internal error.");
                break;
            case FlashdutyFault.KeyRefused:
                Report(channel, alert, 401, "Unauthorized", 0, start);
                await RefuseAsync(http, 401, ErrorCode.Unauthorized, "No integration has this key.");
                break;
            case FlashdutyFault.Hang:
                var hungUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                await using (http.RequestAborted.Register(hungUp.SetResult))
                {
                    await hungUp.Task;
                }

                Report(channel, alert, null, "no answer", 0, start);
                break;
            default:
                Report(channel, alert, null, "connection reset", 0, start);
                http.Abort();
                break;
        }
    }

    private void Report(string? channel, StandardAlert? alert, int? status, string note, int times, long start) =>
        _pushed(new FlashdutyPush(channel, alert, status, note, times, start, TimeProvider.System.GetElapsedTime(start)));

    private static Task RefuseAsync(HttpContext http, int status, ErrorCode code, string message) => AnswerAsync(http, status, json =>
    {
        json.WriteStartObject("error");
        json.WriteString("code", code.ToString());
        json.WriteString("message", message);
        json.WriteEndObject();
    });

    private static async Task AnswerAsync(HttpContext http, int status, Action<Utf8JsonWriter> member)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("request_id", Guid.NewGuid().ToString("n"));
        member(json);
        json.WriteEndObject();
    }
}
