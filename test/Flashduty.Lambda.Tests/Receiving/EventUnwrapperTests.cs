using System.Text;
using System.Text.Json;
using CsCheck;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Tests.Receiving;

/// <summary>The shapes in which AWS's services hand on an event.</summary>
public sealed class EventUnwrapperTests
{
    private const string SnsAlarm = """
        {"AlarmName":"checkout-5xx","AlarmDescription":"Checkout is failing","AWSAccountId":"210987654321",
         "NewStateValue":"ALARM","NewStateReason":"Threshold Crossed","StateChangeTime":"2026-11-24T02:13:07.490+0000","Region":"EU (Ireland)",
         "AlarmArn":"arn:aws:cloudwatch:eu-west-1:210987654321:alarm:checkout-5xx","OldStateValue":"OK",
         "Trigger":{"MetricName":"HTTPCode_Target_5XX_Count","Namespace":"AWS/ApplicationELB","StatisticType":"Statistic","Statistic":"SUM",
           "Dimensions":[{"name":"LoadBalancer","value":"app/shop/1"}],"Period":60,"Threshold":5.0}}
        """;

    private const string AlarmAction = """
        {"source":"aws.cloudwatch","alarmArn":"arn:aws:cloudwatch:eu-west-1:210987654321:alarm:checkout-5xx","accountId":"210987654321",
         "time":"2026-11-24T02:13:07.490+0000","region":"eu-west-1",
         "alarmData":{"alarmName":"checkout-5xx","state":{"value":"ALARM","reason":"Threshold Crossed"},"previousState":{"value":"OK"}}}
        """;

    private const string LambdaFailure = """
        {"version":"1.0","timestamp":"2026-11-24T02:13:00.000Z",
         "requestContext":{"requestId":"r-1","functionArn":"arn:aws:lambda:eu-west-1:210987654321:function:charge:$LATEST","condition":"RetriesExhausted"},
         "requestPayload":{"orderId":"A-1009"},"responsePayload":{"errorType":"TimeoutError","errorMessage":"bank did not answer"}}
        """;

    private static EventBridgeEvent[] Read(string json) => EventUnwrapper.Read(Encoding.UTF8.GetBytes(json)).OrThrow();

    private static string Quote(string json) => JsonSerializer.Serialize(json);

    private static string Notification(string message) =>
        $$$"""{"Type":"Notification","MessageId":"m","TopicArn":"arn:aws:sns:eu-west-1:210987654321:alerts","Subject":"x","Message":{{{Quote(message)}}}}""";

    private static string SnsInvocation(string message) =>
        $$$"""{"Records":[{"EventSource":"aws:sns","EventVersion":"1.0","Sns":{{{Notification(message)}}}}]}""";

    private static string InvocationRecord(string payload) =>
        $$"""{"version":"1.0","requestContext":{"condition":"RetriesExhausted"},"requestPayload":{{payload}},"responsePayload":{"errorType":"x"} }""";

    public static TheoryData<string> Wrapped() => new(
        Events.With(),
        $"[{Events.With()}]",
        Notification(Events.With()),
        SnsInvocation(Events.With()),
        InvocationRecord(Events.With()),
        InvocationRecord(SnsInvocation(Events.With())),
        InvocationRecord(Events.OfDepth(64)),
        Notification(InvocationRecord(Events.With())),
        $$$$"""[{"messageId":"1","eventSource":"aws:sqs","body":{{{{Quote(Events.With())}}}}}]""",
        $$"""{"Data":{{Events.With()}},"Metadata":{"tenant":"acme"},"SystemMetadata":{"aws:EventId":"other","aws:DeliveryType":"LIVE"} }""",
        $$$"""{"busArn":"b","subscriberArn":"s","failedMessages":[{"eventId":"1","event":{{{Events.With()}}}}]}""",
        $$$"""{"busArn":"b","subscriberArn":"s","failedMessages":[{"eventId":"1","payload":{{{Quote(Events.With())}}}}]}""",
        Events.With(""","requestPayload":{"id":"inner"}"""));

    [Theory]
    [MemberData(nameof(Wrapped))]
    public void Event_is_found_in_whatever_is_around_it(string json) => Assert.Equal(Events.Id, Read(json).Single().Id);

    [Fact]
    public void Array_holds_an_event_for_each_element() =>
        Assert.Equal(["a", "b"], Read("""[{"id":"a","source":"s","detail-type":"t"},{"id":"b","source":"s","detail-type":"t"}]""").Select(e => e.Id));

    [Fact]
    public void Event_of_a_custom_bus_without_an_id_has_the_bus_own() =>
        Assert.Equal("a1", Read("""{"Data":{"source":"s","detail-type":"t"},"SystemMetadata":{"aws:EventId":"a1"}}""").Single().Id);

    [Theory]
    [InlineData("action")]
    [InlineData("topic")]
    public void Alarms_own_action_is_a_state_change(string way)
    {
        var e = Read(way == "action" ? AlarmAction : SnsInvocation(SnsAlarm)).Single();
        Assert.Equal(("aws.cloudwatch", "CloudWatch Alarm State Change"), (e.Source, e.DetailType));
        Assert.Equal(("210987654321", "eu-west-1", "2026-11-24T02:13:07Z"), (e.Account, e.Region, e.Time));
        Assert.Equal(["arn:aws:cloudwatch:eu-west-1:210987654321:alarm:checkout-5xx"], e.Resources);
        Assert.Equal("checkout-5xx", e.Detail.GetProperty("alarmName").GetString());
        Assert.Equal("ALARM", e.Detail.GetProperty("state").GetProperty("value").GetString());
        Assert.Equal("Threshold Crossed", e.Detail.GetProperty("state").GetProperty("reason").GetString());
        Assert.Equal("OK", e.Detail.GetProperty("previousState").GetProperty("value").GetString());
    }

