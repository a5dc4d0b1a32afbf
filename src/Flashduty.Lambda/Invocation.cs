using Flashduty.Lambda.Http;
using Flashduty.Lambda.Limits;

namespace Flashduty.Lambda;

/// <summary>What the events of one invocation share.</summary>
/// <param name="Start">When the event at hand was received, on the time provider's clock.</param>
/// <param name="Remaining">What Lambda's own limit left when the invocation came.</param>
internal readonly record struct Invocation(string RequestId, string FunctionName, long Start, TimeSpan Remaining)
{
    /// <summary>When whatever is not done is reported as failed, so that Lambda does not end the sandbox first.</summary>
    /// <param name="messages">How many messages the answer may have to name.</param>
    public Deadline Deadline(int messages = 0)
    {
        var margin = TimeLimits.LambdaMargin + (TimeLimits.LambdaMarginPerMessage * messages);
        return Http.Deadline.After(Remaining - (margin < Remaining / 2 ? margin : Remaining / 2));
    }

    /// <summary>The same for a request to the Function URL, whose caller hangs up earlier.</summary>
    public Deadline UrlDeadline =>
        Http.Deadline.After(TimeLimits.UrlRequest - TimeLimits.UrlMargin).ButAtMost(Remaining - TimeLimits.LambdaMargin);
}
