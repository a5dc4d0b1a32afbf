using System.ComponentModel;
using System.Diagnostics;
using Flashduty.Lambda.Local.Output;

namespace Flashduty.Lambda.Local.Commands;

/// <summary>The user's own browser.</summary>
internal static class Browser
{
    public static void Open(Uri address, Terminal terminal)
    {
        try
        {
            Process.Start(new ProcessStartInfo(address.AbsoluteUri) { UseShellExecute = true })?.Dispose();
        }
        catch (Exception exception) when (exception is Win32Exception or FileNotFoundException or PlatformNotSupportedException)
        {
            terminal.WriteError($"Cannot open a browser: {exception.Message}");
        }
    }
}
