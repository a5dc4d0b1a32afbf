using System.Globalization;
using Flashduty.Lambda.Delivery;
using Flashduty.Lambda.Normalization;
using Flashduty.Lambda.Normalization.Writing;

namespace Flashduty.Lambda.Tests.Normalization;

/// <summary>Flashduty drops an event that is identical to an earlier one, so a repeated delivery has to make the same bytes.</summary>
public sealed class RepeatTests
{
    [Theory]
    [MemberData(nameof(SampleEvents.All), MemberType = typeof(SampleEvents))]
    public void A_repeat_is_byte_for_byte_the_same_body(string name)
    {
        foreach (var scope in Enum.GetValues<AlertKeyScope>())
        {
            var options = new AlertKeyOptions(scope, TimeSpan.FromHours(1));
            var first = Body(name, options);
            var culture = CultureInfo.CurrentCulture;
            try
            {
                var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
                other.NumberFormat = new NumberFormatInfo { NumberDecimalSeparator = ",", NegativeSign = "~" };
                CultureInfo.CurrentCulture = other;
                Assert.Equal(first, Body(name, options));
            }
            finally
            {
                CultureInfo.CurrentCulture = culture;
            }
        }
    }

    private static byte[] Body(string name, AlertKeyOptions options) => AlertWriter.Write(new Normalizer(options).Normalize(SampleEvents.Read(name))).ToArray();
}
