using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Flashduty.Lambda.Normalization;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Normalization.Writing;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Tests.Normalization.EventTypes;

/// <summary>The event types that AWS publishes schemas of, against answers that were written down from the schemas alone
/// (<c>test/published/answers</c>): which members are the resource, and which say what became of it.</summary>
public sealed class PublishedTypeTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Normalizer ByResource = new(AlertKeyOptions.Default with { Scope = AlertKeyScope.Resource, MergeWindow = TimeSpan.Zero });

    public static TheoryData<string> Answered() => new(PublishedType.All.Where(static type => Answer(type) is not null).Select(static type => type.ToString()));

    [Theory]
    [MemberData(nameof(Answered))]
    public void A_title_names_the_resource_and_what_became_of_it(string name)
    {
        var (type, answer) = Find(name);
        var title = ByResource.Normalize(Event(type, answer)).Title;
        foreach (var path in answer.Title ?? [.. answer.Thing, .. answer.State])
        {
            Assert.Contains(Arn.Shorten(ValueAt(type, answer, path)), title, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [MemberData(nameof(Answered))]
    public void A_repeat_has_the_same_key(string name)
    {
        var (type, answer) = Find(name);
        var sample = Sample(type, answer, id: "11111111-1428-4cd3-a780-95db273d1602", time: "2025-03-17T09:00:00Z");
        sample.Create();
        foreach (var (path, words) in sample.Texts)
        {
            if (answer.State.Contains(path) || answer.Runs.Contains(path))
            {
                sample.Overrides[path] = "ANOTHER-" + path.Length;
            }
            else if (!answer.Thing.Contains(path) && NameTokenizer.Last(words) is "time" or "timestamp" or "date" or "severity")
            {
                sample.Overrides[path] = "2025-03-17T08:59:00Z";
            }
        }

        Assert.Equal(ByResource.Normalize(Event(type, answer)).Key, ByResource.Normalize(Read(sample)).Key);
    }

    [Theory]
    [MemberData(nameof(Answered))]
    public void Another_resource_has_another_key(string name)
    {
        var (type, answer) = Find(name);
        var key = ByResource.Normalize(Event(type, answer)).Key;
        if (answer.Thing.Length == 0)
        {
            Assert.NotEqual(key, ByResource.Normalize(Read(Sample(type, answer, resource: 2))).Key);
        }

        foreach (var path in answer.Thing)
        {
            var sample = Sample(type, answer);
            var value = ValueAt(type, answer, path);
            sample.Overrides[path] = value.Length > 0 && value.All(char.IsAsciiDigit) ? "99" + value[2..] : value + "x";
            Assert.NotEqual(key, ByResource.Normalize(Read(sample)).Key);
        }
    }

    [Fact]
    public void Every_answer_is_of_a_published_type_and_names_its_members()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.PathOf("test", "published", "answers"), "*.json"))
        {
            foreach (var detailType in Answers(Path.GetFileNameWithoutExtension(file))!.Keys)
            {
                var type = PublishedType.All.Single(type => type.ToString() == $"{Path.GetFileNameWithoutExtension(file)}: {detailType}");
                var answer = Answer(type)!;
                foreach (var path in (string[])[.. answer.Thing, .. answer.State, .. answer.Runs])
                {
                    Assert.True(ValueAt(type, answer, path).Length > 0, $"{type}: {path}");
                }
            }
        }
    }

    /// <summary>With <c>CREATE_SAMPLES=aws.ec2</c>: writes the samples that this source's published types lack.</summary>
    [Fact]
    public void Samples_can_be_made_from_schemas()
    {
        var samples = SampleFiles.EventNames.Select(SampleEvents.Read).Select(static e => $"{e.Source}: {e.DetailType}").ToHashSet();
        foreach (var type in PublishedType.All)
        {
            var sample = new SchemaSample(type) { Resources = [Resource(type, 1)] }.Create();
            Assert.Equal(type.DetailType, EventReader.Read(Encoding.UTF8.GetBytes(sample.ToJsonString())).OrThrow().DetailType);
            if (type.Source == Environment.GetEnvironmentVariable("CREATE_SAMPLES") && !samples.Contains(type.ToString()))
            {
                var slug = string.Join('-', NameTokenizer.Tokenize(type.DetailType.Replace('-', ' ')).Split(' '));
                File.WriteAllText(SampleFiles.EventPath($"{type.Source["aws.".Length..]}--{slug}"), sample.ToJsonString(Indented) + "\n");
            }
        }
    }

    private static (PublishedType Type, PublishedAnswer Answer) Find(string name)
    {
        var type = PublishedType.All.First(type => type.ToString() == name);
        return (type, Answer(type)!);
    }

    private static PublishedAnswer? Answer(PublishedType type) => Answers(type.Source)?.GetValueOrDefault(type.DetailType);

    private static Dictionary<string, PublishedAnswer>? Answers(string source)
    {
        var path = Repository.PathOf("test", "published", "answers", source + ".json");
        return File.Exists(path)
            ? JsonSerializer.Deserialize<Dictionary<string, PublishedAnswer>>(File.ReadAllText(path), JsonSerializerOptions.Web)
            : null;
    }

    private static string Resource(PublishedType type, int number) =>
        $"arn:aws:{type.Source["aws.".Length..]}:us-east-1:123456789012:resource/orders-{number}";

    private static SchemaSample Sample(PublishedType type, PublishedAnswer answer, string? id = null, string? time = null, int resource = 1)
    {
        var sample = new SchemaSample(type)
        {
            Id = id ?? "7bf73129-1428-4cd3-a780-95db273d1602",
            Time = time ?? "2025-03-16T15:07:00Z",
            Resources = answer.Thing.Length == 0 ? [Resource(type, resource)] : [],
        };
        foreach (var (path, value) in answer.Values)
        {
            sample.Overrides[path] = value;
        }

        return sample;
    }

    private static EventBridgeEvent Event(PublishedType type, PublishedAnswer answer) => Read(Sample(type, answer));

    private static EventBridgeEvent Read(SchemaSample sample) => EventReader.Read(Encoding.UTF8.GetBytes(sample.Create().ToJsonString())).OrThrow();

    private static string ValueAt(PublishedType type, PublishedAnswer answer, string path)
    {
        var value = Event(type, answer).Detail;
        foreach (var step in path.Replace("[0]", ".[0]", StringComparison.Ordinal).Split('.'))
        {
            value = step == "[0]" ? value[0] : value.GetProperty(step);
        }

        return ScalarText.Read(value) ?? "";
    }
}

/// <summary>What a person judged from a type's schema.</summary>
internal sealed class PublishedAnswer
{
    /// <summary>The members that are the resource and what it is in; none where only the event's resources name it.</summary>
    public string[] Thing { get; init; } = [];

    /// <summary>The members that say what became of it.</summary>
    public string[] State { get; init; } = [];

    /// <summary>The members that are of one run: a repeat has others.</summary>
    public string[] Runs { get; init; } = [];

    /// <summary>The members that the title names; unless given, the resource and the state.</summary>
    public string[]? Title { get; init; }

    /// <summary>Values that matter, such as a state that is one of the service's own.</summary>
    public Dictionary<string, string> Values { get; init; } = [];
}
