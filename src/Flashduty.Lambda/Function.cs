using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using Flashduty.Lambda.AlertRules;
using Flashduty.Lambda.Authorization;
using Flashduty.Lambda.Delivery;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Http;
using Flashduty.Lambda.Logging;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Receiving;
using Flashduty.Lambda.Responses;
using Flashduty.Lambda.Routing;
using Flashduty.Lambda.Secrets;

namespace Flashduty.Lambda;

/// <summary>The way of an event, in six steps: receive, authorize, normalize, route, deliver, respond.</summary>
internal sealed class Function(
    ISecretStore secrets, Authorizer authorizer, AlertFactory alerts, Router router, Deliverer deliverer, Log log, TimeProvider time)
{
    /// <summary>Events of one invocation that are processed concurrently.</summary>
    private const int Concurrency = 8;

    private static readonly Failure OutOfTime = new(ErrorCode.InternalError, "The time ran out before every event was processed.");

    private bool _isWarm;

    /// <summary>Reads the secret and connects to Flashduty while the sandbox initializes, so that the first event waits for
    /// neither.</summary>
    /// <remarks>A failure is logged where it happens, and the function starts all the same.</remarks>
    public async Task InitializeAsync()
    {
        // Concurrently: either takes a few round trips.
        var warmUp = deliverer.WarmUpAsync();
        await secrets.GetAsync();
        await warmUp;
    }

    /// <summary>Handles an invocation of any shape.</summary>
    /// <exception cref="IntegrationException">An event that came by neither request nor queue was not delivered: Lambda retries, then
    /// dead-letters it.</exception>
    public async Task<Stream> HandleAsync(Stream payload, ILambdaContext context)
    {
        var invocation = new Invocation(context.AwsRequestId, context.FunctionName, time.GetTimestamp(), context.RemainingTime);
        return await PayloadReader.ReadAsync(payload) switch
        {
            Payload.UrlRequest url => await AnswerAsync(url.Request, invocation),
            Payload.Batch batch => await HandleBatchAsync(batch.Messages, invocation),
            Payload.Events events => Answer(await HandleEventsAsync(events.Items, invocation), invocation),
            Payload.Unrecognized bad => Answer([Refuse(bad.Reason, invocation)], invocation),
            _ => throw new InvalidOperationException(),
        };
    }

    private async Task<Stream> AnswerAsync(APIGatewayHttpApiV2ProxyRequest request, Invocation invocation)
    {
        var outcomes = await HandleRequestAsync(request, invocation, invocation.UrlDeadline);
        return FailureOf(outcomes) is { } failure
            ? Responder.UrlError(invocation.RequestId, failure)
            : Responder.UrlSuccess(invocation.RequestId, AlertKeys(outcomes));
    }

    private static Stream Answer(EventOutcome[] outcomes, Invocation invocation) => FailureOf(outcomes) is { } failure
        ? throw new IntegrationException(failure)
        : Responder.Event(invocation.RequestId, AlertKeys(outcomes));

    private async Task<EventOutcome[]> HandleRequestAsync(APIGatewayHttpApiV2ProxyRequest request, Invocation invocation, Deadline deadline)
    {
        try
        {
            if (UrlRequestReader.Validate(request) is { } refusal)
            {
                return [Refuse(refusal, invocation)];
            }

            return (await authorizer.AuthorizeAsync(UrlRequestReader.Key(request), deadline)).TryGetValue(out var secret, out var failure)
                && UrlRequestReader.ReadEvents(request).TryGetValue(out var events, out failure)
                    ? await ProcessAllAsync(events, secret, invocation, deadline)
                    : [Refuse(failure, invocation)];
        }
        catch (Exception exception)
        {
            return [Refuse(Unhandled(exception, invocation), invocation)];
        }
    }

    private async Task<EventOutcome[]> HandleEventsAsync(EventBridgeEvent[] events, Invocation invocation) =>
        (await secrets.GetAsync()).TryGetValue(out var secret, out var failure)
            ? await ProcessAllAsync(events, secret, invocation, invocation.Deadline())
            : [.. events.Select(e => Record(NewOutcome(invocation) with { Event = e, Failure = failure }, invocation))];

    private async Task<Stream> HandleBatchAsync(IReadOnlyList<SqsMessage> messages, Invocation invocation)
    {
        var deadline = invocation.Deadline(messages.Count);
        var batch = new DeliveryBatch();
        var isDone = new bool[messages.Count];
        var unprocessed = await ForEachAsync(
            messages.Count,
            Concurrency,
            deadline,
            async i => isDone[i] = await HandleMessageAsync(messages[i], invocation, deadline, batch));
        if (unprocessed > 0)
        {
            log.Warn($"The time ran out: {unprocessed} of {messages.Count} messages are left to the queue.");
        }

        return Responder.Batch(messages.Where((_, i) => !isDone[i]).Select(message => message.Id));
    }

    /// <returns>Whether the message may be deleted from the queue.</returns>
    private async ValueTask<bool> HandleMessageAsync(SqsMessage message, Invocation invocation, Deadline deadline, DeliveryBatch batch)
    {
        invocation = invocation with { Start = time.GetTimestamp() };
        try
        {
            var outcomes = EventUnwrapper.Read(message).TryGetValue(out var events, out var failure)
                && (await secrets.GetAsync()).TryGetValue(out var secret, out failure)
                    ? await ProcessAllAsync(events, secret, invocation, deadline, batch)
                    : [Refuse(failure, invocation)];
            return FailureOf(outcomes) is null;
        }
        catch (Exception exception)
        {
            Refuse(Unhandled(exception, invocation), invocation);
            return false;
        }
    }

    /// <summary>Processes the events of one answer. If one fails, they all come again, and their alert keys deduplicate the
    /// others.</summary>
    private async ValueTask<EventOutcome[]> ProcessAllAsync(
        EventBridgeEvent[] events, IntegrationSecret secret, Invocation invocation, Deadline deadline, DeliveryBatch? batch = null)
    {
        if (events.Length == 1)
        {
            return [await ProcessAsync(events[0], secret, invocation, deadline, batch)];
        }

        var outcomes = new EventOutcome?[events.Length];
        var unprocessed = await ForEachAsync(
            events.Length,
            batch is null ? Concurrency : 1, // the messages of a batch are concurrent already
            deadline,
            async i => outcomes[i] = await ProcessAsync(events[i], secret, invocation, deadline, batch));
        var processed = outcomes.OfType<EventOutcome>();
        return unprocessed == 0 ? [.. processed] : [.. processed, Refuse(OutOfTime, invocation)];
    }

    /// <summary>Steps 3 to 5. Nothing is thrown: a failure is in the outcome.</summary>
    private async ValueTask<EventOutcome> ProcessAsync(
        EventBridgeEvent e, IntegrationSecret secret, Invocation invocation, Deadline deadline, DeliveryBatch? batch)
    {
        var outcome = NewOutcome(invocation) with { Event = e };
        try
        {
            e = SecretMask.Apply(e, secret.Keys);
            var alert = alerts.Create(e, out var hasRuleErrors);
            var channels = router.Route(alert, secret, out var isMisconfigured);
            outcome = outcome with { Event = e, Alert = alert, IsMisconfigured = isMisconfigured || hasRuleErrors };
            var deliveries = await deliverer.DeliverAsync(alert, channels, deadline, batch);

            // One channel's failure is the event's: it comes again, and its alert key deduplicates it in the channels that have it.
            outcome = outcome with
            {
                Deliveries = deliveries,
                Failure = Failure.MostSevere(deliveries.Select(delivery => delivery.Failure)),
            };
        }
        catch (Exception exception)
        {
            outcome = outcome with { Failure = Unhandled(exception, invocation) };
        }

        return Record(outcome, invocation);
    }

    /// <summary>Runs a step for each index until the time runs out.</summary>
    /// <returns>How many it was not run for.</returns>
    private static async Task<int> ForEachAsync(int count, int concurrency, Deadline deadline, Func<int, ValueTask> step)
    {
        var unprocessed = 0;
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = concurrency }, async (i, _) =>
        {
            if (deadline.HasPassed)
            {
                Interlocked.Increment(ref unprocessed);
            }
            else
            {
                await step(i);
            }
        });
        return unprocessed;
    }

    /// <summary>For what did not get as far as an event.</summary>
    private EventOutcome Refuse(Failure failure, Invocation invocation) =>
        Record(NewOutcome(invocation) with { Failure = failure }, invocation);

    private EventOutcome NewOutcome(Invocation invocation) =>
        new(invocation.RequestId, invocation.FunctionName, IsColdStart: !Interlocked.Exchange(ref _isWarm, true));

    private EventOutcome Record(EventOutcome outcome, Invocation invocation)
    {
        outcome = outcome with { Duration = time.GetElapsedTime(invocation.Start) };
        OutcomeLog.Write(log, outcome, time.GetUtcNow());
        return outcome;
    }

    private Failure Unhandled(Exception exception, Invocation invocation)
    {
        log.Error($"Request {invocation.RequestId}: unhandled exception: {exception}");
        return new Failure(ErrorCode.InternalError, "The function failed; its log has the reason.");
    }

    private static Failure? FailureOf(EventOutcome[] outcomes) => Failure.MostSevere(outcomes.Select(outcome => outcome.Failure));

    private static IEnumerable<string> AlertKeys(EventOutcome[] outcomes) => outcomes.Select(outcome => outcome.Alert!.Key);
}
