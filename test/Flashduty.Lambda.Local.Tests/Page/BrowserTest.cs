using Kit;
using Microsoft.Playwright;

namespace Flashduty.Lambda.Local.Tests.Page;

/// <summary>A test of the page in a real browser, with a server of its own.</summary>
public abstract class BrowserTest(ChromiumFixture chromium) : IAsyncLifetime
{
    protected static readonly string Routes = Repository.Read("routes.example.jsonc");

    protected ChromiumFixture Chromium { get; } = chromium;

    private protected LocalServer Server { get; private set; } = null!;

    protected IPage Page { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Page = await Chromium.OpenAsync();
        Server = await LocalServer.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Page is not null)
        {
            await Page.Context.CloseAsync();
        }

        if (Server is not null)
        {
            await Server.DisposeAsync();
        }
    }

    protected Task OpenAsync(string hash = "") => Page.GotoAsync($"{Server.Address}{hash}");

    protected ILocator Rows => Page.Locator(".rows a");

    protected async Task ApplyRoutesAsync() =>
        Assert.Equal(204, (await Server.SendAsync(HttpMethod.Put, "/api/routes", new { text = Routes })).Status);
}
