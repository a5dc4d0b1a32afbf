namespace Deployment.Tests.Alarms;

/// <summary>What CloudWatch was sent, minute by minute.</summary>
internal sealed class Metrics
{
    private readonly Dictionary<string, SortedDictionary<int, List<double>>> _series = [];

    public void Record(double second, string name, double value, params (string Name, string Value)[] dimensions)
    {
        var key = Key(name, dimensions.Select(dimension => $"{dimension.Name}={dimension.Value}"));
        var series = _series.TryGetValue(key, out var known) ? known : _series[key] = [];
        var minute = (int)(second / 60);
        (series.TryGetValue(minute, out var values) ? values : series[minute] = []).Add(value);
    }

    /// <summary>One data point.</summary>
    /// <param name="until">The minute before which the data point ends; it has the <paramref name="period"/> minutes before it.</param>
    /// <returns>Null if the metric has no value there.</returns>
    public double? Point(string key, string statistic, int until, int period)
    {
        if (!_series.TryGetValue(key, out var series))
        {
            return null;
        }

        var values = Enumerable.Range(until - period, period).SelectMany(minute => series.GetValueOrDefault(minute) ?? []).ToList();
        return values.Count == 0 ? null : statistic switch
        {
            "Sum" => values.Sum(),
            "Maximum" => values.Max(),
            _ => throw new NotSupportedException(statistic),
        };
    }

    public static string Key(string name, IEnumerable<string> dimensions) =>
        $"{name} {string.Join(", ", dimensions.Order(StringComparer.Ordinal))}";
}