    [Fact]
    public void Alarms_metric_is_where_EventBridge_has_it()
    {
        var configuration = Read(Notification(SnsAlarm)).Single().Detail.GetProperty("configuration");
        Assert.Equal("Checkout is failing", configuration.GetProperty("description").GetString());
        var metric = configuration.GetProperty("metrics")[0].GetProperty("metricStat").GetProperty("metric");
        Assert.Equal("HTTPCode_Target_5XX_Count", metric.GetProperty("name").GetString());
        Assert.Equal("app/shop/1", metric.GetProperty("dimensions").GetProperty("LoadBalancer").GetString());
    }

    [Fact]
    public void Another_functions_failed_invocation_is_an_event_of_Lambda()
    {
        var e = Read(LambdaFailure).Single();
        Assert.Equal(("lambda", "Lambda Function Invocation Result - Failure"), (e.Source, e.DetailType));
        Assert.Equal(("210987654321", "eu-west-1", "2026-11-24T02:13:00.000Z"), (e.Account, e.Region, e.Time));
        Assert.Equal("bank did not answer", e.Detail.GetProperty("responsePayload").GetProperty("errorMessage").GetString());
        Assert.Equal("Lambda Function Invocation Result - Success", Read(LambdaFailure.Replace("RetriesExhausted", "Success", StringComparison.Ordinal)).Single().DetailType);
    }

    [Fact]
    public void Failed_delivery_of_a_custom_bus_is_an_event_if_the_record_has_ids_only()
    {
        var e = Read("""
            {"version":"1.0","busArn":"arn:aws:events:us-east-1:111122223333:event-busv2/orders/1","subscriberArn":"arn:aws:events:us-east-1:111122223333:subscriber/s/1",
             "targetArn":"arn:aws:lambda:us-east-1:111122223333:function:f","errorCode":"ACCESS_DENIED","errorMessage":"not authorized",
             "failedMessages":[{"eventId":"a1","timestamp":"2026-09-16T18:40:12Z"},{"eventId":"b2"}]}
            """).Single();
        Assert.Equal(("aws.events", "Event Delivery Failed", "111122223333", "us-east-1"), (e.Source, e.DetailType, e.Account, e.Region));
        Assert.Equal("2026-09-16T18:40:12Z", e.Time);
        Assert.Equal("ACCESS_DENIED", e.Detail.GetProperty("errorCode").GetString());
    }

    [Theory]
    [MemberData(nameof(Wrapped))]
    [InlineData(SnsAlarm)]
    [InlineData(AlarmAction)]
    [InlineData(LambdaFailure)]
    public void Repeat_has_the_same_id(string json) => Assert.Equal(Read(json).Select(e => e.Id), Read(json).Select(e => e.Id));

    [Theory]
    [InlineData("""{"requestPayload":"text"}""", "a JSON string")]
    [InlineData("""{"requestPayload":{}}""", "no members")]
    [InlineData("""{"Type":"Notification","TopicArn":"t","Message":"Your budget is exceeded."}""", "The SNS notification's Message: The body is not JSON")]
    [InlineData("""[{"id":"a","source":"s","detail-type":"t"},{"id":"b"}]""", "Element 1 of the array")]
    [InlineData("[[[[[[[[[[[[7]]]]]]]]]]]]", "wrapped in too many")]
    public void Anything_else_is_refused_with_its_place(string json, string why) =>
        Assert.Contains(why, EventUnwrapper.Read(Encoding.UTF8.GetBytes(json)).Failure!.Message, StringComparison.Ordinal);

    [Fact]
    public void Event_that_is_too_deep_is_refused_whatever_is_around_it() =>
        Assert.Contains("more than 64 deep", EventUnwrapper.Read(Encoding.UTF8.GetBytes($"[{Events.OfDepth(65)}]")).Failure!.Message, StringComparison.Ordinal);

    [Fact]
    public void Any_change_of_a_byte_is_read_or_refused()
    {
        var shapes = Wrapped().Select(row => Encoding.UTF8.GetBytes(row.Data)).Append(Encoding.UTF8.GetBytes(SnsAlarm))
            .Append(Encoding.UTF8.GetBytes(AlarmAction)).Append(Encoding.UTF8.GetBytes(LambdaFailure)).ToArray();
        Gen.Select(Gen.Int[0, shapes.Length - 1], Gen.Double[0, 1], Gen.Byte).Sample((shape, at, to) =>
        {
            var changed = shapes[shape].ToArray();
            changed[(int)(at * (changed.Length - 1))] = to;
            var result = EventUnwrapper.Read(changed);
            if (result.TryGetValue(out var events, out var failure))
            {
                Assert.All(events, e => Assert.NotEmpty(e.Id));
            }
            else
            {
                Assert.Equal(ErrorCode.InvalidParameter, failure.Code);
            }
        });
    }
}
