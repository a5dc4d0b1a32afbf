namespace Deployment.Tests.Alarms;

/// <summary>The model against the tables of CloudWatch's user guide: 0 is within the threshold, X breaches it, - is missing.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html</remarks>
public sealed class AlarmEvaluationTests
{
    [Theory]
    [InlineData("0 - X - X", false, false)]
    [InlineData("0 - - - -", false, false)]
    [InlineData("- - - - -", true, false)]
    [InlineData("0 X X - X", true, true)]
    [InlineData("- - - - X", true, false)]
    [InlineData("X - - - -", true, false)]
    public void Three_out_of_three(string points, bool whereMissingBreaches, bool whereMissingDoesNot) =>
        Check(3, points, whereMissingBreaches, whereMissingDoesNot);

    [Theory]
    [InlineData("0 - X - X", true, true)]
    [InlineData("0 0 X 0 X", true, true)]
    [InlineData("0 - X - -", true, false)]
    [InlineData("- - - - 0", true, false)]
    [InlineData("- - - - X", true, false)]
    public void Two_out_of_three(string points, bool whereMissingBreaches, bool whereMissingDoesNot) =>
        Check(2, points, whereMissingBreaches, whereMissingDoesNot);

    private static void Check(int datapoints, string points, bool whereMissingBreaches, bool whereMissingDoesNot)
    {
        var alarm = new Alarm
        {
            Function = "Sum",
            Metrics = [],
            Period = 1,
            EvaluationPeriods = 3,
            DatapointsToAlarm = datapoints,
            Threshold = 0,
            MissingIsBreaching = false,
        };
        var values = points.Split(' ').Reverse().Select(point => point switch { "X" => 1, "0" => 0, _ => (double?)null }).ToList();

        Assert.Equal(whereMissingDoesNot, alarm.Evaluate(values));
        Assert.Equal(whereMissingBreaches, (alarm with { MissingIsBreaching = true }).Evaluate(values));
    }
}
