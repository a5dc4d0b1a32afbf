using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace Kit.Services;

/// <summary>moto, an emulator of AWS, as Secrets Manager: a process of its own on a port of its own.</summary>
public sealed class Moto : IAsyncDisposable
{
    public const string SecretId = "flashduty/eventbridge";

    private static readonly HttpClient Http = new();

    private readonly Process _process;

    private Moto(Process process, Uri url)
    {
        _process = process;
        Url = url;
    }

    public Uri Url { get; }

    public static async Task<Moto> StartAsync()
    {
        ExternalTool.RequireOrSkip("moto_server", "pip install 'moto[server]'");
        for (var attempt = 1; ; attempt++)
        {
            var port = FreePort();
            var process = Process.Start(new ProcessStartInfo("moto_server", ["-H", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture)])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            var moto = new Moto(process, new Uri($"http://127.0.0.1:{port}"));
            if (await moto.IsUpAsync())
            {
                return moto;
            }

            // Someone else took the port in between.
            await moto.DisposeAsync();
            Assert.True(attempt < 5, "moto_server does not start.");
        }
    }

    public Task CreateSecretAsync(string text) => CallAsync("CreateSecret", new { Name = SecretId, SecretString = text });

    /// <summary>The version before stays as AWSPREVIOUS.</summary>
    public Task PutSecretAsync(string text) => CallAsync("PutSecretValue", new { SecretId, SecretString = text });

    public Task CreateBinarySecretAsync() => CallAsync("CreateSecret", new { Name = SecretId, SecretBinary = "AAEC" });

    /// <summary>From now on moto checks signatures, with botocore, and permissions.</summary>
    /// <returns>Access key id and secret access key of one who may read every secret.</returns>
    public async Task<(string Id, string Secret)> DemandAuthorizationAsync()
    {
        await IamAsync("CreateUser");
        await IamAsync(
            "PutUserPolicy",
            new("PolicyName", "read"),
            new("PolicyDocument", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"secretsmanager:GetSecretValue","Resource":"*"}]}"""));
        var key = XDocument.Parse(await IamAsync("CreateAccessKey")).Descendants().ToLookup(element => element.Name.LocalName, element => element.Value);
        using var body = new StringContent("0");
        using var response = await Http.PostAsync(new Uri(Url, "/moto-api/reset-auth"), body);
        response.EnsureSuccessStatusCode();
        return (key["AccessKeyId"].Single(), key["SecretAccessKey"].Single());
    }

    private async Task<string> IamAsync(string action, params KeyValuePair<string, string>[] parameters)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Url);
        request.Content = new FormUrlEncodedContent([new("Action", action), new("Version", "2010-05-08"), new("UserName", "function"), .. parameters]);
        request.Headers.TryAddWithoutValidation(
            "Authorization", "AWS4-HMAC-SHA256 Credential=test/20250101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0");
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return text;
    }

    public void Kill()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    private async Task CallAsync(string operation, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Url);
        request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", "secretsmanager." + operation);
        request.Headers.TryAddWithoutValidation(
            "Authorization", "AWS4-HMAC-SHA256 Credential=test/20250101/us-east-1/secretsmanager/aws4_request, SignedHeaders=host, Signature=0");
        using var response = await Http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    private async Task<bool> IsUpAsync()
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(30) && !_process.HasExited;)
        {
            try
            {
                using var response = await Http.GetAsync(new Uri(Url, "/moto-api/data.json"));
                return response.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50);
            }
        }

        return false;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
        return ValueTask.CompletedTask;
    }
}
