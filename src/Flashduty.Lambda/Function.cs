using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using Flashduty.Lambda.Authorization;
using Flashduty.Lambda.Delivery;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Http;
using Flashduty.Lambda.Logging;
using Flashduty.Lambda.Normalization;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Receiving;
using Flashduty.Lambda.Responses;
using Flashduty.Lambda.Routing;
using Flashduty.Lambda.Secrets;

namespace Flashduty.Lambda;

/// <summary>The way of an event, in six steps: receive, authorize, normalize, route, deliver, respond.</summary>
internal sealed class Function(
    ISecretStore secrets, Authorizer authorizer, Normalizer normalizer, Router router, Deliverer deliverer, Log log, TimeProvider time)
{
    /// <summary>An API destination hangs up after 5 seconds, and counts what it did not hear as failed: a request is answered in 4.</summary>
    private static readonly TimeSpan UrlBudget = TimeSpan.FromSeconds(4);

    /// <summary>What is kept of a budget for all that is not waiting.</summary>
    private static readonly TimeSpan UrlMargin = TimeSpan.FromMilliseconds(250);

    /// <summary>What is kept of Lambda's own time limit to say what went wrong.</summary>
    private static readonly TimeSpan LambdaMargin = TimeSpan.FromMilliseconds(500);

    /// <summary>Messages of a batch that are on their way at once.</summary>
    private const int BatchConcurrency = 8;

    private bool _isWarm;

    /// <summary>Fetches the secret and connects to Flashduty in the time a cold start gives, so that the first event waits for neither.</summary>
    /// <remarks>Without it the function starts all the same: the first event tries again, and is told if that fails.</remarks>
    public async Task InitializeAsync()
    {
        // Concurrently: either takes a few round trips.
        var warmUp = deliverer.WarmUpAsync();
        try
        {
            await secrets.GetAsync();
        }
        catch (IntegrationException)
        {
            // Logged where it happened.
        }

        await warmUp;
    }

    /// <summary>Handles an invocation of any of the three shapes.</summary>
    /// <exception cref="IntegrationException">An event straight from a rule was not delivered: Lambda invokes again, then dead-letters.</exception>
    public async Task<Stream> HandleAsync(Stream payload, ILambdaContext context)
    {
        var left = context.RemainingTime - LambdaMargin;
        return await PayloadReader.ReadAsync(payload) switch
        {
            Payload.UrlRequest url => await AnswerAsync(url.Request, context, Deadline.After(UrlBudget - UrlMargin).ButAtMost(left)),
            Payload.Batch batch => await HandleBatchAsync(batch.Messages, context, Deadline.After(left)),
            Payload.Event e => await HandleEventAsync(() => EventReader.Read(e.Root), context, Deadline.After(left)),
            Payload.Unrecognized bad => await HandleEventAsync(() => throw bad.Reason, context, Deadline.After(left)),
            _ => throw new InvalidOperationException(),
        };
    }

    private async Task<Stream> AnswerAsync(APIGatewayHttpApiV2ProxyRequest request, ILambdaContext context, Deadline deadline)
    {
        var report = await RunAsync(context, async report =>
        {
            UrlRequestReader.Validate(request);
            var secret = await authorizer.AuthorizeAsync(UrlRequestReader.Key(request));
            report.Event = UrlRequestReader.ReadEvent(request);
            await ProcessAsync(report, secret, deadline);
        });

        return report.Failure is { } failure
            ? Responder.UrlError(report.RequestId, failure)
            : Responder.UrlSuccess(report.RequestId, report.Alert!.Key);
    }

    private async Task<Stream> HandleEventAsync(Func<EventBridgeEvent> read, ILambdaContext context, Deadline deadline)
    {
        var report = await RunAsync(context, async report =>
        {
            report.Event = read();
            await ProcessAsync(report, await secrets.GetAsync(), deadline);
        });

        return report.Failure is { } failure ? throw failure : Responder.Event(report.RequestId, report.Alert!.Key);
    }

    private async Task<Stream> HandleBatchAsync(IReadOnlyList<SqsMessage> messages, ILambdaContext context, Deadline deadline)
    {
        var batch = new DeliveryBatch();
        var failed = new bool[messages.Count];
        await Parallel.ForAsync(0, messages.Count, new ParallelOptions { MaxDegreeOfParallelism = BatchConcurrency }, async (i, _) =>
        {
            var report = await RunAsync(context, async report =>
            {
                report.Event = EventReader.ReadQueued(messages[i].Body);
                await ProcessAsync(report, await secrets.GetAsync(), deadline, batch);
            });
            failed[i] = report.Failure is not null;
        });

        return Responder.Batch(messages.Where((_, i) => failed[i]).Select(message => message.Id));
    }

    /// <summary>Steps 3 to 5.</summary>
    private async ValueTask ProcessAsync(EventOutcome report, IntegrationSecret secret, Deadline deadline, DeliveryBatch? batch = null)
    {
        report.Event = SecretMask.Apply(report.Event!, secret.Keys);
        report.Alert = normalizer.Normalize(report.Event);
        var channels = router.Route(report.Alert, secret);
        report.Deliveries = await deliverer.DeliverAsync(report.Alert, channels, deadline, batch);

        // One channel's failure is the event's: it comes again, and the channels that had it drop it by its alert key.
        var failures = report.Deliveries.Select(delivery => delivery.Failure).OfType<IntegrationException>().ToList();
        if (failures.Count > 0)
        {
            throw failures.Find(failure => failure.Code != ErrorCode.RequestTooFrequently) ?? failures[0];
        }
    }

    /// <summary>Runs one event's steps, and logs how they ended. Nothing is thrown: a failure is in the report.</summary>
    private async Task<EventOutcome> RunAsync(ILambdaContext context, Func<EventOutcome, Task> steps)
    {
        var start = time.GetTimestamp();
        var report = new EventOutcome(context.AwsRequestId, context.FunctionName, isColdStart: !Interlocked.Exchange(ref _isWarm, true));
        try
        {
            await steps(report);
        }
        catch (IntegrationException exception)
        {
            report.Failure = exception;
        }
        catch (Exception exception)
        {
            log.Error($"Request {report.RequestId}: unhandled exception: {exception}");
            report.Failure = new IntegrationException(ErrorCode.InternalError, "The function failed; its log says why.", inner: exception);
        }

        report.Duration = time.GetElapsedTime(start);
        OutcomeLog.Write(log, report, time.GetUtcNow());
        return report;
    }
}
