namespace Flashduty.Lambda.Receiving;

/// <summary>A payload's bytes.</summary>
internal static class Bytes
{
    /// <summary>All that is left of a stream; without a copy where it lies in memory already.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>> OfAsync(Stream stream)
    {
        if (stream is MemoryStream memory && memory.TryGetBuffer(out var buffer))
        {
            return buffer.AsMemory((int)memory.Position);
        }

        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }
}
