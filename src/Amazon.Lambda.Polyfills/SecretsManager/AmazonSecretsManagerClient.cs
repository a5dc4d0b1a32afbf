using System.Buffers;
using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.SecretsManager.Model;

namespace Amazon.SecretsManager;

/// <summary>AWS Secrets Manager over HTTP, in the JSON 1.1 protocol.</summary>
/// <remarks>
/// Region from <c>AWS_REGION</c> or <c>AWS_DEFAULT_REGION</c>; endpoint from <c>AWS_ENDPOINT_URL_SECRETS_MANAGER</c> or
/// <c>AWS_ENDPOINT_URL</c>, else the region's own. Thread-safe.
/// </remarks>
public class AmazonSecretsManagerClient : IAmazonSecretsManager
{
    private readonly TimeSpan _timeout;
    private readonly Uri _endpoint;
    private readonly HttpClient _http;
    private readonly Lazy<SecretsManagerSigner> _signer;

    /// <exception cref="AmazonClientException">No region is set.</exception>
    public AmazonSecretsManagerClient(AmazonSecretsManagerConfig clientConfig)
    {
        ArgumentNullException.ThrowIfNull(clientConfig);
        var region = Variable("AWS_REGION") ?? Variable("AWS_DEFAULT_REGION")
            ?? throw new AmazonClientException("No region: set AWS_REGION.");
        _timeout = clientConfig.Timeout ?? TimeSpan.FromSeconds(100);
        _endpoint = new Uri(Variable("AWS_ENDPOINT_URL_SECRETS_MANAGER") ?? Variable("AWS_ENDPOINT_URL") ?? RegionalEndpoint(region));
        _http = clientConfig.HttpClientFactory?.CreateHttpClient(null!) ?? new HttpClient { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        // Credentials that cannot be had now may be had at the next request.
        _signer = new Lazy<SecretsManagerSigner>(() => new SecretsManagerSigner(region), LazyThreadSafetyMode.PublicationOnly);
    }

    /// <exception cref="ResourceNotFoundException">There is no such secret, or no such version of it.</exception>
    /// <exception cref="AmazonSecretsManagerException">Secrets Manager refused; its <c>ErrorCode</c> says why.</exception>
    /// <exception cref="AmazonClientException">Secrets Manager was not reached or not understood, or there are no credentials.</exception>
    public async Task<GetSecretValueResponse> GetSecretValueAsync(GetSecretValueRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_timeout);
        using var message = CreateMessage("GetSecretValue", Body(request));
        try
        {
            using var response = await _http.SendAsync(message, limit.Token);
            return Read(response.StatusCode, await response.Content.ReadAsByteArrayAsync(limit.Token));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();

            // HttpClient turns whatever ends a request that was cancelled into a cancellation; the handler's own failure says more.
            var failure = exception is OperationCanceledException ? exception.InnerException ?? exception : exception;
            throw new AmazonClientException($"Secrets Manager at {_endpoint.Authority} {failure.Message}.", exception);
        }
    }

    private HttpRequestMessage CreateMessage(string operation, ReadOnlyMemory<byte> body)
    {
        var headers = new Dictionary<string, string>
        {
            ["Content-Type"] = "application/x-amz-json-1.1",
            ["X-Amz-Target"] = "secretsmanager." + operation,
        };
        _signer.Value.Sign(_endpoint, headers, body.Span);
        headers.Remove("host"); // signed, and sent by the HTTP client

        var message = new HttpRequestMessage(HttpMethod.Post, _endpoint) { Content = new ReadOnlyMemoryContent(body) };
        foreach (var (name, value) in headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }

    private static ReadOnlyMemory<byte> Body(GetSecretValueRequest request)
    {
        var body = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(body);
        json.WriteStartObject();
        json.WriteString("SecretId", request.SecretId);
        if (request.VersionStage is not null)
        {
            json.WriteString("VersionStage", request.VersionStage);
        }

        json.WriteEndObject();
        json.Flush();
        return body.WrittenMemory;
    }

    private GetSecretValueResponse Read(HttpStatusCode status, byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            return status == HttpStatusCode.OK
                ? new GetSecretValueResponse
                {
                    HttpStatusCode = status,
                    ARN = Text(root, "ARN") ?? "",
                    Name = Text(root, "Name") ?? "",
                    VersionId = Text(root, "VersionId") ?? "",
                    SecretString = Text(root, "SecretString"),
                }
                : throw Error(status, root);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new AmazonClientException($"Secrets Manager at {_endpoint.Authority} sent an answer that is not its own (status {(int)status}).");
        }
    }

    private static AmazonSecretsManagerException Error(HttpStatusCode status, JsonElement root)
    {
        // "com.amazonaws.secretsmanager#ResourceNotFoundException", or the name alone
        var code = (Text(root, "__type") ?? "Unknown").Split('#')[^1];
        var message = Text(root, "message") ?? Text(root, "Message") ?? code;
        return code == nameof(ResourceNotFoundException)
            ? new ResourceNotFoundException(message, status)
            : new AmazonSecretsManagerException(message, code, status);
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string RegionalEndpoint(string region) =>
        $"https://secretsmanager.{region}.{RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix}";

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    public void Dispose()
    {
        _http.Dispose();
        GC.SuppressFinalize(this);
    }
}
