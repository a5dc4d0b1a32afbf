using Flashduty.Lambda.Normalization.EventTypes.Expressions;
using Flashduty.Lambda.Normalization.Values;

namespace Flashduty.Lambda.Normalization.EventTypes;

/// <summary>The page in AWS's console that shows the thing an event is about.</summary>
internal static class ConsoleLink
{
    private const int Longest = 1000;

    /// <returns>Empty if there is no such page, or the event does not say enough to find it.</returns>
    /// <param name="link">An https URL, or a path of the console; null finds the page of the first resource.</param>
    /// <param name="scope">The event.</param>
    public static string For(TextTemplate? link, ExpressionScope scope)
    {
        var e = scope.Event;
        if (link is not null && Evaluate(link, scope) is { Length: > 0 } page)
        {
            return page;
        }

        foreach (var resource in e.Resources)
        {
            if (Arn.TryParse(resource, out var arn) && Host(arn.Region.Length > 0 ? arn.Region : e.Region) is { Length: > 0 } arnHost
                && OfResource(arn, arn.Region.Length > 0 ? arn.Region : e.Region) is { } found)
            {
                return Whole(arnHost, found);
            }
        }

        return "";
    }

    /// <summary>The page that a template names: an https URL, or, beginning with a slash, a path of the console in the event's region.</summary>
    /// <returns>Empty if the template finds nothing, or gives no such page.</returns>
    public static string Evaluate(TextTemplate link, ExpressionScope scope)
    {
        foreach (var alternative in link.Alternatives)
        {
            // A link that is one value is the event's own, and whole already.
            var isWhole = alternative.Prefix.Length == 0;
            if (alternative.Evaluate(scope, isWhole ? null : Uri.EscapeDataString) is not { Length: > 1 } page)
            {
                continue;
            }

            if (page[0] == '/' && !isWhole)
            {
                return Host(scope.Event.Region) is { Length: > 0 } host ? Whole(host, page[1..]) : "";
            }

            if (page.Length <= Longest && !page.AsSpan().ContainsAny(" \"<>\\") && Uri.TryCreate(page, UriKind.Absolute, out var url)
                && url is { Scheme: "https", UserInfo: "" })
            {
                return page;
            }
        }

        return "";
    }

    private static string Whole(string host, string path) => host.Length + path.Length <= Longest ? host + path : "";

    /// <summary>The console of a region, in the partition it belongs to. What is not a region gives no link: its text would choose the
    /// host.</summary>
    private static string Host(string region)
    {
        var isRegion = region.Length is >= 9 and <= 20 && region.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
        if (!isRegion || region.StartsWith("us-iso", StringComparison.Ordinal))
        {
            return "";
        }

        var domain = region.StartsWith("cn-", StringComparison.Ordinal) ? "amazonaws.cn"
            : region.StartsWith("us-gov-", StringComparison.Ordinal) ? "amazonaws-us-gov.com"
            : region.StartsWith("eusc-", StringComparison.Ordinal) ? "amazonaws-eusc.eu"
            : "aws.amazon.com";
        return $"https://{region}.console.{domain}/";
    }

    private static string? OfResource(in Arn arn, string region)
    {
        var name = Uri.EscapeDataString(arn.Name);
        var whole = Uri.EscapeDataString(arn.ToString());
        var at = $"home?region={region}#";
        return (arn.Service, arn.Type) switch
        {
            ("ec2", "instance") => $"ec2/{at}InstanceDetails:instanceId={name}",
            ("ec2", "volume") => $"ec2/{at}VolumeDetails:volumeId={name}",
            ("ec2", "snapshot") => $"ec2/{at}SnapshotDetails:snapshotId={name}",
            ("ec2", "image") => $"ec2/{at}ImageDetails:imageId={name}",
            ("ec2", "vpc") => $"vpcconsole/{at}VpcDetails:VpcId={name}",
            ("autoscaling", "autoScalingGroup") => $"ec2/{at}AutoScalingGroupDetails:id={Uri.EscapeDataString(arn.ShortName)}",
            ("cloudwatch", "alarm") => $"cloudwatch/{at}alarmsV2:alarm/{name.Replace('%', '$')}",
            ("logs", "log-group") => $"cloudwatch/{at}logsV2:log-groups/log-group/{Uri.EscapeDataString(name)}",
            ("lambda", "function") => $"lambda/{at}/functions/{Uri.EscapeDataString(arn.Name.Split(':')[0])}",
            ("rds", "db") => $"rds/{at}database:id={name};is-cluster=false",
            ("rds", "cluster") => $"rds/{at}database:id={name};is-cluster=true",
            ("dynamodb", "table") => $"dynamodbv2/{at}table?name={Uri.EscapeDataString(arn.Name.Split('/')[0])}",
            ("s3", _) => $"s3/buckets/{Uri.EscapeDataString(arn.Resource.Split('/')[0])}?region={region}",
            ("sns", _) => $"sns/v3/home?region={region}#/topic/{whole}",
            ("ecs", "cluster") => $"ecs/v2/clusters/{name}?region={region}",
            ("ecs", "service") when arn.Name.Split('/') is [var cluster, var service] =>
                $"ecs/v2/clusters/{Uri.EscapeDataString(cluster)}/services/{Uri.EscapeDataString(service)}?region={region}",
            ("ecs", "task") when arn.Name.Split('/') is [var cluster, var task] =>
                $"ecs/v2/clusters/{Uri.EscapeDataString(cluster)}/tasks/{Uri.EscapeDataString(task)}?region={region}",
            ("eks", "cluster") => $"eks/home?region={region}#/clusters/{name}",
            ("states", "execution") => $"states/home?region={region}#/v2/executions/details/{whole}",
            ("states", "stateMachine") => $"states/home?region={region}#/statemachines/view/{whole}",
            ("cloudformation", "stack") => $"cloudformation/home?region={region}#/stacks/stackinfo?stackId={whole}",
            ("codebuild", "build") when arn.Name.Split(':') is [var project, _] =>
                $"codesuite/codebuild/{arn.Account}/projects/{Uri.EscapeDataString(project)}/build/{name}?region={region}",
            ("codecommit", _) => $"codesuite/codecommit/repositories/{Uri.EscapeDataString(arn.Resource)}/browse?region={region}",
            ("codepipeline", "pipeline") => $"codesuite/codepipeline/pipelines/{name}/view?region={region}",
            ("codepipeline", "") => $"codesuite/codepipeline/pipelines/{Uri.EscapeDataString(arn.Resource)}/view?region={region}",
            ("kms", "key") => $"kms/home?region={region}#/kms/keys/{name}",
            ("secretsmanager", "secret") => $"secretsmanager/landing?region={region}",
            ("acm", "certificate") => $"acm/home?region={region}#/certificates/{name}",
            ("events", "rule") => $"events/home?region={region}#/eventbus/default/rules/{name}",
            ("kafka", "cluster") => $"msk/home?region={region}#/cluster/{whole}/view",
            ("es", "domain") => $"aos/home?region={region}#opensearch/domains/{name}",
            ("ssm", "automation-execution") => $"systems-manager/automation/execution/{name}?region={region}",
            ("ssm", "parameter") => $"systems-manager/parameters/{Uri.EscapeDataString(arn.Name)}/description?region={region}",
            ("ssm", "maintenancewindow") => $"systems-manager/maintenance-windows/{name}?region={region}",
            ("ssm", "opsitem") => $"systems-manager/opsitems/{name}?region={region}",
            _ => null,
        };
    }
}
