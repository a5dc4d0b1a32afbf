namespace Flashduty.Lambda.Normalization;

/// <summary>
/// What is known of event types: a row each, or one for a family of them. The first row that matches counts. See <see cref="CatalogRow"/> for
/// the columns and <see cref="FieldExpression"/> for what stands in them.
/// </summary>
/// <remarks>A switch, so that only the row asked for is ever built. Shapes are from AWS's documentation of each service's events; there is a
/// sample event for each in <c>test/events</c>.</remarks>
internal static class Catalog
{
    /// <returns>Null for a type nobody here has seen.</returns>
    public static CatalogRow? Find(string source, string detailType) => (source, detailType) switch
    {
        // What CloudTrail records comes from every source.
        (_, "AWS API Call via CloudTrail") => Row(
            subject: "{eventName} {requestParameters.bucketName} | {eventName} {requestParameters.instanceId} | eventName", state: "errorCode | -", message: "errorMessage | -",
            facts: "eventName, errorCode, userIdentity.arn, userIdentity.type, sourceIPAddress, userAgent, eventSource"),

        ("aws.cloudwatch", "CloudWatch Alarm State Change") => Row(
            subject: "alarmName", state: "state.value", message: "state.reason",
            facts: "configuration.description, previousState.value, configuration.alarmRule"),

        ("aws.ec2", "EC2 Instance State-change Notification") => Row(subject: "instance-id", state: "state", facts: "instance-id, state"),

        ("aws.guardduty", _) => Row(headline: "title", subject: "id", state: "type", message: "description", identity: "arn | id", facts: "severity, type"),

        _ => null,
    };

    private static CatalogRow Row(
        string? headline = null,
        string? subject = null,
        string? state = null,
        string? message = null,
        string? identity = null,
        string? facts = null,
        string? console = null) => new(headline, subject, state, message, identity, facts, console);
}
