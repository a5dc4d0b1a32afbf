namespace Flashduty.Lambda.Routing;

/// <summary>How a condition combines its values.</summary>
internal enum ConditionOperator
{
    /// <summary>Any value matches.</summary>
    In,

    /// <summary>No value matches.</summary>
    NotIn,
}
