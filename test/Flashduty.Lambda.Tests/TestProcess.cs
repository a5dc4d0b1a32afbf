using System.Runtime.CompilerServices;
using Kit.Processes;

namespace Flashduty.Lambda.Tests;

internal static class TestProcess
{
    [ModuleInitializer]
    internal static void Initialize() => AwsEnvironment.Set();
}
