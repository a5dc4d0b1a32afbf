using System.Text.Json;
using System.Text.Json.Nodes;
using Flashduty.Lambda.Local.Hosting;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Local.Lambda;

/// <summary>Answers <c>GetSecretValue</c> as AWS Secrets Manager does, over HTTP on loopback, and fails on request.</summary>
/// <remarks>https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html</remarks>
internal sealed class SecretsManagerSimulator : IAsyncDisposable
{
    public const string SecretName = "flashduty/local";

    private const long MaxBodyBytes = 64 * 1024;

    private volatile string _current;
    private volatile string? _previous;
    private volatile bool _isFailing;
    private HttpServer _server = null!;

    private SecretsManagerSimulator(string secret) => _current = secret;

    public Uri Address => _server.Address;

    /// <summary>The current version's text.</summary>
    public string Current => _current;

    /// <summary>Whether every request is answered with 500.</summary>
    public bool IsFailing
    {
        get => _isFailing;
        set => _isFailing = value;
    }

    public static async Task<SecretsManagerSimulator> StartAsync(string secret)
    {
        var simulator = new SecretsManagerSimulator(secret);
        simulator._server = await HttpServer.StartAsync("http://127.0.0.1:0", MaxBodyBytes, simulator.HandleAsync);
        return simulator;
    }

    /// <summary>Gives the push URL a new integration key, and keeps the version before as <c>AWSPREVIOUS</c>.</summary>
    public void Rotate()
    {
        var key = "local-" + Guid.NewGuid().ToString("n");
        _previous = _current;
        if (_current.TrimStart().StartsWith('{'))
        {
            var map = JsonNode.Parse(_current)!.AsObject();
            map[IntegrationKey.Name] = key;
            _current = map.ToJsonString();
        }
        else
        {
            _current = key;
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task HandleAsync(HttpContext http)
    {
        using var request = await JsonDocument.ParseAsync(http.Request.Body);
        var isPrevious = request.RootElement.TryGetProperty("VersionStage", out var stage) && stage.GetString() == "AWSPREVIOUS";
        http.Response.ContentType = "application/x-amz-json-1.1";
        if (_isFailing)
        {
            await FailAsync(http, 500, "InternalServiceError", "An error occurred on the server side.");
        }
        else if ((isPrevious ? _previous : _current) is { } secret)
        {
            await http.Response.WriteAsync(JsonSerializer.Serialize(new
            {
                ARN = $"arn:aws:secretsmanager:us-east-1:000000000000:secret:{SecretName}",
                Name = SecretName,
                VersionId = Guid.NewGuid().ToString(),
                SecretString = secret,
            }));
        }
        else
        {
            await FailAsync(http, 400, "ResourceNotFoundException", "Secrets Manager can't find the specified secret value.");
        }
    }

    private static Task FailAsync(HttpContext http, int status, string type, string message)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsync(JsonSerializer.Serialize(new { __type = type, message }));
    }
}
