namespace Deployment.Tests.Alarms;

/// <summary>What an invocation of the function comes to.</summary>
internal enum Outcome
{
    Delivered,
    InternalError,
    RequestTooFrequently,
    Unauthorized,
    InvalidParameter,
    Crash,
    Throttled,
}

/// <summary>How long EventBridge waits before a retry. It says only: exponential backoff with jitter, 185 times in 24 hours.</summary>
/// <param name="First">Seconds before the first retry.</param>
/// <param name="Most">Seconds that no pause exceeds.</param>
/// <param name="Jitter">The part of a pause that chance may take away.</param>
internal sealed record Backoff(double First, double Most, double Jitter)
{
    /// <summary>From eager to slow; each fits 185 retries into about a day.</summary>
    public static readonly IReadOnlyList<Backoff> All =
        [new(1, 512, 0), new(10, 600, 0.5), new(30, 600, 0.25), new(60, 900, 0.9), new(60, 470, 0)];

    public double Pause(int retry, Random random) => Math.Min(First * Math.Pow(2, retry), Most) * (1 - (Jitter * random.NextDouble()));
}

/// <summary>A stack at work, second by second, and the metrics that CloudWatch gets of it.</summary>
/// <remarks>
/// Retries of Lambda's asynchronous invocations: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html.
/// Metrics of SQS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html.
/// </remarks>
internal sealed class Simulation(string mode, Backoff backoff)
{
    public const int Minutes = 5 * 60;

    /// <summary>When the fault begins; before it the stack is idle.</summary>
    public const double Start = 30 * 60;

    private const double End = Minutes * 60;
    private const double Visibility = 180;

    private static readonly (string, string) Function = ("FunctionName", "EventBridgeFunction");

    private readonly Random _random = new(7);

    public string Mode => mode;

    public Metrics Metrics { get; } = new();

    /// <summary>Sends an event to the function until it is delivered or dead.</summary>
    public void Send(string rule, double at, Func<double, Outcome> invoke)
    {
        switch (mode)
        {
            case "ApiDestination":
                Post(rule, at, invoke);
                break;
            case "Lambda":
                InvokeAsynchronously(at, invoke);
                break;
            default:
                Queue(at, invoke);
                break;
        }
    }

    public void Invoke(double at, Outcome outcome)
    {
        if (outcome == Outcome.Throttled)
        {
            Metrics.Record(at, "AWS/Lambda/Throttles", 1, Function);
            return;
        }

        var isError = outcome == Outcome.Crash || (mode == "Lambda" && outcome != Outcome.Delivered);
        Metrics.Record(at, "AWS/Lambda/Errors", isError ? 1 : 0, Function);
        Metrics.Record(at, "AWS/Lambda/Throttles", 0, Function);
        if (outcome != Outcome.Crash)
        {
            Metrics.Record(at, "Flashduty/EventBridge/Failures", outcome == Outcome.Delivered ? 0 : 1, Function);
            if (outcome != Outcome.Delivered)
            {
                Metrics.Record(at, "Flashduty/EventBridge/Failures", 1, Function, ("Code", outcome.ToString()));
            }
        }
    }

    public void Count(double at, string metric) => Metrics.Record(at, "Flashduty/EventBridge/" + metric, 1, Function);

    public void CountForFunction(double at, string metric, double value) => Metrics.Record(at, "AWS/Lambda/" + metric, value, Function);

    public void CountForRule(double at, string metric, string rule, double value = 1)
    {
        (string, string)[] dimensions = rule switch
        {
            "CustomRule" => [("EventBusName", "orders"), ("RuleName", "${AWS::StackName}-custom")],
            "HubRule" => [("EventBusName", "HubEventBus"), ("RuleName", "${AWS::StackName}-hub")],
            _ => [("RuleName", rule)],
        };
        Metrics.Record(at, "AWS/Events/" + metric, value, dimensions);
    }

    /// <summary>A message lies in a queue, in flight for a part of the time.</summary>
    public void Hold(string queue, double from, double to, Func<double, bool> isInFlight, Func<double, bool>? hasAge = null)
    {
        for (var at = Math.Ceiling(from / 60) * 60; at < Math.Min(to, End); at += 60)
        {
            Gauge("ApproximateNumberOfMessagesVisible", isInFlight(at) ? 0 : 1);
            Gauge("ApproximateNumberOfMessagesNotVisible", isInFlight(at) ? 1 : 0);
            if (hasAge is null || hasAge(at))
            {
                Gauge("ApproximateAgeOfOldestMessage", at - from);
            }

            void Gauge(string metric, double value) => Metrics.Record(at, "AWS/SQS/" + metric, value, ("QueueName", queue));
        }
    }

    public void Receive(string queue, double at, int messages, int empty)
    {
        Metrics.Record(at, "AWS/SQS/NumberOfMessagesReceived", messages, ("QueueName", queue));
        Metrics.Record(at, "AWS/SQS/NumberOfEmptyReceives", empty, ("QueueName", queue));
    }

    public void DeadLetter(double at) => Hold("DeadLetterQueue", at, End, _ => false);

    /// <summary>EventBridge cannot reach a rule's target, and retries.</summary>
    public void Retry(string rule, double from)
    {
        var at = from;
        for (var retry = 0; retry < 185 && at < End; retry++)
        {
            at += backoff.Pause(retry, _random);
            CountForRule(at, "RetryInvocationAttempts", rule);
        }
    }

    private void Post(string rule, double sent, Func<double, Outcome> invoke)
    {
        var at = sent;
        for (var retry = 0; retry <= 185 && at < End; retry++)
        {
            var outcome = invoke(at);
            Invoke(at, outcome);
            CountForRule(at, "RetryInvocationAttempts", rule, retry > 0 ? 1 : 0);
            if (outcome == Outcome.Delivered)
            {
                CountForRule(at, "IngestionToInvocationSuccessLatency", rule, (at - sent) * 1000);
                return;
            }

            if (outcome == Outcome.InvalidParameter)
            {
                DeadLetter(at);
                return;
            }

            at += backoff.Pause(retry, _random);
        }
    }

    private void InvokeAsynchronously(double sent, Func<double, Outcome> invoke)
    {
        var (at, errors, pause) = (sent, 0, 1.0);
        while (at < End)
        {
            var outcome = invoke(at);
            Invoke(at, outcome);
            if (outcome == Outcome.Throttled)
            {
                at += pause;
                pause = Math.Min(pause * 2, 300);
                continue;
            }

            CountForFunction(at, "AsyncEventAge", (at - sent) * 1000);
            if (outcome == Outcome.Delivered)
            {
                return;
            }

            if (++errors == 3)
            {
                DeadLetter(at);
                return;
            }

            at += errors * 60;
        }
    }

    private void Queue(double sent, Func<double, Outcome> invoke)
    {
        var at = sent;
        for (var receives = 1; at < End; receives++, at += Visibility)
        {
            var outcome = invoke(at);
            Invoke(at, outcome);
            if (outcome == Outcome.Delivered)
            {
                break;
            }
        }

        // Received three times, a message no longer counts in the age of the oldest.
        Hold("EventQueue", sent, at, _ => true, now => now < sent + (2 * Visibility));
    }
}
