using Flashduty.Lambda.Normalization.Values;

namespace Flashduty.Lambda.Normalization.Inference;

/// <summary>What the words of a field's name say about its value.</summary>
internal static class FieldNameLexicon
{
    /// <summary>Words that most detail types have, so that they say nothing of what an event is about.</summary>
    public static bool IsStopWord(ReadOnlySpan<char> word) => word is "event" or "events" or "state" or "status" or "change" or "changed"
        or "notification" or "message" or "type" or "result" or "error" or "detail" or "id" or "name" or "aws" or "amazon" or "the" or "of"
        or "a" or "an" or "in" or "for" or "on" or "via" or "value" or "new" or "current" or "action" or "actions" or "source";

    /// <summary>The value is a sentence and not a name.</summary>
    public static bool IsProse(ReadOnlySpan<char> words) => NameTokenizer.Last(words) is "title" or "subject" or "headline" or "summary";

    /// <summary>The value means nothing to a person.</summary>
    public static bool IsIdentifier(ReadOnlySpan<char> words) => NameTokenizer.Last(words) is "id" or "ids" or "arn" or "arns" or "uuid"
        or "guid" or "uid" or "url" or "uri" or "link" or "href" or "token" or "hash" or "digest" or "etag" or "ip" or "version"
        or "identifier" or "sequencer";

    public static bool IsName(ReadOnlySpan<char> words) => NameTokenizer.Last(words) is "name" or "title";

    /// <summary>A point in time, or a length of it.</summary>
    public static bool IsAboutTime(ReadOnlySpan<char> words) => IsPointInTime(words) || NameTokenizer.Last(words) is "seconds" or "millis"
        or "minutes" or "duration";

    public static bool IsPointInTime(ReadOnlySpan<char> words) => NameTokenizer.Last(words) is "time" or "timestamp" or "date" or "at" or "on"
        or "ts" or "epoch" or "started" or "completed";

    /// <summary>How to reach a person: not for every phone on call.</summary>
    public static bool IsContact(ReadOnlySpan<char> words) => NameTokenizer.Last(words) is "email" or "mail" or "phone" or "mobile"
        or "address" or "ip" or "password";

    /// <summary>A value that people write for none.</summary>
    public static bool IsPlaceholder(string value) => value.Length <= 9 && value.ToLowerInvariant() is "null" or "none" or "n/a" or "na"
        or "nil" or "undefined" or "-" or "unknown";

    /// <summary>A type such as <c>PlacementTimedOut</c> or <c>build_failed</c>: what became of a resource, not a kind of one.</summary>
    public static bool IsOutcome(ReadOnlySpan<char> words)
    {
        var last = NameTokenizer.Last(words);
        return IsParticiple(last) || last is "out" or "failure" or "error" or "success" or "start" or "end" or "stop" or "complete"
            or "lost" or "down" or "up";
    }

    /// <summary><c>failed</c>, <c>creating</c>.</summary>
    public static bool IsParticiple(ReadOnlySpan<char> word) => word.Length > 4 && (word.EndsWith("ed") || word.EndsWith("ing"));

    /// <summary>Nouns whose value is the name of one.</summary>
    public static bool IsEntityNoun(ReadOnlySpan<char> word) => IsContainer(word) || IsActor(word) || word is "instance" or "topic" or "function"
        or "job" or "task" or "device" or "node" or "component" or "pod" or "order" or "sensor" or "check" or "monitor" or "alarm"
        or "alert" or "rule" or "test" or "site" or "website" or "certificate" or "deployment" or "build" or "container" or "volume"
        or "disk" or "machine" or "invoice" or "payment" or "product" or "item" or "campaign" or "dataset" or "model" or "partner"
        or "vendor" or "location" or "target" or "entity" or "handler" or "module" or "worker" or "process" or "command" or "script"
        or "program" or "thing" or "vehicle" or "ticket" or "incident" or "issue" or "experiment" or "replica" or "slo" or "branch"
        or "resource" or "file" or "directory" or "policy" or "package" or "image" or "flow" or "finding" or "case";

