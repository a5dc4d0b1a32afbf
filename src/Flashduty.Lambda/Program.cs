using Amazon.Lambda.RuntimeSupport;
using Flashduty.Lambda;
using Flashduty.Lambda.Http;
using Flashduty.Lambda.Logging;

var trust = SystemTrust.FromEnvironment();
SystemTrust.HideFromOpenSsl();
ServiceHandler.ContinueInline();

Function function = null!;
using var output = new StandardOutput();
using var bootstrap = LambdaBootstrapBuilder
    .Create((payload, context) => function.HandleAsync(payload, context))
    .UseBootstrapHandler(async () =>
    {
        // In here, so that a bad setting reaches the Runtime API, and with it whoever deployed it, as an initialization error.
        var settings = Settings.FromEnvironment(Environment.GetEnvironmentVariable);
        var log = new Log(output, TimeProvider.System);
        log.Info($"{Product.Name} {Product.Version} starts.");
        function = FunctionFactory.Create(settings, log, TimeProvider.System, trust);
        await function.InitializeAsync();
        return true;
    })
    .Build();

try
{
    await bootstrap.RunAsync();
    return 0;
}
catch (Exception exception)
{
    Console.Error.WriteLine(exception);
    return 1;
}
