using CsCheck;
using Flashduty.Lambda.Local.Recording;
using Flashduty.Lambda.Normalization.Values;

namespace Flashduty.Lambda.Local.Tests.Recording;

public sealed class AlertStoreTests
{
    private static DeliveredEvent Delivery(string? key, int bytes = 1) => new(
        DateTimeOffset.UnixEpoch, "request", InvocationShape.FunctionUrl, new byte[bytes], "source", "type",
        key is null ? null : new Alert("title " + key, "", key, [new("team", "red")]),
        null, ["dba"], key is null ? "InvalidParameter" : null, "", [], [], 1, false, "", 200, SenderReaction.Done,
        new StepTimes(0, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero));

    [Fact]
    public void Deliveries_with_one_key_are_one_row_which_moves_to_the_top()
    {
        var store = new AlertStore();
        foreach (var key in (string?[])["a", "b", "a", null, null])
        {
            store.Add(Delivery(key));
        }

        Assert.Equal([(null, 1), (null, 1), ("a", 2), ("b", 1)], store.List().Select(row => (row.Latest.Alert?.Key, row.Count)));
    }

    [Fact]
    public void A_closed_alert_takes_no_more_deliveries()
    {
        var store = new AlertStore();
        var first = store.Add(Delivery("a"));

        Assert.True(store.Close(first.Id)!.IsClosed);
        Assert.NotEqual(first.Id, store.Add(Delivery("a")).Id);
        Assert.Null(store.Close(99));
    }

    [Fact]
    public void The_oldest_rows_go_first_beyond_the_capacity()
    {
        var store = new AlertStore(capacity: 2);
        store.Add(Delivery("a"));
        store.Add(Delivery("b"));
        store.Add(Delivery("a"));
        store.Add(Delivery("c"));

        Assert.Equal(["c", "a"], store.List().Select(row => row.Latest.Alert!.Key));
        Assert.Equal(1, store.Add(Delivery("b")).Count);
    }

    [Fact]
    public void Large_events_take_the_place_of_many_small_ones()
    {
        var store = new AlertStore(maxEventBytes: 100);
        store.Add(Delivery("a", 60));
        store.Add(Delivery("b", 60));
        Assert.Single(store.List());

        store.Add(Delivery("c", 1_000));
        Assert.Equal("c", Assert.Single(store.List()).Latest.Alert!.Key);
    }

    [Fact]
    public void No_delivery_is_lost_or_counted_twice() =>
        Gen.Int[0, 5].Array[0, 60].Sample(keys =>
        {
            var store = new AlertStore();
            foreach (var key in keys)
            {
                store.Add(Delivery($"k{key}"));
            }

            return store.List().Sum(row => row.Count) == keys.Length && store.List().Count == keys.Distinct().Count();
        });

    [Theory]
    [InlineData("title", true)]
    [InlineData("TEAM=RED", true)]
    [InlineData("dba", true)]
    [InlineData("delivered", true)]
    [InlineData("blue", false)]
    public void A_query_looks_at_title_labels_channels_and_outcome(string word, bool matches) =>
        Assert.Equal(matches, new AlertStore().Add(Delivery("a")).Matches([word]));
}
