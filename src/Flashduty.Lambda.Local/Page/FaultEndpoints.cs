using System.Text.Json;
using Flashduty.Lambda.Local.Flashduty;
using Flashduty.Lambda.Local.Lambda;

namespace Flashduty.Lambda.Local.Page;

/// <summary>The faults in force.</summary>
/// <param name="Flashduty">A <see cref="FlashdutyFault"/> in camel case; null where alerts go to Flashduty itself.</param>
/// <param name="Once">Whether it ends with the next request.</param>
/// <param name="SecretsManagerFails">Null where the key comes from a setting.</param>
internal sealed record FaultState(string? Flashduty, bool Once, int RetryAfterSeconds, bool? SecretsManagerFails);

/// <summary>Makes the services around the function fail.</summary>
internal static class FaultEndpoints
{
    private const int MaxRetryAfterSeconds = 3_600;

    public static void Map(IEndpointRouteBuilder api, LocalFunction function)
    {
        api.MapGet("/faults", () => PageJson.Result(State(function)));
        api.MapPut("/faults", async (HttpRequest request) => Set(await PageJson.ReadAsync<FaultState>(request), function));
        api.MapPost("/secret/rotate", () =>
        {
            if (function.SecretsManager is null)
            {
                return PageJson.Error(StatusCodes.Status409Conflict, "The key comes from a setting, not from a simulated Secrets Manager.");
            }

            function.RotateSecret();
            return Results.NoContent();
        });
        api.MapPost("/restart", async () =>
        {
            await function.RestartAsync();
            return Results.NoContent();
        });
    }

    private static FaultState State(LocalFunction function) => new(
        function.Flashduty is { } flashduty ? JsonNamingPolicy.CamelCase.ConvertName(flashduty.Fault.Fault.ToString()) : null,
        function.Flashduty?.Fault.Once ?? false,
        function.Flashduty?.Fault.RetryAfterSeconds ?? FaultPlan.None.RetryAfterSeconds,
        function.SecretsManager?.IsFailing);

    private static IResult Set(FaultState state, LocalFunction function)
    {
        if (!Enum.TryParse<FlashdutyFault>(state.Flashduty ?? "none", ignoreCase: true, out var fault) || !Enum.IsDefined(fault)
            || state.RetryAfterSeconds is < 0 or > MaxRetryAfterSeconds)
        {
            return PageJson.Error(
                StatusCodes.Status400BadRequest,
                $"flashduty must be one of {string.Join(", ", Enum.GetNames<FlashdutyFault>().Select(JsonNamingPolicy.CamelCase.ConvertName))}; "
                + $"retryAfterSeconds from 0 to {MaxRetryAfterSeconds}.");
        }

        if (function.Flashduty is { } flashduty)
        {
            flashduty.Fault = new FaultPlan(fault, state.Once, state.RetryAfterSeconds);
        }

        if (function.SecretsManager is { } secretsManager)
        {
            secretsManager.IsFailing = state.SecretsManagerFails ?? false;
        }

        return PageJson.Result(State(function));
    }
}
