using System.Text;
using System.Text.Json;
using Flashduty.Lambda.Local.Output;

namespace Flashduty.Lambda.Local.Lambda;

/// <summary>The Function URL: HTTP in, an invocation, HTTP out.</summary>
internal sealed class FunctionUrl(LocalFunction function, Terminal terminal)
{
    /// <summary>Lambda's limit for a synchronous invocation's payload, request and base64 included.</summary>
    public const int MaxPayloadBytes = 6 * 1024 * 1024;

    public async Task HandleAsync(HttpContext http)
    {
        var start = TimeProvider.System.GetTimestamp();
        try
        {
            await AnswerAsync(http);
        }
        catch (BadHttpRequestException exception)
        {
            await RefuseAsync(http.Response, exception.StatusCode);
        }
        catch (Exception exception)
        {
            terminal.WriteError(Printable.Lines($"ERROR The function gave no response: {exception}"));
            await RefuseAsync(http.Response, StatusCodes.Status502BadGateway);
        }

        var duration = TimeProvider.System.GetElapsedTime(start);
        terminal.Write($"{http.Request.Method} {Printable.Line(http.Request.Path)}  {http.Response.StatusCode}  {duration.TotalMilliseconds:0} ms", "");
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var requestId = Guid.NewGuid().ToString();
        using var payload = new MemoryStream();
        var request = await PayloadFormat.ReadAsync(http, requestId, TimeProvider.System.GetUtcNow());
        JsonSerializer.Serialize(payload, request, PayloadJson.Default.APIGatewayHttpApiV2ProxyRequest);
        if (payload.Length > MaxPayloadBytes)
        {
            await RefuseAsync(http.Response, StatusCodes.Status413PayloadTooLarge);
            return;
        }

        payload.Position = 0;
        await using var result = await function.InvokeAsync(payload, requestId);
        var response = JsonSerializer.Deserialize(result, PayloadJson.Default.APIGatewayHttpApiV2ProxyResponse);
        await PayloadFormat.WriteAsync(response ?? throw new FormatException("The function's response is null."), http.Response);
    }

    /// <summary>Answers for Lambda, where the function has no say.</summary>
    private static async Task RefuseAsync(HttpResponse response, int status)
    {
        if (response.HasStarted)
        {
            return;
        }

        var message = status switch
        {
            StatusCodes.Status413PayloadTooLarge => "Request Entity Too Large",
            StatusCodes.Status502BadGateway => "Internal Server Error",
            _ => "Bad Request",
        };
        var body = Encoding.UTF8.GetBytes($$"""{"Message":"{{message}}"}""");
        response.Clear();
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body);
    }
}
