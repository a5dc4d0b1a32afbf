using System.Text.Encodings.Web;
using System.Text.Json;

namespace Flashduty.Lambda.Local.Page;

/// <summary>JSON as the page's interface reads and writes it.</summary>
internal static class PageJson
{
    // Text stays as it is written; it is never put into HTML as markup.
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Text<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static IResult Result<T>(T value) => Results.Json(value, Options);

    public static IResult Error(int status, string message) => Results.Json(new { error = new { message } }, Options, statusCode: status);

    /// <exception cref="JsonException">The body is not what is expected.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request)
        where T : class =>
        await JsonSerializer.DeserializeAsync<T>(request.Body, Options) ?? throw new JsonException("The body is null.");
}
