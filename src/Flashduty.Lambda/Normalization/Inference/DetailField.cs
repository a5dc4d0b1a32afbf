using System.Text.Json;

namespace Flashduty.Lambda.Normalization.Inference;

/// <summary>A scalar of an event's detail, and where it stands.</summary>
/// <param name="Path">The names that lead to it, as the event writes them, joined by dots.</param>
/// <param name="Words">The name's words; where the name says only what kind of value it is (<c>id</c>, <c>name</c>, <c>value</c>), those of
/// the object around it come before: <c>ticket id</c>.</param>
/// <param name="Depth">Zero for a member of the detail itself, and for those of an object that only wraps (<c>data</c>,
/// <c>payload</c>).</param>
/// <param name="HasGenericName">Whether the name alone does not say what it names: <c>id</c>, <c>name</c>.</param>
/// <param name="Among">Of how many objects in an array its own is the one that matters; zero outside an array.</param>
/// <param name="HasWrapperSibling">Whether an object that wraps stands beside it, so that <c>id</c> is the message's and not the
/// resource's.</param>
/// <param name="Value">Not an object; an array only of scalars.</param>
/// <param name="Text">The value as text, never empty.</param>
internal readonly record struct DetailField(
    string Path, string Words, int Depth, bool HasGenericName, int Among, bool HasWrapperSibling, JsonElement Value, string Text)
{
    public bool IsNumber => Value.ValueKind == JsonValueKind.Number;

    public bool IsBoolean => Value.ValueKind is JsonValueKind.True or JsonValueKind.False;

    public bool IsText => Value.ValueKind is JsonValueKind.String or JsonValueKind.Array;

    /// <summary>Whether it belongs to one of several objects.</summary>
    public bool InArray => Among > 1;
}
