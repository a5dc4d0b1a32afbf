using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Flashduty.Lambda.Json;

/// <summary>Looks up members of JSON objects whose other members may be odd.</summary>
internal static class JsonMembers
{
    /// <summary>Finds a member by its exact name, which is ASCII; of several with that name the first.</summary>
    /// <remarks>Compares the name as it is written: <see cref="JsonElement.TryGetProperty(string, out JsonElement)"/> throws if
    /// another member's name contains a lone surrogate.</remarks>
    public static bool TryGetMember(this JsonElement element, ReadOnlySpan<char> name, out JsonElement value)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject())
            {
                var raw = JsonMarshal.GetRawUtf8PropertyName(property);
                if (Ascii.Equals(raw, name) || (raw.Contains((byte)'\\') && name.SequenceEqual(JsonText.NameOf(property))))
                {
                    value = property.Value;
                    return true;
                }
            }
        }

        value = default;
        return false;
    }
}
