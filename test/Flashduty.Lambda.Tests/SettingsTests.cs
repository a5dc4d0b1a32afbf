namespace Flashduty.Lambda.Tests;

public sealed class SettingsTests
{
    private static Settings Read(params (string Name, string Value)[] variables) =>
        Settings.Read(name => variables.FirstOrDefault(v => v.Name == name).Value);

    [Fact]
    public void Defaults_are_the_designs()
    {
        var settings = Read(("FLASHDUTY_SECRET_ID", "flashduty/eventbridge"));

        Assert.Equal("flashduty/eventbridge", settings.SecretId);
        Assert.Null(settings.IntegrationKey);
        Assert.Equal(AlertKeyScope.Event, settings.AlertKeyScope);
        Assert.Equal(TimeSpan.FromMinutes(60), settings.MergeWindow);
        Assert.Equal(Path.Combine(AppContext.BaseDirectory, "routes.json"), settings.RoutesFile);
        Assert.False(settings.RoutesFileIsRequired);
        Assert.Equal(new Uri("https://api.flashcat.cloud"), settings.ApiBaseUrl);
        Assert.False(settings.DryRun);
    }
}
