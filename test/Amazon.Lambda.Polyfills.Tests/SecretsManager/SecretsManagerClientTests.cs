using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.SecretsManager;
using Amazon.SecretsManager.Model;
using Kit.Processes;

namespace Amazon.Lambda.Polyfills.Tests.SecretsManager;

public sealed class SecretsManagerClientTests
{
    private static readonly GetSecretValueRequest Request = new() { SecretId = "flashduty/eventbridge" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static AmazonSecretsManagerClient Create(Uri url, TimeSpan? timeout = null) =>
        AwsEnvironment.WithSecretsManager(
            url, () => new AmazonSecretsManagerClient(new AmazonSecretsManagerConfig { Timeout = timeout ?? TimeSpan.FromSeconds(20), MaxErrorRetry = 0 }));

    private static RawServer Answering(int status, string body) =>
        RawServer.Answering($"HTTP/1.1 {status} x\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: {body.Length}\r\n\r\n{body}");

    [Fact]
    public async Task Secret_is_read()
    {
        await using var server = Answering(200, """{"ARN":"arn:aws:s","Name":"n","VersionId":"v-1","SecretString":"the text"}""");
        using var client = Create(server.Url);
        var response = await client.GetSecretValueAsync(Request, Cancel);

        Assert.Equal("the text", response.SecretString);
        Assert.Equal(("arn:aws:s", "n", "v-1"), (response.ARN, response.Name, response.VersionId));
        Assert.Equal(HttpStatusCode.OK, response.HttpStatusCode);
    }

    [Fact]
    public async Task Binary_secret_has_no_text()
    {
        await using var server = Answering(200, """{"ARN":"a","Name":"n","VersionId":"v","SecretBinary":"AAEC"}""");
        using var client = Create(server.Url);
        Assert.Null((await client.GetSecretValueAsync(Request, Cancel)).SecretString);
    }

    [Fact]
    public async Task Request_is_signed_with_Signature_Version_4()
    {
        string? request = null;
        await using var server = new RawServer(async connection =>
        {
            request = await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        });
        using var client = Create(server.Url);
        await client.GetSecretValueAsync(new GetSecretValueRequest { SecretId = "naïve/\"secret\"", VersionStage = "AWSPREVIOUS" }, Cancel);

        var signed = SignedRequest.Parse(request!);
        Assert.Equal(("POST", "/"), (signed.Method, signed.Target));
        Assert.Equal("secretsmanager.GetSecretValue", signed.Headers["x-amz-target"]);
        Assert.Equal("application/x-amz-json-1.1", signed.Headers["content-type"]);
        Assert.Equal(AwsEnvironment.SessionToken, signed.Headers["x-amz-security-token"]);
        using var body = JsonDocument.Parse(signed.Body);
        Assert.Equal("naïve/\"secret\"", body.RootElement.GetProperty("SecretId").GetString());
        Assert.Equal("AWSPREVIOUS", body.RootElement.GetProperty("VersionStage").GetString());
        Assert.Superset(new HashSet<string> { "host", "x-amz-date", "x-amz-security-token", "x-amz-target" }, signed.SignedHeaders.ToHashSet());
        Assert.Equal($"{AwsEnvironment.AccessKeyId}/{signed.Date}/{AwsEnvironment.Region}/secretsmanager/aws4_request", signed.Credential);
        Assert.Equal(signed.Signature, signed.ComputeSignature(AwsEnvironment.SecretAccessKey));
    }

    [Theory]
    [InlineData("ResourceNotFoundException")]
    [InlineData("com.amazonaws.secretsmanager#ResourceNotFoundException")]
    public async Task Missing_secret_throws_ResourceNotFoundException(string type)
    {
        await using var server = Answering(400, $$"""{"__type":"{{type}}","Message":"can't find it"}""");
        using var client = Create(server.Url);
        var exception = await Assert.ThrowsAsync<ResourceNotFoundException>(() => client.GetSecretValueAsync(Request, Cancel));
        Assert.Equal("can't find it", exception.Message);
        Assert.Equal("ResourceNotFoundException", exception.ErrorCode);
    }

    [Theory]
    [InlineData(400, """{"__type":"AccessDeniedException","message":"not you"}""", "AccessDeniedException", "not you")]
    [InlineData(400, """{"__type":"com.amazonaws.secretsmanager#DecryptionFailure"}""", "DecryptionFailure", "DecryptionFailure")]
    [InlineData(500, "{}", "Unknown", "Unknown")]
    public async Task Error_carries_the_code_of_the_service(int status, string body, string code, string message)
    {
        await using var server = Answering(status, body);
        using var client = Create(server.Url);
        var exception = await Assert.ThrowsAsync<AmazonSecretsManagerException>(() => client.GetSecretValueAsync(Request, Cancel));
        Assert.Equal((code, message, status), (exception.ErrorCode, exception.Message, (int)exception.StatusCode));
    }

    [Theory]
    [InlineData(200, "<html>")]
    [InlineData(200, "[]")]
    [InlineData(200, """{"SecretString":7}""")]
    [InlineData(503, "")]
    [InlineData(400, """{"__type":{}}""")]
    public async Task Invalid_response_throws_a_client_exception(int status, string body)
    {
        await using var server = Answering(status, body);
        using var client = Create(server.Url);
        var exception = await Assert.ThrowsAsync<AmazonClientException>(() => client.GetSecretValueAsync(Request, Cancel));
        Assert.Contains(status.ToString(CultureInfo.InvariantCulture), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_connection_throws_a_client_exception()
    {
        using var refusing = DeadEnd.Refusing();
        using var client = Create(refusing.Url());
        await Assert.ThrowsAsync<AmazonClientException>(() => client.GetSecretValueAsync(Request, Cancel));
    }

    [Fact]
    public async Task Hanging_server_throws_a_client_exception_after_the_timeout()
    {
        await using var server = new RawServer(connection => connection.HoldAsync());
        using var client = Create(server.Url, TimeSpan.FromMilliseconds(60));
        await Assert.ThrowsAsync<AmazonClientException>(() => client.GetSecretValueAsync(Request, Cancel));
    }

    /// <summary>A request as it came over the wire, and its signature computed anew from nothing but AWS's description of Signature
    /// Version 4.</summary>
    /// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html</remarks>
    private sealed record SignedRequest(string Method, string Target, Dictionary<string, string> Headers, string Body)
    {
        private string Authorization => Headers["authorization"];

        public string Credential => Part("Credential=");

        public string[] SignedHeaders => Part("SignedHeaders=").Split(';');

        public string Signature => Part("Signature=");

        public string Date => Headers["x-amz-date"][..8];

        public static SignedRequest Parse(string request)
        {
            var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            var lines = request[..end].Split("\r\n");
            var start = lines[0].Split(' ');
            var headers = lines.Skip(1).ToDictionary(
                line => line[..line.IndexOf(':', StringComparison.Ordinal)].ToLowerInvariant(),
                line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
            return new SignedRequest(start[0], start[1], headers, request[(end + 4)..]);
        }

        public string ComputeSignature(string secretAccessKey)
        {
            var canonical = string.Join(
                '\n',
                [Method, Target, "", .. SignedHeaders.Select(name => $"{name}:{Headers[name]}"), "", string.Join(';', SignedHeaders), Hash(Body)]);
            var scope = Credential[(Credential.IndexOf('/', StringComparison.Ordinal) + 1)..];
            var toSign = $"AWS4-HMAC-SHA256\n{Headers["x-amz-date"]}\n{scope}\n{Hash(canonical)}";
            var key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + secretAccessKey), Hmac);
            return Convert.ToHexStringLower(Hmac(key, toSign));
        }

        private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

        private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

        private string Part(string name) =>
            Authorization["AWS4-HMAC-SHA256 ".Length..].Split(',').Select(part => part.Trim()).Single(part => part.StartsWith(name, StringComparison.Ordinal))[name.Length..];
    }
}
