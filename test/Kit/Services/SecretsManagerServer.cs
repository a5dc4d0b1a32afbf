using System.Collections.Concurrent;
using System.Text.Json;
using Kit.Servers;
using Microsoft.AspNetCore.Http;

namespace Kit.Services;

/// <summary>Secrets Manager's protocol with one secret, whose state a test decides.</summary>
/// <remarks>For states that <see cref="Moto"/> cannot be put into; it checks no signature.</remarks>
public sealed class SecretsManagerServer(ServerCertificate? certificate = null) : HttpServer(certificate)
{
    private int _failures;

    /// <summary>The text of the version AWSCURRENT; null for a binary one.</summary>
    public string? Current { get; set; } = "current-key";

    /// <summary>The text of the version AWSPREVIOUS; null for none.</summary>
    public string? Previous { get; set; }

    /// <summary>Connections are closed without an answer.</summary>
    public bool IsDown { get; set; }

    /// <summary>The code of the error that every request is answered with; null for none.</summary>
    public string? Refusal { get; set; }

    /// <summary>Answers the next requests with status 500.</summary>
    public int FailuresLeft { get => _failures; set => _failures = value; }

    /// <summary>Answers wait for it.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>The version stages that were asked for, in their order.</summary>
    public ConcurrentQueue<string> Reads { get; } = new();

    protected override async Task HandleAsync(HttpContext context)
    {
        if (HttpMethods.IsHead(context.Request.Method))
        {
            // A client that opens its connection ahead of the first request.
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        using var document = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        var stage = document.RootElement.TryGetProperty("VersionStage", out var named) ? named.GetString()! : "AWSCURRENT";
        Reads.Enqueue(stage);
        await Gate;
        if (IsDown)
        {
            context.Abort();
            return;
        }

        context.Response.ContentType = "application/x-amz-json-1.1";
        if (Interlocked.Decrement(ref _failures) >= 0)
        {
            context.Response.StatusCode = 500;
            await context.Response.WriteAsync("""{"__type":"InternalServiceError","Message":"No."}""", context.RequestAborted);
            return;
        }

        var refusal = Refusal ?? (stage == "AWSPREVIOUS" && Previous is null ? "ResourceNotFoundException" : null);
        if (refusal is not null)
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsync($$"""{"__type":"{{refusal}}","Message":"No."}""", context.RequestAborted);
            return;
        }

        var text = stage == "AWSPREVIOUS" ? Previous : Current;
        var content = text is null ? "\"SecretBinary\":\"AAEC\"" : $"\"SecretString\":{JsonSerializer.Serialize(text)}";
        await context.Response.WriteAsync($$"""{"ARN":"arn","Name":"secret","VersionId":"v",{{content}}}""", context.RequestAborted);
    }
}
