using CsCheck;
using Flashduty.Lambda.Normalization.Writing;

namespace Flashduty.Lambda.Tests;

public sealed class SettingsTests
{
    private static readonly string[] Names =
    [
        "FLASHDUTY_ALERT_KEY_SCOPE", "FLASHDUTY_MERGE_WINDOW_MINUTES", "FLASHDUTY_ROUTES_FILE", "FLASHDUTY_API_BASE_URL", "FLASHDUTY_DRY_RUN",
        "FLASHDUTY_INTEGRATION_KEY",
    ];

    private static Settings Read(params (string Name, string? Value)[] variables) =>
        Settings.FromEnvironment(name => variables.LastOrDefault(variable => variable.Name == name).Value);

    private static Settings ReadWith(string name, string? value) => Read(("FLASHDUTY_SECRET_ID", "s"), (name, value));

    private static string Error(params (string Name, string? Value)[] variables) =>
        Assert.Throws<SettingsException>(() => Read(variables)).Message;

    [Fact]
    public void Defaults_are_the_designs()
    {
        var settings = Read(("FLASHDUTY_SECRET_ID", "flashduty/eventbridge"));

        Assert.Equal("flashduty/eventbridge", settings.SecretId);
        Assert.Null(settings.IntegrationKey);
        Assert.Equal(AlertKeyScope.Event, settings.AlertKey.Scope);
        Assert.Equal(TimeSpan.FromMinutes(60), settings.AlertKey.MergeWindow);
        Assert.Equal(Path.Combine(AppContext.BaseDirectory, "routes.json"), settings.RoutesFile);
        Assert.False(settings.RoutesFileIsRequired);
        Assert.Equal(new Uri("https://api.flashcat.cloud"), settings.ApiBaseUrl);
        Assert.False(settings.DryRun);
        Assert.False(settings.IsInLambda);
    }

    [Fact]
    public void Empty_is_not_set() =>
        Assert.Equal(
            Read(("FLASHDUTY_SECRET_ID", "s")),
            Read(
                ("FLASHDUTY_SECRET_ID", " s "), ("FLASHDUTY_INTEGRATION_KEY", ""), ("FLASHDUTY_ALERT_KEY_SCOPE", " "), ("FLASHDUTY_MERGE_WINDOW_MINUTES", ""),
                ("FLASHDUTY_ROUTES_FILE", ""), ("FLASHDUTY_API_BASE_URL", ""), ("FLASHDUTY_DRY_RUN", "")));

    [Fact]
    public void An_integration_key_takes_the_secrets_place()
    {
        var settings = Read(("FLASHDUTY_INTEGRATION_KEY", "9f8e"));
        Assert.Equal("9f8e", settings.IntegrationKey);
        Assert.Null(settings.SecretId);
    }

