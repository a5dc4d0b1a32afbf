using System.Text;
using Flashduty.Lambda.Normalization;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Normalization.Writing;

namespace Flashduty.Lambda.Tests.Normalization.Values;

/// <summary>The two tables of secrets: what must be masked, and what must be shown as it is.</summary>
public sealed class SecretMaskTests
{
    private const string Secret = "hunter2-S3cr3t";

    // Put together here, so that no scanner takes this file for a leak.
    private const string Stripe = "sk_" + "live_51Habcdefghijklmnop";
    private const string GitHub = "gh" + "p_16C7e42F292c6912E7710c838347Ae178B4a";
    private const string GitLab = "glp" + "at-ABCdef123456-7890ghij";
    private const string Slack = "xox" + "b-123456789012-ABCdefGHIjklMNO";
    private const string Jwt = "eyJ" + "hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N";
    private const string AwsSecretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    public static TheoryData<string, string> Masked { get; } = new()
    {
        { "password", $$$"""{"name":"db1","password":"{{{Secret}}}"}""" },
        { "nested", $$$"""{"config":{"dbPassword":"{{{Secret}}}","x":1}}""" },
        { "environment style", $$$"""{"env":{"DB_PASSWORD":"{{{Secret}}}"}}""" },
        { "one word", $$$"""{"userpassword":"{{{Secret}}}","dbpwd":1,"pwd":"{{{Secret}}}"}""" },
        { "api key", $$$"""{"api_key":"{{{Secret}}}","x-api-key":"{{{Secret}}}","ApiKey":"{{{Secret}}}"}""" },
        { "secret access key", $$$"""{"accessKey":{"secretAccessKey":"{{{Secret}}}"}}""" },
        { "authorization header", $$$"""{"headers":{"Authorization":"Bearer {{{Secret}}}"}}""" },
        { "token", $$$"""{"token":"{{{Secret}}}","refreshToken":"{{{Secret}}}","access_token":"{{{Secret}}}"}""" },
        { "cookie", $$$"""{"cookie":"sid={{{Secret}}}","Set-Cookie":["a={{{Secret}}}","b={{{Secret}}}"]}""" },
        { "private key", $$$"""{"privateKey":"-----BEGIN PRIVATE KEY-----\nMIIB{{{Secret}}}\n-----END PRIVATE KEY-----"}""" },
        { "private key in a text", $$$"""{"message":"key: -----BEGIN RSA PRIVATE KEY-----\nMIIB{{{Secret}}}\n-----END RSA PRIVATE KEY----- end"}""" },
        { "object of credentials", $$$"""{"credentials":{"value":"{{{Secret}}}"},"creds":["{{{Secret}}}"]}""" },
        { "deep under a secret", $$$$"""{"secrets":{"prod":{"db":"{{{{Secret}}}}"}}}""" },
        { "name and value", $$$"""{"env":[{"name":"DB_PASSWORD","value":"{{{Secret}}}"}]}""" },
        { "key and value", $$$"""{"parameters":[{"Key":"ApiToken","Value":"{{{Secret}}}"}]}""" },
        { "password as a number", """{"password":90210}""" },
        { "password hash", $$$"""{"passwordHash":"{{{Secret}}}"}""" },
        { "name=value", $$$"""{"message":"login failed for app password={{{Secret}}}"}""" },
        { "name: value", $$$"""{"message":"using API key: {{{Secret}}} for the call"}""" },
        { "quoted", $$$"""{"message":"token='{{{Secret}}} and more'"}""" },
        { "header in a text", $$$"""{"message":"curl -H 'Authorization: Bearer {{{Secret}}}' failed"}""" },
        { "bearer", $$$"""{"message":"sent Bearer {{{Secret}}} to api"}""" },
        { "basic", """{"message":"Basic aHVudGVyMi1TM2NyM3Q= was refused"}""" },
        { "flag", $$$"""{"command":"mysql --user app --password {{{Secret}}} db"}""" },
        { "flag with equals", $$$"""{"command":["mysql","--password={{{Secret}}}"]}""" },
        { "password of a URL", $$$"""{"reason":"cannot connect to postgres://app:{{{Secret}}}@db:5432/x"}""" },
        { "query of a URL", $$$"""{"url":"https://x.example/?a=1&token={{{Secret}}}&b=2"}""" },
        { "signed URL", $$$"""{"url":"https://b.s3.amazonaws.com/k?X-Amz-Signature={{{Secret}}}&X-Amz-Security-Token={{{Secret}}}"}""" },
        { "connection string", $$$"""{"dsn":"Server=db;User Id=app;Password={{{Secret}}};Port=1"}""" },
        { "storage account", $$$"""{"message":"DefaultEndpointsProtocol=https;AccountKey={{{Secret}}}==;EndpointSuffix=x"}""" },
        { "JSON in a text", $$$"""{"message":"{\"user\":\"a\",\"password\":\"{{{Secret}}}\"}"}""" },
        { "JSON in JSON in a text", $$$"""{"message":"{\"body\":\"{\\\"password\\\":\\\"{{{Secret}}}\\\"}\"}"}""" },
        { "pair in JSON in a text", $$$"""{"input":"[{\"name\":\"API_TOKEN\",\"value\":\"{{{Secret}}}\"}]"}""" },
        { "cut JSON in a text", $$$"""{"message":"{\"user\":\"a\",\"password\":\"{{{Secret}}}\",\"x\": tru"}""" },
        { "JSON inside a sentence", $$$"""{"message":"bad request: {\"password\":\"{{{Secret}}}\"} at 3"}""" },
        { "only field", $$$"""{"password":"{{{Secret}}}"}""" },
        { "text as detail", $"\"password={Secret}\"" },
        { "AWS secret key", $$$"""{"message":"AKIAIOSFODNN7EXAMPLE {{{AwsSecretKey}}} leaked"}""" },
        { "AWS key pair and session token", $$$"""{"message":"AKIAIOSFODNN7EXAMPLE {{{AwsSecretKey}}} {{{Secret}}}"}""" },
        { "Stripe key", $$$"""{"note":"{{{Stripe}}}"}""" },
        { "GitHub token", $$$"""{"note":"pushed {{{GitHub}}} to main"}""" },
        { "GitLab token", $$$"""{"note":"{{{GitLab}}}"}""" },
        { "Slack token", $$$"""{"note":"{{{Slack}}}"}""" },
        { "JWT", $$$"""{"note":"got {{{Jwt}}}, expired"}""" },
        { "Slack webhook", $$$"""{"target":"https://hooks.slack.com/services/T000/B000/{{{Secret}}}"}""" },
        { "CloudTrail", $$$"""{"eventName":"CreateDBInstance","requestParameters":{"dBInstanceIdentifier":"db1","masterUserPassword":"{{{Secret}}}"}}""" },
        { "auth code", $$$"""{"requestParameters":{"AuthCode":"{{{Secret}}}","CodeVerifier":"{{{Secret}}}"},"responseElements":{"TokenValue":"{{{Secret}}}"}}""" },
        { "report password", $$$"""{"reportName":"r","reportPassword":"{{{Secret}}}"}""" },
    };

