namespace Flashduty.Lambda.Receiving;

/// <summary>The account and region in an ARN: <c>arn:partition:service:region:account:resource</c>.</summary>
internal static class ArnParts
{
    private const int Region = 3;
    private const int Account = 4;

    /// <returns>Empty texts if it is not an ARN.</returns>
    public static (string Account, string Region) Read(string arn)
    {
        var parts = arn.Split(':', 6);
        return parts is ["arn", _, _, _, _, _] ? (parts[Account], parts[Region]) : ("", "");
    }
}
