using Deployment.Tests.Templates;

namespace Deployment.Tests.Alarms;

/// <summary>Each fault is played minute by minute, with the alarms of the template.</summary>
public sealed class AlarmTests(ITestOutputHelper output)
{
    /// <summary>Minutes until CloudWatch has a metric.</summary>
    private const int Delay = 3;

    public static TheoryData<string, string> Faults
    {
        get
        {
            var faults = new TheoryData<string, string>();
            foreach (var fault in Fault.All)
            {
                faults.Add(fault.Mode, fault.Name);
            }

            return faults;
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Fault_raises_its_alarm_in_time_and_once(string mode, string name)
    {
        var fault = Find(mode, name);
        var alarm = Alarms(mode)[fault.Alarm];
        foreach (var backoff in Backoff.All)
        {
            var raised = Raised(alarm, Play(fault, backoff));

            output.WriteLine($"{fault.Alarm} after {string.Join(", ", raised)} minutes, {backoff}");
            Assert.InRange(Assert.Single(raised), fault.Earliest, fault.Latest);
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Alarm_with_a_higher_threshold_misses_its_fault(string mode, string name)
    {
        var fault = Find(mode, name);
        var alarm = Alarms(mode)[fault.Alarm];
        var raised = Raised(alarm with { Threshold = alarm.Threshold == 0 ? 1000 : alarm.Threshold * 4 }, Play(fault, Backoff.All[0]));

        Assert.DoesNotContain(raised, minute => minute <= fault.Latest);
    }

    [Theory]
    [InlineData("ApiDestination")]
    [InlineData("Lambda")]
    [InlineData("Queue")]
    public void Every_alarm_is_there_for_a_fault(string mode) =>
        Assert.Equal(
            Fault.All.Where(fault => fault.Mode == mode).Select(fault => fault.Alarm).Distinct().Order(StringComparer.Ordinal),
            Alarms(mode).Keys.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("ApiDestination", nameof(Outcome.InternalError))]
    [InlineData("ApiDestination", nameof(Outcome.RequestTooFrequently))]
    [InlineData("ApiDestination", nameof(Outcome.Unauthorized))]
    [InlineData("ApiDestination", nameof(Outcome.Crash))]
    [InlineData("ApiDestination", nameof(Outcome.Throttled))]
    [InlineData("Lambda", nameof(Outcome.InternalError))]
    [InlineData("Lambda", nameof(Outcome.Throttled))]
    [InlineData("Queue", nameof(Outcome.InternalError))]
    [InlineData("Queue", nameof(Outcome.Throttled))]
    public void One_retried_error_raises_no_alarm(string mode, string outcome)
    {
        foreach (var backoff in Backoff.All)
        {
            var simulation = new Simulation(mode, backoff);
            simulation.Send("AlarmsRule", Simulation.Start, at => at > Simulation.Start ? Outcome.Delivered : Enum.Parse<Outcome>(outcome));

            AssertQuiet(simulation);
        }
    }

    [Fact]
    public void Failed_refresh_of_the_secret_that_succeeds_the_next_time_raises_no_alarm()
    {
        var simulation = new Simulation("Queue", Backoff.All[0]);
        simulation.Count(Simulation.Start, "SecretRefreshFailures");

        AssertQuiet(simulation);
    }

    /// <summary>A stranger has no key: the request is refused, and no rule of EventBridge retries it.</summary>
    [Fact]
    public void Strangers_on_the_URL_raise_no_alarm()
    {
        var simulation = new Simulation("ApiDestination", Backoff.All[0]);
        for (var at = 0.0; at < Simulation.Minutes * 60; at += 10)
        {
            simulation.Invoke(at, Outcome.Unauthorized);
        }

        AssertQuiet(simulation);
    }

    [Theory]
    [InlineData("ApiDestination")]
    [InlineData("Lambda")]
    [InlineData("Queue")]
    public void Stack_at_work_raises_no_alarm(string mode)
    {
        var simulation = new Simulation(mode, Backoff.All[0]);
        for (var at = 0.0; at < Simulation.Minutes * 60; at += 2)
        {
            simulation.Send("AlarmsRule", at, _ => Outcome.Delivered);
        }

        AssertQuiet(simulation);
    }

    [Theory]
    [InlineData("none", "none", 0)]
    [InlineData(Stacks.Topic, "none", 1)]
    [InlineData("none", "oncall@example.com", 1)]
    [InlineData(Stacks.Topic, "oncall@example.com", 2)]
    public void Alarms_notify_the_topic_and_the_address(string topic, string email, int notified)
    {
        var stack = Stacks.Resolve(Stacks.In("Queue"), ("AlarmTopicArn", topic), ("AlarmEmail", email));
        string[] expected = [.. topic == "none" ? [] : (string[])[topic], .. email == "none" ? [] : (string[])["AlarmTopic"]];

        Assert.Equal(notified, expected.Length);
        Assert.All(stack.OfType("AWS::CloudWatch::Alarm").Values, alarm =>
        {
            Assert.Equal(expected, alarm["AlarmActions"].Targets());
            Assert.Equal(expected, alarm["OKActions"].Targets());
        });
        Assert.Equal(
            email == "none" ? [] : [email],
            stack.OfType("AWS::SNS::Subscription").Values.Select(subscription => subscription["Endpoint"]!.ToString()));
        Assert.All(stack.OfType("AWS::SNS::Topic").Values, made => Assert.Null(made["KmsMasterKeyId"]));
    }

    /// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html</remarks>
    [Theory]
    [InlineData("ApiDestination")]
    [InlineData("Queue")]
    public void No_alarm_has_more_metrics_than_CloudWatch_allows(string mode) =>
        Assert.All(Alarms(mode).Values, alarm => Assert.InRange(alarm.Metrics.Count, 1, 10));

    private static Fault Find(string mode, string name) => Fault.All.Single(fault => fault.Mode == mode && fault.Name == name);

    private static Dictionary<string, Alarm> Alarms(string mode) =>
        Stacks.Whole(mode).OfType("AWS::CloudWatch::Alarm").ToDictionary(alarm => alarm.Key, alarm => AlarmReader.Read(alarm.Value));

    private static Metrics Play(Fault fault, Backoff backoff)
    {
        var simulation = new Simulation(fault.Mode, backoff);
        fault.Happen(simulation);
        return simulation.Metrics;
    }

    /// <summary>When the alarm goes off, in minutes after the fault began.</summary>
    private static List<int> Raised(Alarm alarm, Metrics metrics)
    {
        var raised = new List<int>();
        var wasInAlarm = false;
        for (var minute = 0; minute < Simulation.Minutes - 30; minute++)
        {
            var isInAlarm = alarm.IsInAlarm(metrics, minute);
            if (isInAlarm && !wasInAlarm)
            {
                raised.Add(minute + 1 + Delay - (int)(Simulation.Start / 60));
            }

            wasInAlarm = isInAlarm;
        }

        return raised;
    }

    private static void AssertQuiet(Simulation simulation) =>
        Assert.All(Alarms(simulation.Mode), alarm => Assert.Empty(Raised(alarm.Value, simulation.Metrics)));
}
