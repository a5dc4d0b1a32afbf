using Amazon.Runtime;

namespace Flashduty.Lambda.Http;

/// <summary>Makes AWS SDK for .NET use a <see cref="ServiceHandler"/>.</summary>
internal sealed class ServiceClientFactory(Func<ServiceHandler> create) : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(create()) { Timeout = Timeout.InfiniteTimeSpan };
}
