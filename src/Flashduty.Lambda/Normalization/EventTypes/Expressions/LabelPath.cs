using System.Globalization;
using System.Text.Json;
using Flashduty.Lambda.Normalization.Values;

namespace Flashduty.Lambda.Normalization.EventTypes.Expressions;

/// <summary>Where in the detail a path ends, under the name that the label of that value has.</summary>
internal static class LabelPath
{
    /// <returns>Null if the path ends nowhere, or in several places.</returns>
    public static (string Name, JsonElement Value)? Resolve(Expression path, ExpressionScope scope) =>
        Resolve(path, scope, (LabelName.Root, scope.Event.Detail), isSelected: false);

    /// <param name="path">The rest of the path.</param>
    /// <param name="scope">The event.</param>
    /// <param name="origin">Where the path begins.</param>
    /// <param name="isSelected">Whether the origin is already the first of the elements that a filter found.</param>
    private static (string Name, JsonElement Value)? Resolve(
        Expression path, ExpressionScope scope, (string Name, JsonElement Value) origin, bool isSelected)
    {
        switch (path)
        {
            case CurrentValue:
                return origin;
            case Element { Position: 0, Parent: CurrentValue } when isSelected:
                return origin;
            case Member member when Resolve(member.Parent, scope, origin, isSelected) is var (name, value):
                return value.ValueKind == JsonValueKind.Object && scope.Member(value, member.MemberName) is { } found
                    ? (LabelName.Append(name, member.MemberName), found)
                    : null;
            case Element element when Resolve(element.Parent, scope, origin, isSelected) is var (name, value):
                return element.Position >= 0 && value.ValueKind == JsonValueKind.Array && element.Position < value.GetArrayLength()
                    ? (Indexed(name, element.Position), value[element.Position])
                    : null;
            case Filter filter when Resolve(filter.Parent, scope, origin, isSelected) is (var name, { ValueKind: JsonValueKind.Array } array):
                var index = 0;
                foreach (var item in array.EnumerateArray())
                {
                    if (filter.Holds(scope, item))
                    {
                        return (Indexed(name, index), item);
                    }

                    index++;
                }

                return null;
            case Pipe pipe when Resolve(pipe.Left, scope, origin, isSelected) is { } selected:
                return Resolve(pipe.Right, scope, selected, isSelected: pipe.Left is Filter);
            default:
                return null;
        }
    }

    private static string Indexed(string name, int index) => LabelName.Append(name, index.ToString(CultureInfo.InvariantCulture));
}
