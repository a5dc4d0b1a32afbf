using System.Runtime.CompilerServices;
using Kit.Processes;

namespace Amazon.Lambda.Polyfills.Tests;

internal static class TestProcess
{
    [ModuleInitializer]
    internal static void Initialize() => AwsEnvironment.Set();
}