    public static TheoryData<string> Shown { get; } = new(
        """{"secretArn":"arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf"}""",
        """{"SecretId":"prod/db","secretName":"prod/db","secretVersionId":"a1b2c3d4-5678-90ab-cdef-111111111111"}""",
        """{"secret":"arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf"}""",
        """{"clientRequestToken":"a1b2c3d4-5678-90ab-cdef-111111111111","LifecycleActionToken":"87654321-4321-4321-4321-210987654321"}""",
        """{"nextToken":"abc","Current Configuration Update Token":"u-1","idempotencyToken":"x-1"}""",
        """{"passwordReusePrevention":24,"passwordLastUsed":"2026-01-01T00:00:00Z","minimumPasswordLength":14}""",
        """{"imagePullCredentialsType":"CODEBUILD","authorizationType":"AWS_IAM","tokenType":"JWT"}""",
        """{"accessKeyId":"AKIAIOSFODNN7EXAMPLE","accessKey":"AKIAIOSFODNN7EXAMPLE"}""",
        """{"message":"AKIAIOSFODNN7EXAMPLE was found in a public repository"}""",
        """{"inputTokens":1500,"total_tokens":2000,"tokens":12}""",
        """{"object":{"key":"reports/2026/AprilFinal9/Quarter/totals1.csv","eTag":"d41d8cd98f00b204e9800998ecf8427e"}}""",
        """{"commit":"da39a3ee5e6b4b0d3255bfef95601890afd80709","sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}""",
        """{"image-digest":"sha256:7f5b2640fe6fb4f46592dfd3410c4a79dac4f89e4782432e0378abcd1234abcd"}""",
        """{"id":"c9c8de85-1111-4222-8333-444455556666","instanceId":"i-0123456789abcdef0"}""",
        """{"reason":"Invalid token: expired at noon","status":"password expired","note":"Basic authentication failed, Bearer token missing"}""",
        """{"message":"Brute force attacks guess the SSH password. See https://docs.example.com/keys#rotate"}""",
        """{"key-id":"1234abcd-12ab-34cd-56ef-1234567890ab","keyArn":"arn:aws:kms:us-east-1:123456789012:key/1234abcd","partitionKey":"user-7"}""",
        """{"monkey":"banana","turkey":"x","keyboard":"y","author":"jane","authorized":true,"compass":"n","bypass":"yes"}""",
        """{"source":{"auth":{"type":"OAUTH"}},"environment":{"type":"LINUX","certificate":"b/cert.pem"}}""",
        """{"tags":[{"key":"Name","value":"web-1"},{"key":"team","value":"shop"}]}""",
        """{"url":"https://example.com/a?id=7&state=open","time":"2026-05-05T05:05:05Z"}""");

