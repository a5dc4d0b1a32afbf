using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.Serialization.SystemTextJson;

/// <summary>Serializes with a source-generated <typeparamref name="TSGContext"/>: no reflection, so it works under Native AOT.</summary>
/// <typeparam name="TSGContext">Has a constructor that takes <see cref="JsonSerializerOptions"/>.</typeparam>
public class SourceGeneratorLambdaJsonSerializer<
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSGContext> : ILambdaSerializer
    where TSGContext : JsonSerializerContext
{
    private readonly TSGContext _context = (TSGContext)Activator.CreateInstance(
        typeof(TSGContext),
        new JsonSerializerOptions
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            PropertyNameCaseInsensitive = true,
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        })!;

    /// <exception cref="JsonSerializerException">The context does not know <typeparamref name="T"/>, or the text does not fit it.</exception>
    public T Deserialize<T>(Stream requestStream)
    {
        try
        {
            return (T)JsonSerializer.Deserialize(requestStream, typeof(T), _context)!;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new JsonSerializerException($"The JSON is no {typeof(T).FullName}: {exception.Message}", exception);
        }
    }

    /// <exception cref="JsonSerializerException">The context does not know <typeparamref name="T"/>.</exception>
    public void Serialize<T>(T response, Stream responseStream)
    {
        try
        {
            JsonSerializer.Serialize(responseStream, response, typeof(T), _context);
        }
        catch (Exception exception) when (exception is InvalidOperationException or NotSupportedException)
        {
            throw new JsonSerializerException($"A {typeof(T).FullName} cannot be written: {exception.Message}", exception);
        }
    }
}

/// <summary>A payload could not be read or written.</summary>
public class JsonSerializerException(string message, Exception exception) : Exception(message, exception);
