namespace Deployment.Tests.Alarms;

/// <summary>A CloudWatch alarm, evaluated as CloudWatch's user guide says.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html: an alarm is evaluated every minute, over a range
/// with a few data points more than its evaluation periods. The last ones that have data count. Where fewer have data than there are
/// evaluation periods, all of these count, and missing ones are filled in as far as necessary.
/// </remarks>
internal sealed record Alarm
{
    /// <summary>The guide's examples retrieve five data points for three evaluation periods.</summary>
    private const int FurtherPoints = 2;

    public required string Function { get; init; }

    public required IReadOnlyList<(string Key, string Statistic)> Metrics { get; init; }

    /// <summary>In minutes.</summary>
    public required int Period { get; init; }

    public required int EvaluationPeriods { get; init; }

    public required int DatapointsToAlarm { get; init; }

    public required double Threshold { get; init; }

    public required bool MissingIsBreaching { get; init; }

    /// <summary>Whether it is in ALARM after a minute.</summary>
    /// <param name="minute">The minute that has just ended, as far as its metrics have arrived.</param>
    public bool IsInAlarm(Metrics metrics, int minute) => Evaluate(
        [.. Enumerable.Range(0, EvaluationPeriods + FurtherPoints).Select(age => Value(metrics, minute + 1 - (age * Period)))]);

    /// <param name="points">The data points of the evaluation range, the last one first; null where there is none.</param>
    public bool Evaluate(IReadOnlyList<double?> points)
    {
        var real = points.OfType<double>().Take(EvaluationPeriods).ToList();
        var missing = EvaluationPeriods - real.Count;
        return real.Count(value => value > Threshold) + (MissingIsBreaching ? missing : 0) >= DatapointsToAlarm;
    }

    private double? Value(Metrics metrics, int until)
    {
        var values = Metrics.Select(metric => metrics.Point(metric.Key, metric.Statistic, until, Period)).OfType<double>().ToList();
        return values.Count == 0 ? null : Function == "Sum" ? values.Sum() : values.Max();
    }
}
