using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Flashduty.Lambda.Local.Flashduty;
using Flashduty.Lambda.Secrets;

namespace Flashduty.Lambda.Local.Tests.Flashduty;

/// <summary>What a stand-in for Flashduty takes, refuses and shows, over HTTP.</summary>
public sealed class FlashdutySimulatorTests : IAsyncLifetime
{
    private const string Push = "/event/push/alert/standard?integration_key=";
    private const string Alert = """{"event_status":"Warning","title_rule":"A title","alert_key":"k1","labels":{"team":"red"}}""";

    private readonly List<FlashdutyPush> _pushes = [];
    private readonly HttpClient _http = new();

    private FlashdutySimulator _simulator = null!;

    public async ValueTask InitializeAsync()
    {
        var secret = IntegrationSecret.Parse("""{"integration_key":"own","payments":"pay"}""");
        _simulator = await FlashdutySimulator.StartAsync(secret, _pushes.Add);
        _http.BaseAddress = _simulator.Address;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _simulator.DisposeAsync();
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string target, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _http.PostAsync(target, content, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("own", "integration_key")]
    [InlineData("pay", "payments")]
    public async Task An_alert_is_taken_and_shown_with_the_channel_of_its_key(string key, string channel)
    {
        var (status, body) = await PostAsync(Push + key, Alert);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("k1", body.GetProperty("data").GetProperty("alert_key").GetString());
        Assert.NotEmpty(body.GetProperty("request_id").GetString()!);
        var push = Assert.Single(_pushes);
        Assert.Equal((channel, "A title", 1), (push.Channel, push.Alert!.Title, push.Times));
        Assert.Equal([new("team", "red")], push.Alert.Labels);
    }

    [Fact]
    public async Task A_repeated_alert_key_is_a_duplicate_in_its_own_channel_only()
    {
        await PostAsync(Push + "own", Alert);
        await PostAsync(Push + "pay", Alert);
        await PostAsync(Push + "own", Alert);

        Assert.Equal([1, 1, 2], _pushes.Select(push => push.Times));
    }

    [Theory]
    [InlineData(FlashdutyFault.TooManyRequests, 429)]
    [InlineData(FlashdutyFault.ServerError, 500)]
    [InlineData(FlashdutyFault.KeyRefused, 401)]
    public async Task A_fault_lasts_until_it_is_changed(object fault, int status)
    {
        _simulator.Fault = new FaultPlan((FlashdutyFault)fault, Once: false, RetryAfterSeconds: 7);

        Assert.Equal(status, (int)(await PostAsync(Push + "own", Alert)).Status);
        Assert.Equal(status, (int)(await PostAsync(Push + "own", Alert)).Status);
        _simulator.Fault = FaultPlan.None;
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(Push + "own", Alert)).Status);
    }

    [Fact]
    public async Task A_fault_may_be_for_one_request_only()
    {
        _simulator.Fault = new FaultPlan(FlashdutyFault.ServerError, Once: true, RetryAfterSeconds: 1);

        Assert.Equal(HttpStatusCode.InternalServerError, (await PostAsync(Push + "own", Alert)).Status);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(Push + "own", Alert)).Status);
    }

    [Fact]
    public async Task A_reset_breaks_the_connection()
    {
        _simulator.Fault = new FaultPlan(FlashdutyFault.Reset, Once: true, RetryAfterSeconds: 1);

        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(Push + "own", Alert));
        Assert.Null(Assert.Single(_pushes).Status);
    }

    [Theory]
    [InlineData("/elsewhere", Alert, 404, "RouteNotFound")]
    [InlineData(Push + "nobody", Alert, 401, "Unauthorized")]
    [InlineData(Push + "own", "not json", 400, "InvalidParameter")]
    [InlineData(Push + "own", "[]", 400, "InvalidParameter")]
    [InlineData(Push + "own", """{"event_status":"warning","title_rule":"t"}""", 400, "InvalidParameter")]
    [InlineData(Push + "own", """{"event_status":"Warning"}""", 400, "InvalidParameter")]
    public async Task Invalid_alert_is_refused_in_Flashdutys_words(string target, string alert, int status, string code)
    {
        var (answered, body) = await PostAsync(target, alert);

        Assert.Equal(status, (int)answered);
        Assert.Equal(code, body.GetProperty("error").GetProperty("code").GetString());
        Assert.DoesNotContain(_pushes, push => push.Status == 200);
    }
}