    /// <summary>Nouns of resources that others are in.</summary>
    public static bool IsContainer(ReadOnlySpan<char> word) => word is "pipeline" or "cluster" or "service" or "bucket" or "queue" or "table"
        or "server" or "application" or "app" or "project" or "repository" or "repo" or "database" or "domain" or "endpoint" or "workflow"
        or "stack" or "store" or "datastore" or "channel" or "stream" or "gateway" or "namespace" or "tracker" or "connector" or "group"
        or "farm" or "fleet" or "registry" or "network" or "space" or "pool" or "collection" or "stage" or "workgroup" or "vault"
        or "catalog" or "directory" or "canary" or "workspace" or "index" or "detector" or "site";

    /// <summary>The value is what was.</summary>
    public static bool IsPreviousState(ReadOnlySpan<char> words)
    {
        var first = true;
        foreach (var range in words.Split(' '))
        {
            if (words[range] is "previous" or "old" or "prior" or "former" or "prev" or "before" || (first && words[range] is "from"))
            {
                return true;
            }

            first = false;
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

    /// <summary>The value names one occurrence, which is another one each time: a run, a request, a message.</summary>
    public static bool IsOccurrence(ReadOnlySpan<char> word) => IsRun(word) || word is "request" or "event" or "evt" or "correlation" or "trace"
        or "span" or "attempt" or "message" or "notification" or "session" or "transfer" or "activity" or "sequence" or "token"
        or "idempotency" or "transaction" or "version" or "revision" or "delivery" or "invoke" or "listing" or "log" or "webhook" or "result"
        or "commit" or "submission" or "evaluation" || IsRepeated(word);

    /// <summary>One of many of the same: its number tells it apart in a title, but a repeat has another one.</summary>
    public static bool IsRepeated(ReadOnlySpan<char> word) => word is "statement" or "query" or "deployment" or "build";

    /// <summary>An occurrence even where it has a name, which then is that of its kind.</summary>
    public static bool IsNeverLasting(ReadOnlySpan<char> word) => IsRun(word) || word is "event" or "message" or "result" or "log" or "token";

    /// <summary>An occurrence even where the detail type names it, since what runs is known by another name.</summary>
    public static bool IsRun(ReadOnlySpan<char> word) => word is "execution" or "run" or "invocation";

    /// <summary>The value is a property of a resource and names none.</summary>
    public static bool IsProperty(ReadOnlySpan<char> word) => word is "mode" or "tier" or "class" or "priority" or "level" or "size" or "count"
        or "capacity" or "severity" or "setting" or "category" or "health" or "compliance" or "format" or "language" or "currency"
        or "protocol" or "reason" or "cause" or "message" or "description" or "result" or "operation" or "direction" or "trigger";

    /// <summary>The value names what surrounds the resource: where it is, whose it is, how it may be reached.</summary>
    public static bool IsSurroundings(ReadOnlySpan<char> word) => word is "account" or "org" or "organization" or "tenant" or "principal"
        or "role" or "schema" or "client" or "caller" or "owner" or "parent" or "creator" or "created" or "updated" or "modified"
        or "subscription" or "region" or "subnet" or "vpc" or "zone" or "availability" or "sender" or "signature" or "api" or "partition"
        or "phone" or "port" or "template" or "kms" or "security" or "sdk" or "environment" or "env" or "initial" or "metadata"
        or "output" or "artifact" or "summary" or "record" or "additional" or "feature" or "attachment" or "requester" or "identity" or "creation";

    /// <summary>Who did it, or for whom: a subject only where nothing better is found.</summary>
    public static bool IsActor(ReadOnlySpan<char> word) => word is "user" or "customer" or "person" or "member" or "employee" or "author"
        or "initiator" or "by" or "username" or "login" or "guest" or "reviewer" or "player";

    /// <summary>A deployment's environment, which is no part of a resource's name.</summary>
    public static bool IsEnvironment(string value) => value.ToLowerInvariant() is "prod" or "production" or "staging" or "stage" or "dev"
        or "development" or "test" or "testing" or "qa" or "uat" or "preprod" or "sandbox" or "live";

    /// <summary>Whether a test holds for any word of a name.</summary>
    public static bool Any(ReadOnlySpan<char> words, WordTest test)
    {
        foreach (var range in words.Split(' '))
        {
            if (test(words[range]))
            {
                return true;
            }
        }

        return false;
    }

    public delegate bool WordTest(ReadOnlySpan<char> word);
}
