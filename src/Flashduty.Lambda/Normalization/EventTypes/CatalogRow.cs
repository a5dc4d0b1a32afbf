namespace Flashduty.Lambda.Normalization.EventTypes;

/// <summary>Where an event type keeps what an alert needs. Each is a <see cref="FieldExpression"/>; null leaves it to the rules for unknown
/// events (<see cref="Inference.FieldInference"/>), as does one that finds nothing.</summary>
/// <param name="Headline">A sentence that is the whole title.</param>
/// <param name="Subject">The thing it happened to.</param>
/// <param name="State">What became of it.</param>
/// <param name="Message">What happened, in the event's own sentences.</param>
/// <param name="Identity">The same for all events about one thing; null: the event's resources.</param>
/// <param name="Facts">The paths of the fields worth reading, most telling first, a comma and a space between them. They are never squeezed
/// out of the labels.</param>
/// <param name="Console">The page of the thing in AWS's console, after the host name; null: the page for the first resource.</param>
internal sealed record CatalogRow(
    string? Headline,
    string? Subject,
    string? State,
    string? Message,
    string? Identity,
    string? Facts,
    string? Console);
