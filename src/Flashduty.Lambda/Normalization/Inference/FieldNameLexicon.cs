namespace Flashduty.Lambda.Normalization.Inference;

/// <summary>What words in a field's name say of its value, as the rules for unknown events read them.</summary>
internal static class FieldNameLexicon
{
    /// <summary>Words of detail types that are in most of them, and so tell nothing.</summary>
    public static bool IsStopWord(ReadOnlySpan<char> word) => word is "event" or "events" or "state" or "status" or "change"
        or "changed" or "notification"
        or "message" or "type" or "result" or "error" or "detail" or "id" or "name" or "aws" or "amazon" or "the" or "of" or "a"
        or "an" or "in" or "for" or "on"
        or "via" or "value" or "new" or "current";

    /// <summary>The value is a sentence and no name.</summary>
    public static bool IsProse(ReadOnlySpan<char> words) => NameTokenizer.Last(words) is "title" or "subject" or "headline" or "summary";

    /// <summary>The value means nothing to a person.</summary>
    public static bool IsIdentifier(ReadOnlySpan<char> words) => NameTokenizer.Last(words) is "id" or "ids" or "arn" or "uuid" or "guid"
        or "url" or "uri" or "link"
        or "href" or "token" or "hash" or "digest" or "etag" or "ip" or "version";

    public static bool IsName(ReadOnlySpan<char> words) => NameTokenizer.Last(words) is "name" or "title";

    /// <summary>A point in time, or a length of it.</summary>
    public static bool IsAboutTime(ReadOnlySpan<char> words) => IsPointInTime(words) || NameTokenizer.Last(words) is "seconds" or "millis"
        or "minutes" or "duration";

    public static bool IsPointInTime(ReadOnlySpan<char> words) => NameTokenizer.Last(words) is "time" or "timestamp" or "date" or "at" or "on"
        or "ts" or "epoch";

    /// <summary>How to reach a person: no reason to have it on every phone.</summary>
    public static bool IsContact(ReadOnlySpan<char> words) => NameTokenizer.Last(words) is "email" or "mail" or "phone" or "mobile"
        or "address" or "ip" or "password";

    /// <summary>A value that people write for none.</summary>
    public static bool IsPlaceholder(string value) => value.ToLowerInvariant() is "null" or "none" or "n/a" or "na" or "nil" or "undefined"
        or "-" or "unknown";

    /// <summary>A type such as <c>PlacementTimedOut</c> or <c>build_failed</c>, which is not a kind of thing but what became of
    /// one.</summary>
    public static bool SaysWhatHappened(ReadOnlySpan<char> words)
    {
        var last = NameTokenizer.Last(words);
        return last.EndsWith("ed") || last.EndsWith("ing") || last is "out" or "failure" or "error" or "success" or "start" or "end"
            or "stop" or "complete"
            or "lost" or "down" or "up" or "created" or "removed";
    }

    /// <summary>Nouns whose value is the name of one.</summary>
    public static bool IsEntityNoun(ReadOnlySpan<char> word) => word is "pipeline" or "instance" or "cluster" or "service" or "bucket"
        or "queue" or "table" or "topic"
        or "function" or "job" or "task" or "device" or "node" or "server" or "application" or "app" or "project" or "repository"
        or "repo" or "branch"
        or "database" or "domain" or "endpoint" or "resource" or "component" or "pod" or "workflow" or "order" or "sensor" or "check"
        or "monitor" or "alarm"
        or "alert" or "rule" or "test" or "site" or "website" or "certificate" or "deployment" or "build" or "stack" or "container"
        or "volume" or "disk"
        or "machine" or "user" or "customer" or "invoice" or "payment" or "product" or "item" or "campaign" or "dataset" or "model"
        or "partner" or "vendor"
        or "store" or "location" or "target" or "entity" or "handler" or "module" or "worker" or "process" or "command" or "script"
        or "program" or "channel"
        or "stream" or "gateway" or "thing" or "vehicle" or "ticket" or "incident" or "issue" or "experiment" or "replica" or "slo";

    /// <summary>The value is what was.</summary>
    public static bool IsPreviousState(ReadOnlySpan<char> words)
    {
        foreach (var range in words.Split(' '))
        {
            if (words[range] is "previous" or "old" or "prior" or "former" or "prev" or "before" or "from")
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The value is what ought to be.</summary>
    public static bool IsDesiredState(ReadOnlySpan<char> words)
    {
        foreach (var range in words.Split(' '))
        {
            if (words[range] is "desired" or "target" or "expected" or "requested" or "initial" or "allowed" or "valid")
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The value identifies the message, the caller or the surroundings, and not the thing.</summary>
    public static bool IsMetadata(ReadOnlySpan<char> words)
    {
        foreach (var range in words.Split(' '))
        {
            if (words[range] is "request" or "event" or "correlation" or "trace" or "span" or "account" or "org" or "organization"
                or "tenant" or "version"
                or "principal" or "role" or "session" or "token" or "schema" or "message" or "client" or "caller" or "owner"
                or "parent" or "creator" or "created"
                or "updated" or "modified" or "subscription" or "idempotency" or "sequence" or "log" or "region" or "subnet" or "vpc"
                or "zone" or "availability"
                or "agent" or "source" or "sender" or "signature" or "invocation" or "delivery" or "webhook" or "api" or "partition"
                or "phone" or "port"
                or "attempt" or "template" or "kms" or "security" or "sdk" or "environment" or "env" or "stage")
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Who did it, or for whom: a subject only where there is none better.</summary>
    public static bool IsActor(ReadOnlySpan<char> words)
    {
        foreach (var range in words.Split(' '))
        {
            if (words[range] is "user" or "customer" or "person" or "member" or "employee" or "author" or "initiator" or "by")
            {
                return true;
            }
        }

        return false;
    }
}
