using Re2.Unicode;

namespace Re2.Tests;

public sealed class CaseFoldingTests
{
    [Fact]
    public void Every_letter_is_folded_with_all_that_fold_alike()
    {
        var alike = Enumerable.Range(0, CodePointSet.Max + 1).GroupBy(CaseFolding.Fold).Where(group => group.Count() > 1).ToList();

        Assert.True(alike.Count > 1_300);
        Assert.All(
            alike,
            group => Assert.All(group, codePoint => Assert.Equal(group, Members(CaseFolding.Close(CodePointSet.Create(codePoint))))));
    }

    [Fact]
    public void Characters_without_case_fold_alone() =>
        Assert.All("0_ 数\u0131\u0130", c => Assert.Equal([c], Members(CaseFolding.Close(CodePointSet.Create(c)))));

    private static IEnumerable<int> Members(CodePointSet set)
    {
        var members = new List<int>();
        foreach (var (first, last) in set.Ranges)
        {
            members.AddRange(Enumerable.Range(first, last - first + 1));
        }

        return members;
    }
}
