using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.SecretsManager.Model;
using BlockingHttp;

namespace Amazon.SecretsManager;

/// <summary>AWS Secrets Manager over HTTP, in the JSON 1.1 protocol.</summary>
/// <remarks>
/// Region from <c>AWS_REGION</c> or <c>AWS_DEFAULT_REGION</c>; endpoint from <c>AWS_ENDPOINT_URL_SECRETS_MANAGER</c> or
/// <c>AWS_ENDPOINT_URL</c>, else the region's own. Thread-safe.
/// </remarks>
public class AmazonSecretsManagerClient : IAmazonSecretsManager
{
    private const int MaxResponseBytes = 1024 * 1024; // a secret has at most 64 KiB

    private readonly TimeSpan _timeout;
    private readonly Uri _endpoint;
    private readonly HttpOrigin _origin;
    private readonly Lazy<SecretsManagerSigner> _signer;

    /// <exception cref="AmazonClientException">No region is set.</exception>
    public AmazonSecretsManagerClient(AmazonSecretsManagerConfig clientConfig)
    {
        ArgumentNullException.ThrowIfNull(clientConfig);
        var region = Variable("AWS_REGION") ?? Variable("AWS_DEFAULT_REGION")
            ?? throw new AmazonClientException("No region: set AWS_REGION.");
        _timeout = clientConfig.Timeout ?? TimeSpan.FromSeconds(100);
        _endpoint = new Uri(Variable("AWS_ENDPOINT_URL_SECRETS_MANAGER") ?? Variable("AWS_ENDPOINT_URL") ?? RegionalEndpoint(region));
        _origin = new HttpOrigin(_endpoint, MaxResponseBytes);
        // Credentials that cannot be had now may be had at the next request.
        _signer = new Lazy<SecretsManagerSigner>(() => new SecretsManagerSigner(region), LazyThreadSafetyMode.PublicationOnly);
    }

    /// <exception cref="ResourceNotFoundException">There is no such secret, or no such version of it.</exception>
    /// <exception cref="AmazonSecretsManagerException">Secrets Manager refused; its <c>ErrorCode</c> says why.</exception>
    /// <exception cref="AmazonClientException">Secrets Manager was not reached or not understood, or there are no credentials.</exception>
    public Task<GetSecretValueResponse> GetSecretValueAsync(GetSecretValueRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Read(Send("GetSecretValue", Body(request))));
    }

    private HttpResponse Send(string operation, ReadOnlyMemory<byte> body)
    {
        var headers = new Dictionary<string, string>
        {
            ["Content-Type"] = "application/x-amz-json-1.1",
            ["X-Amz-Target"] = "secretsmanager." + operation,
        };
        _signer.Value.Sign(_endpoint, headers, body.Span);
        headers.Remove("host"); // signed, and sent by the connection

        var lines = new StringBuilder();
        foreach (var (name, value) in headers)
        {
            lines.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        try
        {
            return _origin.Send(new HttpRequest("POST", "/", lines.ToString(), body), Deadline.After(_timeout));
        }
        catch (Exception exception) when (exception is IOException or SocketException or TimeoutException or AuthenticationException)
        {
            throw new AmazonClientException($"Secrets Manager at {_endpoint.Authority} was not reached: {exception.Message}", exception);
        }
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

    private static GetSecretValueResponse Read(HttpResponse response)
    {
        try
        {
            using var document = JsonDocument.Parse(response.Body);
            var root = document.RootElement;
            return response.IsSuccess
                ? new GetSecretValueResponse
                {
                    HttpStatusCode = (HttpStatusCode)response.StatusCode,
                    ARN = Text(root, "ARN") ?? "",
                    Name = Text(root, "Name") ?? "",
                    VersionId = Text(root, "VersionId") ?? "",
                    SecretString = Text(root, "SecretString"),
                }
                : throw Error((HttpStatusCode)response.StatusCode, root);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new AmazonClientException($"Secrets Manager answered {response.StatusCode} with what is not its JSON.");
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
        _origin.Dispose();
        GC.SuppressFinalize(this);
    }
}
