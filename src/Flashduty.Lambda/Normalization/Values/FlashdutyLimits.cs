namespace Flashduty.Lambda.Normalization.Values;

/// <summary>What Flashduty takes of a standard alert event. Lengths are in UTF-16 code units, which is never more than Flashduty counts.</summary>
internal static class FlashdutyLimits
{
    public const int Title = 512;
    public const int Description = 2048;
    public const int AlertKey = 255;
    public const int Labels = 50;
    public const int LabelName = 128;
    public const int LabelValue = 2048;
}
