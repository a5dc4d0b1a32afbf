namespace Flashduty.Lambda.Routing.Matching;

/// <summary>Any other value: the whole field is the value.</summary>
internal sealed class ExactMatcher(string value) : ValueMatcher
{
    public override bool Matches(string field) => field == value;
}
