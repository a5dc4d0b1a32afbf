using System.Diagnostics.CodeAnalysis;

namespace Flashduty.Lambda.Errors;

/// <summary>What a step returns: a value, or the failure that ends the event's way.</summary>
internal readonly struct Result<T>
{
    private readonly T? _value;

    private Result(T? value, Failure? failure)
    {
        _value = value;
        Failure = failure;
    }

    /// <summary>Null if there is a value.</summary>
    public Failure? Failure { get; }

    public bool TryGetValue([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Failure? failure)
    {
        (value, failure) = (_value, Failure);
        return failure is null;
    }

    /// <exception cref="IntegrationException">There is a failure instead of a value.</exception>
    public T OrThrow() => Failure is null ? _value! : throw new IntegrationException(Failure);

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Failure failure) => new(default, failure);
}
