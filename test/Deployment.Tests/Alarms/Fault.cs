namespace Deployment.Tests.Alarms;

/// <summary>What can go wrong, and the alarm that has to say so.</summary>
/// <param name="Name">In plain words.</param>
/// <param name="Alarm">The logical id of the alarm.</param>
/// <param name="Mode">The delivery mode.</param>
/// <param name="Happen">Plays the fault from <see cref="Simulation.Start"/> on.</param>
internal sealed record Fault(string Name, string Alarm, string Mode, Action<Simulation> Happen)
{
    /// <summary>In minutes after the first event that meets the fault.</summary>
    public int Earliest { get; init; }

    public int Latest { get; init; } = 15;

    private const double Start = Simulation.Start;

    private static readonly string[] AnyMode = ["ApiDestination", "Lambda", "Queue"];

    /// <summary>A rule of each group that has alarms of its own, and each bus.</summary>
    private static readonly (string Rule, string Group)[] Rules =
    [
        ("AlarmsRule", ""), ("CustomRule", ""), ("HubRule", ""), ("GuardDutyRule", "Security"),
        ("JobsRule", "Workloads"), ("PipelinesRule", "Workloads"),
    ];

    public static IReadOnlyList<Fault> All { get; } = [.. List()];

    private static IEnumerable<Fault> List()
    {
        foreach (var mode in AnyMode)
        {
            yield return new("Flashduty is down or refuses the key, one event", "DeliveryAlarm", mode, OneEvent(Outcome.InternalError));
            yield return new("Flashduty is down, event after event", "DeliveryAlarm", mode, Every(60, Outcome.InternalError));
            yield return new("Flashduty's rate limit", "RateLimitAlarm", mode, OneEvent(Outcome.RequestTooFrequently));
            yield return new("The function crashes", "FunctionErrorAlarm", mode, OneEvent(Outcome.Crash));
            yield return new("The function is throttled", "ThrottleAlarm", mode, OneEvent(Outcome.Throttled));
            yield return new("What is sent is not an event", "RejectedEventAlarm", mode, OneEvent(Outcome.InvalidParameter));
            yield return new("The secret cannot be read, a cached one serves", "SecretAlarm", mode, simulation =>
            {
                Every(300, Outcome.Delivered)(simulation);
                Repeat(300, at => simulation.Count(at, "SecretRefreshFailures"));
            });
            yield return new("The routes file is broken", "ConfigurationAlarm", mode, simulation =>
            {
                OneEvent(Outcome.Delivered)(simulation);
                simulation.Count(Start, "ConfigurationErrors");
            });
            yield return new("An event is dead", "DeadLetterAlarm", mode, simulation => simulation.DeadLetter(Start));
            yield return new("An event is dead and being replayed", "DeadLetterAlarm", mode, simulation =>
                simulation.Hold("DeadLetterQueue", Start, Start + (3 * 3600), at => at > Start + 300 && at % 180 != 0));
            yield return new("A replay is left on", "ReplayAlarm", mode, simulation =>
            {
                for (var at = Start; at < (Simulation.Minutes * 60) - 3600; at += 60)
                {
                    simulation.Receive("DeadLetterQueue", at, messages: at < Start + 600 ? 5 : 0, empty: 12);
                }
            })
            { Earliest = 59, Latest = 75 };
            yield return new("Lambda cannot dead-letter", "LostInvocationAlarm", mode, simulation =>
                simulation.CountForFunction(Start, "DestinationDeliveryFailures", 1));
            foreach (var (rule, group) in Rules)
            {
                yield return new($"EventBridge cannot reach the target, {rule}", $"Retry{group}Alarm", mode, simulation =>
                    simulation.Retry(rule, Start));
                yield return new($"EventBridge cannot dead-letter, {rule}", $"Lost{group}Alarm", mode, simulation =>
                    simulation.CountForRule(Start, "InvocationsFailedToBeSentToDlq", rule));
            }
        }

        foreach (var (rule, group) in Rules)
        {
            yield return new($"The connection's key is stale, {rule}", $"Retry{group}Alarm", "ApiDestination", simulation =>
                simulation.Send(rule, Start, _ => Outcome.Unauthorized));
            yield return new($"Events wait for the API destination's rate, {rule}", $"Waiting{group}Alarm", "ApiDestination", simulation =>
                Backlog(at => simulation.CountForRule(at, "IngestionToInvocationSuccessLatency", rule, (at - Start) * 1000)));
        }

        yield return new("Events wait in Lambda's queue", "AsyncEventAgeAlarm", "Lambda", simulation =>
            Backlog(at => simulation.CountForFunction(at, "AsyncEventAge", (at - Start) * 1000)));
        yield return new("Events wait in the queue", "OldestMessageAlarm", "Queue", simulation =>
            simulation.Hold("EventQueue", Start, Start + 3600, _ => false));
    }

    private static Action<Simulation> OneEvent(Outcome outcome) => simulation => simulation.Send("AlarmsRule", Start, _ => outcome);

    private static Action<Simulation> Every(double seconds, Outcome outcome) =>
        simulation => Repeat(seconds, at => simulation.Send("AlarmsRule", at, _ => outcome));

    private static void Repeat(double seconds, Action<double> happen)
    {
        for (var at = Start; at < (Simulation.Minutes - 60) * 60; at += seconds)
        {
            happen(at);
        }
    }

    /// <summary>Fifty thousand events at once, fifteen of which arrive per second: the last after almost an hour.</summary>
    private static void Backlog(Action<double> arrive)
    {
        for (var at = Start; at < Start + (50_000 / 15); at += 15)
        {
            arrive(at);
        }
    }
}