    [Theory]
    [MemberData(nameof(Masked))]
    public void Secret_is_in_no_part_of_the_alert(string what, string detail)
    {
        var alert = Normalize(detail, []);
        string[] secrets = [Secret, Stripe, GitHub, GitLab, Slack, Jwt, AwsSecretKey, "aHVudGVyMi1TM2NyM3Q", "90210"];
        var text = Whole(alert);
        Assert.All(secrets, secret => Assert.False(text.Contains(secret, StringComparison.Ordinal), $"{what}: {text}"));
        Assert.Contains("***", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Shown))]
    public void Text_without_a_secret_stays_as_it_is(string detail)
    {
        var e = SampleEvents.Of("acme", "Thing Happened", detail);
        Assert.Equal(detail, SecretMask.Apply(e, []).Detail.GetRawText());
    }

    [Theory]
    [MemberData(nameof(SampleEvents.All), MemberType = typeof(SampleEvents))]
    public void Sample_events_hold_no_secret(string name)
    {
        var e = SampleEvents.Read(name);
        Assert.Equal(e.Detail.GetRawText(), SecretMask.Apply(e, []).Detail.GetRawText());
    }

    [Fact]
    public void Integrations_own_keys_are_masked_wherever_they_are()
    {
        var e = SampleEvents.Of("acme-own-key-1", "own-key-1 happened", """{"message":"posted to ?k=own-key-1"}""", ["own-key-1"]);
        var alert = new Normalizer(AlertKeyOptions.Default).Normalize(SecretMask.Apply(e, ["own-key-1"]));
        Assert.DoesNotContain("own-key-1", Whole(alert), StringComparison.Ordinal);
    }

    [Fact]
    public void Envelope_is_masked_too()
    {
        var e = SampleEvents.Of("acme", "password=" + Secret, "{}", ["token=" + Secret]);
        var masked = SecretMask.Apply(e, []);
        Assert.Equal(("password=***", "token=***"), (masked.DetailType, masked.Resources[0]));
    }

    [Fact]
    public void Masking_twice_changes_nothing()
    {
        foreach (var row in Masked)
        {
            var once = SecretMask.Apply(SampleEvents.Of("acme", "Thing Happened", row.Data.Item2), []);
            Assert.Equal(once.Detail.GetRawText(), SecretMask.Apply(once, []).Detail.GetRawText());
        }
    }

    private static Alert Normalize(string detail, string[] keys) =>
        new Normalizer(AlertKeyOptions.Default).Normalize(SecretMask.Apply(SampleEvents.Of("acme", "Thing Happened", detail), keys));

    private static string Whole(Alert alert)
    {
        var text = new StringBuilder(alert.Title).Append('\n').Append(alert.Description);
        foreach (var (name, value) in alert.Labels)
        {
            text.Append('\n').Append(name).Append('=').Append(value);
        }

        return text.ToString();
    }
}
