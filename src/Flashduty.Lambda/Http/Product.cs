namespace Flashduty.Lambda.Http;

/// <summary>How the function introduces itself. Its version is set in <c>Directory.Build.props</c>.</summary>
internal static partial class Product
{
    public const string Name = "flashduty-aws-eventbridge";

    public const string UserAgent = Name + "/" + Version;
}