    [Theory]
    [InlineData("event", "Event")]
    [InlineData("resource", "Resource")]
    [InlineData(" resource ", "Resource")]
    public void A_scope_is_event_or_resource(string value, string scope) =>
        Assert.Equal(scope, ReadWith("FLASHDUTY_ALERT_KEY_SCOPE", value).AlertKey.Scope.ToString());

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1", 1)]
    [InlineData("1440", 1440)]
    [InlineData("527040", 527040)]
    public void A_window_is_minutes(string value, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), ReadWith("FLASHDUTY_MERGE_WINDOW_MINUTES", value).AlertKey.MergeWindow);

    [Theory]
    [InlineData("team.json", "team.json")]
    [InlineData("/etc/routes.json", "/etc/routes.json")]
    public void A_routes_file_is_beside_the_executable_or_where_it_says(string value, string path)
    {
        var settings = ReadWith("FLASHDUTY_ROUTES_FILE", value);
        Assert.Equal(Path.Combine(AppContext.BaseDirectory, path), settings.RoutesFile);
        Assert.True(settings.RoutesFileIsRequired);
    }

    [Theory]
    [InlineData("https://api.example.com")]
    [InlineData("https://api.example.com/")]
    [InlineData("https://api.example.com:8443")]
    [InlineData("http://127.0.0.1:9000")]
    [InlineData("http://localhost:9000")]
    [InlineData("http://[::1]:9000")]
    public void An_address_is_https_or_on_loopback(string value) =>
        Assert.Equal(new Uri(value), ReadWith("FLASHDUTY_API_BASE_URL", value).ApiBaseUrl);

    [Theory]
    [InlineData("true", true)]
    [InlineData("TRUE", true)]
    [InlineData("false", false)]
    public void A_dry_run_is_true_or_false(string value, bool dryRun) => Assert.Equal(dryRun, ReadWith("FLASHDUTY_DRY_RUN", value).DryRun);

    [Theory]
    [InlineData("flashduty", null, true)]
    [InlineData("flashduty", "true", false)]
    [InlineData(null, null, false)]
    public void Sam_local_is_not_Lambda(string? function, string? sam, bool isInLambda) =>
        Assert.Equal(isInLambda, Read(("FLASHDUTY_SECRET_ID", "s"), ("AWS_LAMBDA_FUNCTION_NAME", function), ("AWS_SAM_LOCAL", sam)).IsInLambda);

    [Theory]
    [InlineData("FLASHDUTY_ALERT_KEY_SCOPE", "account")]
    [InlineData("FLASHDUTY_ALERT_KEY_SCOPE", "Event")]
    [InlineData("FLASHDUTY_MERGE_WINDOW_MINUTES", "-1")]
    [InlineData("FLASHDUTY_MERGE_WINDOW_MINUTES", "1.5")]
    [InlineData("FLASHDUTY_MERGE_WINDOW_MINUTES", "1h")]
    [InlineData("FLASHDUTY_MERGE_WINDOW_MINUTES", "527041")]
    [InlineData("FLASHDUTY_MERGE_WINDOW_MINUTES", "99999999999")]
    [InlineData("FLASHDUTY_API_BASE_URL", "api.flashcat.cloud")]
    [InlineData("FLASHDUTY_API_BASE_URL", "http://api.flashcat.cloud")]
    [InlineData("FLASHDUTY_API_BASE_URL", "ftp://127.0.0.1")]
    [InlineData("FLASHDUTY_API_BASE_URL", "https://user:password@api.flashcat.cloud")]
    [InlineData("FLASHDUTY_API_BASE_URL", "https://api.flashcat.cloud/event/push/alert/standard")]
    [InlineData("FLASHDUTY_API_BASE_URL", "https://api.flashcat.cloud/?integration_key=s3cr3t")]
    [InlineData("FLASHDUTY_API_BASE_URL", "https://")]
    [InlineData("FLASHDUTY_DRY_RUN", "yes")]
    [InlineData("FLASHDUTY_DRY_RUN", "1")]
    [InlineData("FLASHDUTY_INTEGRATION_KEY", "s3cr3t s3cr3t")]
    [InlineData("FLASHDUTY_INTEGRATION_KEY", "https://api.flashcat.cloud/event/push/alert/aws-eventbridge?integration_key=s3cr3t")]
    [InlineData("FLASHDUTY_INTEGRATION_KEY", """{"payments":"s3cr3t"}""")]
    public void A_bad_value_is_one_line_that_names_the_variable(string name, string value)
    {
        var line = Assert.Single(Error(("FLASHDUTY_SECRET_ID", "s"), (name, value)).Split('\n'));
        Assert.StartsWith(name + " ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_secret_nothing_runs() =>
        Assert.StartsWith("FLASHDUTY_SECRET_ID is not set", Error(), StringComparison.Ordinal);

    [Fact]
    public void All_errors_come_at_once() =>
        Assert.Equal(
            ["FLASHDUTY_ALERT_KEY_SCOPE", "FLASHDUTY_MERGE_WINDOW_MINUTES", "FLASHDUTY_API_BASE_URL", "FLASHDUTY_DRY_RUN", "FLASHDUTY_SECRET_ID"],
            Error(("FLASHDUTY_ALERT_KEY_SCOPE", "x"), ("FLASHDUTY_MERGE_WINDOW_MINUTES", "x"), ("FLASHDUTY_API_BASE_URL", "x"), ("FLASHDUTY_DRY_RUN", "x"))
                .Split('\n').Select(line => line.Split(' ')[0]));

    [Fact]
    public void Any_value_is_taken_or_refused() =>
        Gen.Select(
            Gen.Int[0, Names.Length - 1].Select(i => Names[i]),
            Gen.String).Sample((name, value) =>
        {
            try
            {
                ReadWith(name, value);
            }
            catch (SettingsException exception)
            {
                Assert.StartsWith(name, exception.Message, StringComparison.Ordinal);
            }
        });
}
