namespace Flashduty.Lambda.Tests.Receiving;

/// <summary>Events made to measure.</summary>
internal static class Events
{
    public const string Id = "6a7e8feb-b491-4cf7-a9f1-bf3703467718";

    /// <summary>The three members every event has, and <paramref name="more"/>, which begins with a comma.</summary>
    public static string With(string more = "") => $$"""{"id":"{{Id}}","source":"acme.shop","detail-type":"OrderFailed"{{more}}}""";

    public static string WithDetail(string detail) => With($",\"detail\":{detail}");

    public static string OfSize(int bytes)
    {
        var rest = WithDetail("\"\"").Length;
        return WithDetail($"\"{new string('x', bytes - rest)}\"");
    }

    public static string OfDepth(int depth) =>
        WithDetail(new string('[', depth - 1) + new string(']', depth - 1));
}
