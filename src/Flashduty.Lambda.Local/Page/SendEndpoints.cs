using System.Text;
using System.Text.Json;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Local.Lambda;
using Flashduty.Lambda.Local.Recording;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Local.Page;

/// <summary>Something to send.</summary>
/// <param name="Shape"><c>url</c>, <c>rule</c> or <c>queue</c>.</param>
/// <param name="Body">The event, as typed.</param>
internal sealed record SendRequest(string Shape, string Body);

/// <summary>The function's answer.</summary>
/// <param name="Status">The HTTP status over the Function URL.</param>
/// <param name="Alerts">The ids of the rows that it made or changed.</param>
internal sealed record SendResult(int? Status, string Answer, string Reaction, string Outcome, IReadOnlyList<long> Alerts);

/// <summary>Sends events to the function, as AWS does in each of the three shapes.</summary>
internal static class SendEndpoints
{
    public static void Map(IEndpointRouteBuilder api, LocalFunction function)
    {
        api.MapGet("/samples", () => PageJson.Result(Assets.SampleNames));
        api.MapGet("/samples/{name}", (string name) => Assets.ReadSample(name) is { } sample
            ? Results.Bytes(sample, "application/json")
            : PageJson.Error(StatusCodes.Status404NotFound, $"There is no sample \"{name}\"."));
        api.MapPost("/send", async (HttpRequest request) => await SendAsync(await PageJson.ReadAsync<SendRequest>(request), function));
    }

    private static async Task<IResult> SendAsync(SendRequest request, LocalFunction function)
    {
        var requestId = Guid.NewGuid().ToString();
        byte[]? payload = request.Shape switch
        {
            "url" => UrlRequest(request.Body, function.Secret.IntegrationKey),
            "rule" => Encoding.UTF8.GetBytes(request.Body),
            "queue" => Batch(request.Body, requestId),
            _ => null,
        };
        if (payload is null)
        {
            return PageJson.Error(StatusCodes.Status400BadRequest, "shape must be url, rule or queue.");
        }

        var answer = await InvokeAsync(function, payload, requestId);
        var rows = function.Alerts.List().Where(row => row.Latest.RequestId == requestId).ToList();
        var delivery = rows.FirstOrDefault()?.Latest;
        return PageJson.Result(new SendResult(
            answer.Status,
            answer.Text,
            JsonNamingPolicy.CamelCase.ConvertName((delivery?.Reaction ?? answer.Reaction(hasFailed: false)).ToString()),
            delivery?.Outcome ?? "failed",
            [.. rows.Select(row => row.Id)]));
    }

    private static async Task<InvocationAnswer> InvokeAsync(LocalFunction function, byte[] payload, string requestId)
    {
        try
        {
            using var response = new MemoryStream();
            await (await function.InvokeAsync(new MemoryStream(payload), requestId)).CopyToAsync(response);
            return InvocationAnswer.From(response.ToArray());
        }
        catch (IntegrationException exception)
        {
            return InvocationAnswer.From(exception);
        }
    }

    private static byte[] UrlRequest(string body, string integrationKey) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        version = "2.0",
        rawPath = UrlRequestReader.PushPath,
        headers = new Dictionary<string, string>
        {
            ["content-type"] = "application/json",
            [UrlRequestReader.KeyHeader.ToLowerInvariant()] = integrationKey,
        },
        requestContext = new { http = new { method = "POST", path = UrlRequestReader.PushPath } },
        body,
        isBase64Encoded = false,
    });

    private static byte[] Batch(string body, string messageId) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        Records = new[] { new { messageId, body, eventSource = "aws:sqs", eventSourceARN = "arn:aws:sqs:us-east-1:000000000000:local" } },
    });
}
