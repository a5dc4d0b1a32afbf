using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Local.Hosting;
using Flashduty.Lambda.Local.Output;
using Flashduty.Lambda.Routing;
using Flashduty.Lambda.Secrets;

namespace Flashduty.Lambda.Local.Flashduty;

/// <summary>Takes alerts in Flashduty's place, over HTTP on loopback, and shows them.</summary>
internal sealed class FlashdutySimulator : IAsyncDisposable
{
    private const string PushPath = "/event/push/alert/standard";
    private const long MaxBodyBytes = 4 * 1024 * 1024;

    private readonly Dictionary<string, string> _channels;
    private readonly Terminal _terminal;
    private readonly ConcurrentDictionary<(string IntegrationKey, string AlertKey), int> _received = new();

    private HttpServer _server = null!;

    private FlashdutySimulator(IntegrationSecret secret, Terminal terminal)
    {
        _terminal = terminal;
        _channels = secret.ChannelNames.GroupBy(name => secret.ChannelKey(name)!).ToDictionary(same => same.Key, same => same.First());
        _channels[secret.IntegrationKey] = Channel.IntegrationName;
    }

    public Uri Address => _server.Address;

    /// <param name="secret">The integrations it knows.</param>
    public static async Task<FlashdutySimulator> StartAsync(IntegrationSecret secret, Terminal terminal)
    {
        var simulator = new FlashdutySimulator(secret, terminal);
        simulator._server = await HttpServer.StartAsync("http://127.0.0.1:0", MaxBodyBytes, simulator.HandleAsync);
        return simulator;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task HandleAsync(HttpContext http)
    {
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
        if (!_channels.TryGetValue(integrationKey, out var channel))
        {
            await RefuseAsync(http, 401, ErrorCode.Unauthorized, "No integration has this key.");
            return;
        }

        StandardAlert alert;
        try
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body);
            alert = StandardAlert.Read(body.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            await RefuseAsync(http, 400, ErrorCode.InvalidParameter, exception.Message);
            return;
        }

        alert = alert with { Key = alert.Key ?? Guid.NewGuid().ToString("n") };
        var times = _received.AddOrUpdate((integrationKey, alert.Key), 1, (_, before) => before + 1);
        var note = times > 1 ? $"a duplicate: this alert key for the {Ordinal(times)} time, Flashduty merges it into the alert it has" : null;
        _terminal.WriteAlert(alert, channel, note);
        await AnswerAsync(http, 200, json =>
        {
            json.WriteStartObject("data");
            json.WriteString("alert_key", alert.Key);
            json.WriteEndObject();
        });
    }

    private static Task RefuseAsync(HttpContext http, int status, ErrorCode code, string message) => AnswerAsync(http, status, json =>
    {
        json.WriteStartObject("error");
        json.WriteString("code", code.ToString());
        json.WriteString("message", message);
        json.WriteEndObject();
    });

    private static async Task AnswerAsync(HttpContext http, int status, Action<Utf8JsonWriter> member)
    {
        var body = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("request_id", Guid.NewGuid().ToString("n"));
            member(json);
            json.WriteEndObject();
        }

        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.WrittenCount;
        await http.Response.Body.WriteAsync(body.WrittenMemory);
    }

    private static string Ordinal(int number) => (number % 100, number % 10) switch
    {
        (11 or 12 or 13, _) => $"{number}th",
        (_, 1) => $"{number}st",
        (_, 2) => $"{number}nd",
        (_, 3) => $"{number}rd",
        _ => $"{number}th",
    };
}
